"""`python -m tests.benchmarks.fuzz --minutes N`: spoilt files for as long as you like, and what came of it.

Each round is a worker with cases of its own; a round that dies or hangs is told with its case. With --guided the bytes
are made by atheris, which comes with the dev extra on Linux.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
_ROUND_SECONDS, PATIENCE_SECONDS = 120, 60
_LEAST_SECONDS = 5


class Round(NamedTuple):
    """One worker: how many cases it ran and what it found wrong, by case."""

    cases: int
    wrong: dict[str, str]


def main(arguments: Sequence[str]) -> int:
    """Runs until the time is over; prints each thing wrong once. 1 when there was any."""
    given = _parse(arguments)
    if given.guided and not find_spec("atheris"):
        raise SystemExit("atheris is not installed. Run: pip install atheris")
    rounds = [_guided(given.minutes * 60)] if given.guided else _rounds(given.seed, given.minutes * 60)
    cases, kinds, first = 0, Counter[str](), dict[str, str]()
    for each in rounds:
        cases += each.cases
        for case, wrong in each.wrong.items():
            kind = _kind(wrong)
            kinds[kind] += 1
            if first.setdefault(kind, case) == case:
                print(f"\n{case}\n{wrong}")
        print(f"… {cases:,} cases, {kinds.total()} wrong, of {len(kinds)} kinds", file=sys.stderr)
    for kind, times in kinds.most_common():
        print(f"{times:6} x {kind}; first in {first[kind][:80]}")
    print(f"{cases:,} cases, {kinds.total()} wrong")
    return int(bool(kinds))


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.benchmarks.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", default=f"{time.time_ns():x}", help="for the same cases again")
    parser.add_argument("--guided", action="store_true", help="with atheris")
    return parser.parse_args(arguments)


def _rounds(seed: str, seconds: float) -> Iterator[Round]:
    end = time.monotonic() + seconds
    number = 0
    while (left := end - time.monotonic()) > _LEAST_SECONDS or not number:
        number += 1
        within = min(left, _ROUND_SECONDS)
        own = f"{seed}-{number}"
        yield run(["-m", "tests.ingest.fuzz.worker", "--seed", own, "--seconds", f"{within:.0f}"], within, own)


def run(command: Sequence[str], seconds: float, seed: str, patience: float = PATIENCE_SECONDS) -> Round:
    """Runs a worker to its end, or kills it when it takes much longer than it should."""
    process = subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        out, told = process.communicate(timeout=seconds + patience)
        ended = "" if process.returncode in (0, 1) else f"Ended with {process.returncode}"
    except subprocess.TimeoutExpired:
        process.kill()
        out, told = process.communicate()
        ended = "Hung"
    numbers = [word for word in told.split() if word.isdecimal()]
    wrong = {found["case"]: found["wrong"] for found in map(json.loads, out.splitlines())}
    if ended:
        wrong[f"{seed}:{numbers[-1] if numbers else '?'}"] = f"{ended}. {told[-1500:]}"
    return Round(len(numbers), wrong)


def _guided(seconds: float) -> Round:
    with tempfile.TemporaryDirectory(prefix="onrecord-fuzz-") as folder:
        limits = [f"-max_total_time={seconds:.0f}", "-timeout=30", "-rss_limit_mb=2048", "-print_final_stats=1"]
        command = [
            sys.executable,
            "-m",
            "tests.ingest.fuzz.guided",
            folder,
            *limits,
            f"-artifact_prefix={folder}/wrong-",
        ]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"case"')]
    wrong = {each["case"]: each["wrong"] for each in found}
    if done.returncode:
        wrong["atheris"] = f"Ended with {done.returncode}. {done.stderr[-3000:]}"
    runs = [line.split()[-1] for line in done.stderr.splitlines() if "number_of_executed_units" in line]
    return Round(int(runs[0]) if runs else 0, wrong)


def _kind(wrong: str) -> str:
    """The error and the line it came from, so that the same one is told once."""
    lines = [line.strip() for line in wrong.strip().splitlines()]
    places = [line for line in lines if line.startswith("File ")]
    return f"{lines[-1][:80]} {places[-1] if places else ''}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
