"""`python -m tests.benchmarks.retrieval [--sets briefings,qmsum] [--out DIR]`: measures and prints the table.

What is made on the way is kept under --out, so that a run that was stopped goes on, and the next one asks only what
has changed: the questions, the archive, the settings or the program. --kept DIR is for archives that several such
folders share. Progress goes to stderr; TABLE.md in --out has what was printed last.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rag.evaluate.about import machine
from tests.benchmarks.__main__ import settle_environment
from tests.benchmarks.cases import ROOT, data_folder
from tests.benchmarks.retrieval.figures import Run
from tests.benchmarks.retrieval.page import chapter, circumstances, overview
from tests.benchmarks.retrieval.pipelines import PLAIN, available
from tests.benchmarks.retrieval.running import Bench, lacking
from tests.benchmarks.retrieval.sets import NAMES, Absent, Asked, asked


def main(arguments: Sequence[str]) -> None:
    """Measures what is asked for and prints it; a set whose data are not here is left out with a message."""
    given = _parse(arguments)
    settle_environment()
    pipelines = _possible(given.pipelines)
    bench = Bench(given.out, given.kept or given.out, _tell)
    sets: dict[str, Mapping[str, Run]] = {}
    chapters: list[str] = []
    for over in _at_hand(given.sets, bench.kept / "sets"):
        sets[over.name] = {pipeline: bench.run(over, pipeline) for pipeline in pipelines}
        chapters.append(chapter(over.name, over.told, sets[over.name]))
        print(f"{chapters[-1]}\n", flush=True)
    if sets:
        first = [overview(sets), circumstances(machine())]
        print("\n\n".join(first))
        (given.out / "TABLE.md").write_text("\n\n".join([*first, *chapters]) + "\n", encoding="utf-8")


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    pipelines = (*available(), PLAIN)
    parser = argparse.ArgumentParser("python -m tests.benchmarks.retrieval", description=__doc__)
    parser.add_argument("--sets", type=_some_of(NAMES), default=list(NAMES), help=", ".join(NAMES))
    parser.add_argument("--pipelines", type=_some_of(pipelines), default=list(pipelines), help=", ".join(pipelines))
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "measure", help="where results go")
    parser.add_argument("--kept", type=Path, help="where archives are kept and looked for; --out unless given")
    return parser.parse_args(arguments)


def _some_of(known: Sequence[str]) -> Callable[[str], list[str]]:
    def read(text: str) -> list[str]:
        names = [name.strip() for name in text.split(",")]
        if strange := [name for name in names if name not in known]:
            raise argparse.ArgumentTypeError(f"there is no {strange[0]!r}; there are: {', '.join(known)}")
        return names

    return read


def _possible(pipelines: Sequence[str]) -> list[str]:
    left_out = lacking() if PLAIN in pipelines else ""
    if left_out:
        _tell(f"{PLAIN} is left out: {left_out}")
    return [name for name in pipelines if not (left_out and name == PLAIN)]


def _at_hand(names: Sequence[str], kept: Path) -> list[Asked]:
    found = []
    for name in names:
        try:
            found.append(asked(name, data_folder(), kept))
        except Absent as absent:
            _tell(f"left out: {absent}")
    return found


def _tell(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
