"""`python -m tests.ingest.fuzz.guided`: bytes that atheris makes up, led by which lines of `ingest` they reach.

The first byte says which name the others go under. Arguments are libFuzzer's: a folder, -max_total_time=60. Every wrong
that comes out is told once, as the worker tells it, and the run goes on; libFuzzer itself stops at a hang.
"""

from __future__ import annotations

import base64
import json
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

atheris: Any = import_module("atheris")

with atheris.instrument_imports(include=["ingest"]):
    from ingest.formats import BINARIES, PARSERS
    from tests.ingest.fuzz.mutations import MOST_BYTES
    from tests.ingest.fuzz.seeds import Seed, seeds
    from tests.ingest.fuzz.targets import read_whole

NAMES = sorted({f"a{suffix}" for table in (PARSERS, BINARIES) for form in table for suffix in form.suffixes})
_told: set[str] = set()


def main() -> None:
    """Fills the folder named first with the good files and begins."""
    folder = Path(sys.argv[1])
    for number, seed in enumerate(seeds()):
        (folder / f"{number}").write_bytes(_numbered(seed))
    atheris.Setup([*sys.argv, f"-max_len={MOST_BYTES}"], _once)
    atheris.Fuzz()


def _numbered(seed: Seed) -> bytes:
    name = f"a{Path(seed.name).suffix}"
    return bytes([NAMES.index(name) if name in NAMES else 0]) + seed.data


def _once(data: bytes) -> None:
    try:
        read_whole(data[1:], NAMES[data[0] % len(NAMES)] if data else NAMES[0])
    except Exception as error:  # noqa: BLE001 - whatever comes out is what is looked for
        frames = traceback.extract_tb(error.__traceback__)
        place = f"{type(error).__name__} at {frames[-1].filename}:{frames[-1].lineno}"
        if place not in _told:
            _told.add(place)
            shown = base64.b64encode(data[:2_000]).decode()
            wrong = traceback.format_exc(limit=-12)
            print(json.dumps({"case": f"atheris:{shown}", "wrong": wrong}), flush=True)


if __name__ == "__main__":
    main()
