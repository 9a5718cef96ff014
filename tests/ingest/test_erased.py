"""Of what was withdrawn not even the vectors are left in any file, or the archive knows how many are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from ingest.archive import FILE, Archive
from ingest.doctor import examine
from ingest.embed import Vectors
from ingest.index import is_due, open_index
from ingest.sync import reindex, remove, sync_with
from tests.ingest.builders import HashEmbedder, script, write_scripts


class Remembering(HashEmbedder):
    """Knows the vectors that it has made, by text."""

    def __init__(self) -> None:
        self.made: dict[str, Vectors] = {}

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = super().embed(texts)
        self.made |= dict(zip(texts, vectors, strict=True))
        return vectors


def files_with(folder: Path, vectors: Sequence[Vectors]) -> set[str]:
    """The files that hold any half of any of the vectors, as it was made or at exactly unit length."""
    forms = [form for each in vectors for form in (each, np.asarray(each / np.linalg.norm(each), dtype=np.float32))]
    sought = [half.astype("<f4").tobytes() for form in forms for half in (form[:4], form[4:])]
    return {path.name for path in folder.rglob("*") if path.is_file() and any(s in path.read_bytes() for s in sought)}


def filled(base: Path, scripts: int) -> tuple[Path, Path, list[Vectors]]:
    """An archive, the file to be withdrawn and that file's vectors; Chroma writes its graph every thousand vectors."""
    write_scripts(base / "in", scripts, 8)
    path, embedder = base / "in" / "a-withdrawn.txt", Remembering()
    path.write_text(script(999, 40))
    sync_with([base / "in"], base / "archive", embedder)
    return base / "archive", path, [vector for text, vector in embedder.made.items() if "report 999" in text]


def withdraw(folder: Path, path: Path, way: str) -> None:
    with Archive.open(folder, embedder=None) as store:
        [key] = [entry.id for entry in store.entries() if entry.place == str(path)]
    path.unlink()
    if way == "remove":
        remove(key, folder)
    else:
        assert sync_with([path.parent], folder, HashEmbedder(), prune=True).removed == (str(path),)


@pytest.mark.parametrize("way", ["remove", "prune"])
@pytest.mark.parametrize(("scripts", "held_in"), [(5, "chroma.sqlite3"), (600, "data_level0.bin")])
def test_vectors_that_were_withdrawn_are_in_no_file(tmp_path: Path, way: str, scripts: int, held_in: str) -> None:
    folder, path, vectors = filled(tmp_path, scripts)
    assert len(vectors) > 3
    assert {FILE, held_in} <= files_with(folder, vectors), "what is looked for can be found"
    withdraw(folder, path, way)
    assert files_with(folder, vectors) == set()
    assert examine(folder).ok


@pytest.mark.parametrize("mended_by", ["doctor", "reindex", "the next removal"])
def test_what_a_large_archive_keeps_for_now_it_tells(tmp_path: Path, mended_by: str) -> None:
    folder, path, vectors = filled(tmp_path, 5)
    with Archive.open(folder, embedder=None) as store:
        store.remove_place(str(path))
        index = open_index(store)
        index.erase(few=0)
        kept = store.passage_count()
        assert store.dead_vectors() == (0 if is_due(len(vectors), kept, few=0) else len(vectors))
        store.note_dead_vectors(7)
        index.close()
    [fault] = examine(folder).faults
    assert (fault.what, fault.mendable) == (
        "7 vectors of removed transcripts are still in the vector index's files.",
        True,
    )
    if mended_by == "doctor":
        assert examine(folder, mend=True).mended == (fault,)
    elif mended_by == "reindex":
        reindex(folder)
    else:
        withdraw(folder, tmp_path / "in" / "report-001.txt", "remove")
    assert examine(folder).ok
    assert files_with(folder, vectors) == set()


def test_building_again_is_due_at_once_in_small_archives_and_at_a_twentieth_in_large_ones() -> None:
    assert not is_due(0, 0)
    assert is_due(1, 10_000)
    assert not is_due(1, 10_001)
    assert not is_due(4_999, 100_000)
    assert is_due(5_000, 100_000)


def test_changed_files_count_for_nothing(tmp_path: Path) -> None:
    """What goes when a file is changed was not withdrawn."""
    folder, path, _ = filled(tmp_path, 5)
    path.write_text(script(998, 40))
    assert sync_with([path], folder, HashEmbedder()).updated == (str(path),)
    with Archive.open(folder, embedder=None) as store:
        assert store.dead_vectors() == 0
