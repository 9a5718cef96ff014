"""`python -m tests.benchmarks`: runs the measurements and prints the tables; progress goes to stderr."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

from tests.benchmarks.cases import QUICK_FILES, data_folder, load
from tests.benchmarks.measure import measure
from tests.benchmarks.report import report

_NEEDED = ("langchain_chroma", "langchain_huggingface", "langchain_text_splitters")
_KEPT = {"ONRECORD_DATA"}
_QUIET = {
    "ANONYMIZED_TELEMETRY": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
}


def main(arguments: Sequence[str]) -> None:
    """Measures and prints. Exits with a sentence on stderr when something needed is not installed."""
    given = _parse(arguments)
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        raise SystemExit(f"Not installed: {', '.join(missing)}. Run: pip install -e '.[bench]'")
    settle_environment()
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder:
        results = measure(load(data_folder(), quick=given.quick), Path(folder), _tell)
    print(report(results, " ".join(["python -m tests.benchmarks", *(["--quick"] if given.quick else [])])))
    if given.json:
        given.json.write_text(json.dumps(asdict(results), indent=1) + "\n")


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"only {QUICK_FILES} of the briefings")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the raw numbers there too")
    return parser.parse_args(arguments)


def settle_environment() -> None:
    """No settings of the user's own, no look-ups, for this process and those it starts."""
    for name in {key for key in os.environ if key.startswith("ONRECORD_")} - _KEPT:
        del os.environ[name]
    os.environ.update(_QUIET)


def _tell(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
