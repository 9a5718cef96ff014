"""Two samples in an archive of onrecord-minilm, from files to an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import sync
from ingest.embed import DEFAULT_MODEL
from ingest.errors import ArchiveMismatch
from ingest.own_model import NAME
from rag import Engine, Settings


def test_from_files_to_an_answer(samples: tuple[Path, ...], tmp_path: Path) -> None:
    two = [next(path for path in samples if word in path.name) for word in ("huawei", "webb")]
    assert sync(two, tmp_path, embedder=NAME).ok
    with Engine(tmp_path, settings=Settings(embedder=NAME, reranker="none")) as engine:
        answer = engine.ask("Why is Huawei turning to Europe?")
        assert answer.status == "grounded"
        for citation in answer.citations:
            text = engine.transcript(citation.transcript_id).text
            assert text[citation.char_start : citation.char_end] == citation.quote
        assert "uawei" in engine.transcript(answer.hits[0].passage.transcript_id).title
        assert all("vectors" in hit.parts for hit in answer.hits)
    with Engine(tmp_path, settings=Settings(reranker="none")) as engine:
        assert engine.ask("Why is Huawei turning to Europe?").text == answer.text, "no model named: that of the archive"
    with pytest.raises(ArchiveMismatch, match=f"made with embedder '{NAME}'"):
        Engine(tmp_path, settings=Settings(embedder=DEFAULT_MODEL))
