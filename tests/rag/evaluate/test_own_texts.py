"""The archive of a set's own texts: filled once, gone on with when stopped, and no other folder ever touched."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import pytest

from ingest import Progress
from ingest.archive import Archive
from ingest.embed import DEFAULT_MODEL
from ingest.sync import open_any, remove
from rag.errors import ResultsError
from rag.evaluate import Results, evaluate, read_questions
from rag.evaluate.own_texts import OwnTexts
from rag.refusal import REFUSAL
from rag.results import Answer
from tests.rag.evaluate.questions_on_disk import to_file

PARAGRAPHS = (
    "The old bridge at Calder was opened in 1871. It is 120 metres long and made of iron.",
    "The ferry to the island was cancelled by the storm in March.",
    "The orchard on the hill had its best year since the war.",
)


def squad(path: Path, paragraphs: tuple[str, ...] = PARAGRAPHS) -> Path:
    """A SQuAD set of one question a paragraph, whose answer is its last word."""
    made = []
    for number, text in enumerate(paragraphs):
        answer = {"text": text.split()[-1], "answer_start": text.rindex(text.split()[-1])}
        question = {"id": f"{number}", "question": f"What about {text[4:14]}?", "answers": [answer]}
        made.append({"context": text, "qas": [question]})
    return to_file(path, json.dumps({"version": "v2.0", "data": [{"title": "Calder", "paragraphs": made}]}))


class Refusing:
    """Answers nothing, and takes no time to load."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        return Answer(question, REFUSAL, (), ())


def measured(path: Path, archive: Path | None = None, *, out: Path, fresh: bool = False) -> Results:
    return evaluate(path, archive, answerer=Refusing(), out=out, fresh=fresh)


def content(folder: Path) -> Mapping[str, str]:
    """Every file in it with its hash."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_set_begun_afresh_is_filled_afresh(tmp_path: Path) -> None:
    path, out = squad(tmp_path / "set.json"), tmp_path / "out"
    first = measured(path, out=out)
    stale = to_file(out / "set-archive" / "left.txt", "from before")
    second = measured(path, out=out, fresh=True)
    assert not stale.exists()
    assert second.about["fingerprint"] == first.about["fingerprint"]
    assert [record.id for record in second.records()] == ["0", "1", "2"]
    with open_any(out / "set-archive") as archive:
        assert len(archive.entries()) == len(PARAGRAPHS)


def test_an_archive_of_ones_own_beside_the_results_survives(tmp_path: Path) -> None:
    path = squad(tmp_path / "set.json")
    to_file(tmp_path / "notes.txt", "mine")
    (tmp_path / "archive").mkdir()
    to_file(tmp_path / "archive" / "archive.sqlite3", "mine")
    for fresh in (False, True):
        measured(path, out=tmp_path, fresh=fresh)
        assert (tmp_path / "archive" / "archive.sqlite3").read_text() == "mine"
        assert (tmp_path / "notes.txt").read_text() == "mine"
        assert path.exists()


def test_another_set_in_the_same_folder_is_refused_and_nothing_is_touched(tmp_path: Path) -> None:
    out = tmp_path / "out"
    measured(squad(tmp_path / "one.json"), out=out)
    before = content(out)
    with pytest.raises(ResultsError, match="changed: questions"):
        measured(squad(tmp_path / "other.json", PARAGRAPHS[:2]), out=out)
    assert content(out) == before


def test_a_set_with_texts_beside_the_results_of_one_without_fills_nothing(tmp_path: Path) -> None:
    out, plain = tmp_path / "out", to_file(tmp_path / "plain.jsonl", '{"question": "Who voted?"}\n')
    Archive.open(tmp_path / "archive", create=True).close()
    measured(plain, tmp_path / "archive", out=out)
    with pytest.raises(ResultsError, match="changed: questions"):
        measured(squad(tmp_path / "set.json"), out=out)
    assert not (out / "set-archive").exists()


def test_a_folder_of_somebody_elses_is_neither_filled_nor_removed(tmp_path: Path) -> None:
    letters = tmp_path / "set-archive"
    letters.mkdir()
    to_file(letters / "letter.txt", "mine")
    for fresh in (False, True):
        with pytest.raises(ResultsError, match=r"set-archive: .*Nothing was touched: choose another --out"):
            measured(squad(tmp_path / "set.json"), out=tmp_path, fresh=fresh)
    assert [path.name for path in letters.iterdir()] == ["letter.txt"]
    texts = OwnTexts(tmp_path)
    with pytest.raises(ResultsError, match="Nothing was touched"):
        texts.clear()
    assert (letters / "letter.txt").read_text() == "mine"


def test_a_file_in_its_place_is_left_alone(tmp_path: Path) -> None:
    to_file(tmp_path / "set-archive", "mine")
    with pytest.raises(ResultsError, match="Nothing was touched"):
        OwnTexts(tmp_path).check()


class Stop(Exception):
    """What a test stops a filling with."""


def test_a_filling_that_was_stopped_is_gone_on_with(tmp_path: Path) -> None:
    read, texts = read_questions(squad(tmp_path / "set.json")), OwnTexts(tmp_path)
    told: list[Progress] = []

    def stop(progress: Progress) -> None:
        raise Stop

    with pytest.raises(Stop):
        texts.filled(read, DEFAULT_MODEL, stop)
    with open_any(texts.folder) as archive:
        stored = [entry.id for entry in archive.entries()]
    remove(stored.pop(), texts.folder)
    texts.filled(read, DEFAULT_MODEL, told.append)
    assert sum(each.stage == "read" for each in told) == len(PARAGRAPHS) - len(stored)
    with open_any(texts.folder) as archive:
        assert len(archive.entries()) == len(PARAGRAPHS)
        assert archive.pending_count() == 0


def test_what_is_whole_is_not_filled_again(tmp_path: Path) -> None:
    read, texts = read_questions(squad(tmp_path / "set.json")), OwnTexts(tmp_path)
    texts.filled(read, DEFAULT_MODEL, lambda _: None)
    told: list[Progress] = []
    assert texts.filled(read, DEFAULT_MODEL, told.append) == tmp_path / "set-archive"
    assert told == []


@pytest.mark.parametrize("mark", ["", "{", "[1]", '{"questions_sha256": "of another set", "whole": true}'])
def test_what_is_left_of_another_filling_or_of_a_clearing_is_filled_anew(tmp_path: Path, mark: str) -> None:
    read, texts = read_questions(squad(tmp_path / "set.json")), OwnTexts(tmp_path)
    texts.filled(read, DEFAULT_MODEL, lambda _: None)
    (texts.folder / ".of-a-question-set.json").write_text(mark)
    (texts.folder / "archive.sqlite3").unlink()
    texts.filled(read, DEFAULT_MODEL, lambda _: None)
    with open_any(texts.folder) as archive:
        assert len(archive.entries()) == len(PARAGRAPHS)
