"""A pipeline asked a set, from what is kept of earlier runs; what is missing is made. Shows nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rag.evaluate.about import code_sha256
from rag.evaluate.record import Record
from tests.benchmarks.retrieval import ours
from tests.benchmarks.retrieval.figures import Run
from tests.benchmarks.retrieval.kept import Told, archive, made, recorded
from tests.benchmarks.retrieval.pipelines import PLAIN, available
from tests.benchmarks.retrieval.sets import Asked

_NEEDED = ("langchain_chroma", "langchain_huggingface", "langchain_text_splitters")
_EVERY = 25
Ask = Callable[[frozenset[str]], Iterator[Record]]


@dataclass(frozen=True, slots=True)
class Bench:
    """Where results go and archives are kept, and who is told how far it is."""

    out: Path
    kept: Path
    told: Told

    def run(self, over: Asked, pipeline: str) -> Run:
        """The pipeline's records of the set: those kept from before with the same program, and the rest asked now."""
        return self._plain(over) if pipeline == PLAIN else self._ours(over, pipeline, available()[pipeline])

    def _ours(self, over: Asked, pipeline: str, settings: Mapping[str, Any]) -> Run:
        folder = archive(over, self.kept / "archives", self.told)
        decides = (folder.name, code_sha256(), json.dumps(settings, default=str))
        return self._asked(over, pipeline, decides, partial(ours.ask_all, over.cases, folder, settings))

    def _plain(self, over: Asked) -> Run:
        from tests.benchmarks.retrieval import plain

        def build(folder: Path) -> None:
            self.told(f"{over.name}: the plain pipeline ingests {len(over.files)} files")
            plain.build(over.files, folder)

        folder = made(self.kept / "plain" / f"{over.name}-{over.content_sha256[:12]}", build)
        ask = partial(plain.ask_all, over.cases, over.files, folder)
        return self._asked(over, PLAIN, (folder.name,), ask)

    def _asked(self, over: Asked, pipeline: str, decides: tuple[str, ...], ask: Ask) -> Run:
        key = sha256("\0".join([over.questions_sha256, *decides]).encode()).hexdigest()[:12]
        path = self.out / "results" / over.name / f"{pipeline.replace(' ', '-')}-{key}.jsonl"

        def told(done: frozenset[str]) -> Iterator[Record]:
            for number, record in enumerate(ask(done), len(done) + 1):
                if number % _EVERY == 0:
                    self.told(f"{over.name}: {pipeline} {number}/{len(over.cases)}")
                yield record

        return Run(recorded(path, told))


def lacking() -> str:
    """What to install before the plain pipeline can be measured; empty where all is there."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    return f"{', '.join(missing)} not installed. Run: pip install -e '.[bench]'" if missing else ""
