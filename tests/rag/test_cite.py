"""A citation is read off the transcript."""

from __future__ import annotations

import pytest

from rag.cite import CONTEXT_CHARS, cite
from tests.rag.builders import transcript

TALK = transcript()


def place(words: str) -> tuple[int, int]:
    start = TALK.text.index(words)
    return start, start + len(words)


def test_quote_speaker_role_and_time_come_from_the_turn() -> None:
    citation = cite(TALK, *place("very low market share"), 3)
    assert TALK.text[citation.char_start : citation.char_end] == citation.quote == "very low market share"
    assert (citation.speaker, citation.role) == ("Kevin Ho", "President, Huawei Handset Product Line")
    turn = TALK.turns[1]
    assert turn.start_ms is not None
    assert turn.end_ms is not None
    assert citation.start_ms is not None
    assert turn.start_ms < citation.start_ms < turn.end_ms
    assert citation.interpolated
    assert (citation.marker, citation.title, citation.source) == (3, "Huawei turns to Europe", "Harbour News")


def test_the_words_around_it_are_the_rest_of_the_turn() -> None:
    citation = cite(TALK, *place("number two"), 1)
    turn = TALK.turns[1]
    assert citation.before + citation.quote + citation.after == turn.text


def test_long_surroundings_are_cut_at_words_and_marked() -> None:
    long = transcript([("Ann", None, "early " * 200 + "KEY " + "later " * 200)])
    at = long.text.index("KEY")
    citation = cite(long, at, at + 3, 1)
    assert citation.before.startswith("…early ")
    assert citation.after.endswith(" later…")
    assert len(citation.before) <= CONTEXT_CHARS + 1 >= len(citation.after)


def test_words_of_two_speakers_are_no_quote() -> None:
    start, _ = place("harder to enter")
    _, end = place("The European area")
    with pytest.raises(ValueError, match="not within one turn"):
        cite(TALK, start, end, 1)
