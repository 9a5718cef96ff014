"""Passages: whole sentences, every speaker named, nothing lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ingest.passages import head, indexed_text, split
from ingest.sentences import sentences
from ingest.transcript import Transcript
from tests.rag.builders import transcript

SENTENCE = st.integers(1, 40).map(lambda words: " ".join(["word"] * words) + ".")
TURN = st.tuples(
    st.sampled_from([None, "Ann", "Ben"]), st.none(), st.lists(SENTENCE, min_size=1, max_size=8).map(" ".join)
)


def talk(*turns: tuple[str | None, int]) -> Transcript:
    """Turns of so many five-word sentences."""
    return transcript([(speaker, None, " ".join(["One two three four five."] * count)) for speaker, count in turns])


@given(st.lists(TURN, min_size=1, max_size=8), st.integers(10, 120))
def test_passages_cover_every_sentence_once_and_cut_none(
    turns: list[tuple[str | None, None, str]], budget: int
) -> None:
    whole = transcript(turns)
    passages = split(whole, budget)
    edges = {turn.char_start + at for turn in whole.turns for span in sentences(turn.text) for at in span}
    assert all(whole.text[p.char_start : p.char_end] == p.text for p in passages)
    assert all({p.char_start, p.char_end} <= edges for p in passages)
    assert "".join("".join(p.text.split()) for p in passages) == "".join(whole.text.split())


@given(st.lists(TURN, min_size=1, max_size=8), st.integers(10, 120))
def test_passages_keep_to_the_budget_unless_one_sentence_breaks_it(
    turns: list[tuple[str | None, None, str]], budget: int
) -> None:
    for passage in split(transcript(turns), budget):
        assert len(passage.text.split()) <= budget or len(sentences(passage.text)) == 1


def test_a_passage_names_all_who_speak_in_it() -> None:
    [passage] = split(talk(("Ann", 2), (None, 1), ("Ben", 2), ("Ann", 1)))
    assert passage.speakers == ("Ann", "Ben")
    assert (passage.first_turn, passage.last_turn) == (0, 3)


def test_a_half_full_passage_ends_before_a_turn_that_does_not_fit() -> None:
    first, second, *_ = split(talk(("Ann", 14), ("Ben", 20)), budget=120)
    assert (first.speakers, second.speakers) == (("Ann",), ("Ben",))


def test_a_short_question_stays_with_the_answer_it_begins() -> None:
    first, *_ = split(talk(("Q", 2), ("Ben", 40)), budget=120)
    assert first.speakers == ("Q", "Ben")


def test_times_are_those_of_the_words() -> None:
    whole = talk(("Ann", 10), ("Ben", 10))
    first, second = split(whole, budget=50)
    assert (first.start_ms, second.end_ms) == (0, whole.turns[-1].end_ms)
    assert first.interpolated
    assert first.end_ms == whole.turns[0].end_ms


def test_what_is_indexed_names_title_date_source_speaker_and_role() -> None:
    whole = transcript()
    [passage] = split(whole, budget=500)
    text = indexed_text(whole, passage)
    assert text.startswith("Huawei turns to Europe · 19 April 2018 · Harbour News\nChina's Huawei")
    assert indexed_text(replace(whole, programme="Dawn"), passage).startswith(f"{text.splitlines()[0]} · Dawn\n")
    assert "\nKevin Ho, President, Huawei Handset Product Line: The European area" in text


def test_the_head_has_only_what_is_known() -> None:
    assert head("Title", None, None) == "Title"
    assert head("Title", date(2021, 1, 2), None) == "Title · 2 January 2021"
    assert head("Title", None, "BBC", "Dawn Ledger") == "Title · BBC · Dawn Ledger"
    assert head("Title", None, "Dawn Ledger", "Dawn Ledger") == "Title · Dawn Ledger"
    assert head("Title", None, None, "Dawn Ledger") == "Title · Dawn Ledger"


def test_ids_are_of_place_and_content() -> None:
    ids = [passage.id for passage in split(talk(("Ann", 50)), budget=50)]
    assert len(set(ids)) == len(ids)
    assert ids == [passage.id for passage in split(talk(("Ann", 50)), budget=50)]


@given(st.lists(TURN, min_size=1, max_size=6), st.integers(10, 120), st.data())
def test_sentences_left_out_are_in_no_passage_and_none_runs_over_them(
    turns: list[tuple[str | None, None, str]], budget: int, data: st.DataObject
) -> None:
    whole = transcript(turns)
    spans = [(turn.char_start + a, turn.char_start + b) for turn in whole.turns for a, b in sentences(turn.text)]
    out = data.draw(st.lists(st.sampled_from(spans), unique=True))
    passages = split(whole, budget, without=out)
    kept = [span for span in spans if span not in out]
    assert not [p for p in passages for start, end in out if start < p.char_end and p.char_start < end]
    assert "".join("".join(p.text.split()) for p in passages) == "".join(
        "".join(whole.text[slice(*span)].split()) for span in kept
    )


def test_a_sentence_is_left_out_whole_and_parts_what_is_around_it() -> None:
    whole = talk(("Ann", 3))
    start = whole.text.index("three", 30)
    first, last = split(whole, without=[(start, start + 1)])
    assert (first.text, last.text) == ("One two three four five.", "One two three four five.")
    assert split(whole, without=[(0, len(whole.text))]) == ()
    assert split(whole, without=()) == split(whole)
