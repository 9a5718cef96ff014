"""A transcript of the samples, and its words as citations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.archive import Archive
from ingest.transcript import Transcript
from rag.cite import cite
from rag.results import Citation
from tests.rag.evaluate.asking import HUAWEI


@pytest.fixture(scope="module")
def huawei(sample_archive: Path) -> Iterator[Transcript]:
    with Archive.open(sample_archive) as archive:
        yield archive.transcript(next(entry.id for entry in archive.entries() if entry.place.endswith(HUAWEI)))


@pytest.fixture
def quote(huawei: Transcript) -> Callable[[str], Citation]:
    def cited(words: str) -> Citation:
        start = huawei.text.index(words)
        return cite(huawei, start, start + len(words), 1)

    return cited
