"""Evidence is found where it stands, exactly, or it is said why not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import sync
from ingest.archive import Archive
from ingest.words import WordIndex
from rag.evaluate.cases import Evidence
from rag.evaluate.locate import Locator, spans_of

HUAWEI = "2018-04-19_huawei-turns-to-europe.txt"
VOTE = "voted 5-0 for a draft order"


@pytest.fixture(scope="module")
def locator(sample_archive: Path) -> Iterator[Locator]:
    with Archive.open(sample_archive) as archive:
        yield Locator(archive, WordIndex(sample_archive / "words"))


def test_a_quote_is_found_by_file_name(locator: Locator) -> None:
    place = locator.place(Evidence(HUAWEI, VOTE))
    [(start, end)] = place.spans
    assert locator.transcript(place.transcript_id).text[start:end] == VOTE
    assert not place.problem


def test_a_source_may_be_the_id_the_title_or_the_path(locator: Locator, samples: tuple[Path, ...]) -> None:
    known = locator.place(Evidence(HUAWEI, VOTE))
    path = next(path for path in samples if path.name == HUAWEI)
    title = locator.transcript(known.transcript_id).title
    for source in (known.transcript_id, str(path), title, title.upper(), HUAWEI.upper()):
        assert locator.place(Evidence(source, VOTE)) == known


def test_without_a_source_the_words_are_looked_up(locator: Locator) -> None:
    assert locator.place(Evidence("", VOTE)) == locator.place(Evidence(HUAWEI, VOTE))


def test_the_speaker_of_the_evidence_is_told(locator: Locator) -> None:
    place = locator.place(Evidence("", "it does not want to choose sides"))
    assert place.speakers == ("Ines Carvalho",)
    narrated = locator.place(Evidence(HUAWEI, VOTE))
    assert narrated.speakers == ()


def test_an_empty_quote_is_the_whole_transcript(locator: Locator) -> None:
    place = locator.place(Evidence(HUAWEI, ""))
    assert place.spans == ((0, len(locator.transcript(place.transcript_id).text)),)


@pytest.mark.parametrize(
    ("evidence", "problem"),
    [
        (Evidence("nowhere.txt", VOTE), "'nowhere.txt' is not in the archive"),
        (Evidence(HUAWEI, "voted 6-0 for a draft order"), f"not found in '{HUAWEI}'"),
        (Evidence("", "words that nobody ever said here"), "not found in any transcript"),
        (Evidence("", ""), "neither a source nor a quote"),
        (Evidence("", "?!"), "not found in any transcript"),
    ],
)
def test_what_is_not_there_is_not_guessed(locator: Locator, evidence: Evidence, problem: str) -> None:
    place = locator.place(evidence)
    assert problem in place.problem
    assert not place.spans


def test_a_quote_that_stands_in_several_transcripts_of_the_name_is_ambiguous(tmp_path: Path) -> None:
    for folder in ("monday", "tuesday"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "news.txt").write_text(
            f"01:00\nThe bridge opened on {folder}.\nThe mayor cut the ribbon.\n"
        )
    sync([tmp_path / "monday", tmp_path / "tuesday"], tmp_path / "archive")
    with Archive.open(tmp_path / "archive") as archive:
        locator = Locator(archive, WordIndex(tmp_path / "archive" / "words"))
        assert "stands in 2 transcripts" in locator.place(Evidence("news.txt", "The mayor cut the ribbon.")).problem
        assert "stands in 2 transcripts" in locator.place(Evidence("", "The mayor cut the ribbon.")).problem
        assert not locator.place(Evidence("news.txt", "The bridge opened on monday.")).problem


def test_white_space_and_quotation_marks_may_differ_and_nothing_else() -> None:
    text = "He said:\n“It’s  done.” Then he left. “It’s\ndone.”"
    assert [text[start:end] for start, end in spans_of('"It\'s done."', text)] == ["“It’s  done.”", "“It’s\ndone.”"]
    assert spans_of('"it\'s done."', text) == ()
    assert spans_of("It.s done", text) == ()
    assert spans_of("  ", text) == ()


@given(st.text(min_size=1, max_size=200), st.data())
def test_any_words_of_a_text_are_found_where_they_stand(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end].strip()
    found = spans_of(quote, text)
    assert bool(found) == bool(quote)
    marked = set("\"'“”„‟‘’\u201a\u201b") & set(quote)
    assert all(text[start:end].split() == quote.split() or marked for start, end in found)
