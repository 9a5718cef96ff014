"""`python -m tests.ingest.fuzz.worker`: spoilt files in a process of bounded memory, each within bounded time.

A case is "SEED:NUMBER" and gives the same bytes each time. Each case that fails is a line of JSON on stdout, and the
exit code is then 1. The number of the case at hand is on stderr, for when the process does not come to its end.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from random import Random
from typing import NoReturn

from ingest.formats import PARSERS
from ingest.text import clean
from tests.ingest.fuzz.mutations import spoilt
from tests.ingest.fuzz.seeds import Seed, seeds
from tests.ingest.fuzz.targets import read_as, read_many, read_whole

MEMORY_BYTES = 1 << 30
SECONDS_EACH = 20
_SHARE_DIRECT, _SHARE_MANY = 0.3, 0.5


class TookTooLong(BaseException):
    """A case that did not end within its time. No `except Exception` stops it."""


def case(seed: str, number: int) -> tuple[Seed, Random]:
    """The bytes and the name of a case, and the source of chance for what is done with them."""
    chance = Random(f"{seed}:{number}")
    files = seeds()
    return spoilt(files[number % len(files)], files, chance), chance


def check(found: Seed, chance: Random, folder: Path) -> None:
    """Reads the case in every way there is. Raises whatever is wrong."""
    read_whole(found.data, found.name)
    if chance.random() < _SHARE_DIRECT:
        text = clean(found.data.decode("utf-8", "replace"))
        read_as(chance.choice(PARSERS), text, found.name)
    if chance.random() < _SHARE_MANY:
        read_many(found.data, found.name, folder)


def main(arguments: Sequence[str]) -> int:
    """Runs the cases asked for; 1 when any failed."""
    given = _parse(arguments)
    seeds()
    _bound_memory()
    failed = 0
    end = time.monotonic() + given.seconds if given.seconds else None
    with tempfile.TemporaryDirectory(prefix="onrecord-fuzz-") as folder:
        for number in range(given.first, given.first + given.count) if given.count else count(given.first):
            if end and time.monotonic() > end:
                break
            os.write(2, f"{number}\n".encode())
            failed += sum(_report(given.seed, number, wrong) for wrong in _tried(given.seed, number, Path(folder)))
    return int(failed > 0)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.ingest.fuzz.worker", description=__doc__)
    parser.add_argument("--seed", default="0", help="another seed gives other cases")
    parser.add_argument("--first", type=int, default=0, metavar="NUMBER")
    parser.add_argument("--count", type=int, default=0, metavar="N", help="how many cases; 0 goes on")
    parser.add_argument("--seconds", type=float, default=0, metavar="N", help="when to stop; 0 never")
    return parser.parse_args(arguments)


def _bound_memory() -> None:
    """What the process has now, and MEMORY_BYTES more."""
    pages = int(Path("/proc/self/statm").read_text().split()[0]) if Path("/proc/self/statm").exists() else 0
    most = pages * resource.getpagesize() + MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _tried(seed: str, number: int, folder: Path) -> Iterator[str]:
    found, chance = case(seed, number)
    try:
        with _within(SECONDS_EACH):
            check(found, chance, folder)
    except TookTooLong:
        yield f"TookTooLong: {found.name}, {len(found.data)} bytes\n{traceback.format_exc(limit=-12)}"
    except Exception:  # noqa: BLE001 - whatever comes out is what is looked for
        yield f"{found.name}, {len(found.data)} bytes\n{traceback.format_exc(limit=-12)}"


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    signal.signal(signal.SIGALRM, _too_long)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _too_long(*_: object) -> NoReturn:
    raise TookTooLong


def _report(seed: str, number: int, wrong: str) -> bool:
    print(json.dumps({"case": f"{seed}:{number}", "wrong": wrong}), flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
