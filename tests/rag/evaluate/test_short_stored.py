"""The answer in a few words on record, and what of an answer's text is judged."""

from __future__ import annotations

import json

import pytest

from rag.cite import cite
from rag.composed import composed, stated
from rag.evaluate.match import answer_words, contains
from rag.evaluate.record import from_line, to_line
from rag.evaluate.storable import storable
from rag.results import Answer, Section, Short
from tests.rag.builders import transcript
from tests.rag.evaluate.test_store import record

TALK = transcript([("Q", None, "Will it start in May?"), ("Ellen Ward", None, "It will start in March.")])
CITED = cite(TALK, TALK.turns[1].char_start, TALK.turns[1].char_end, 1)


def test_a_record_of_before_short_answers_is_read() -> None:
    line = json.loads(to_line(record("a")))
    assert line.pop("short") == ""
    assert from_line(json.dumps(line)) == record("a")


@pytest.mark.parametrize("sections", [(), (Section("May", (1,)),)])
def test_what_the_interviewer_said_and_headings_are_no_answer(sections: tuple[Section, ...]) -> None:
    answer = Answer("When?", composed([CITED], sections), (CITED,), (), sections=sections)
    assert contains(answer_words(answer.text), ["May"])
    assert not contains(answer_words(stated(answer)), ["May"])
    assert contains(answer_words(stated(answer)), ["March"])


def test_half_a_character_is_stored_as_a_question_mark() -> None:
    answer = Answer("?", "", (CITED,), (), short=Short("a\ud800", 1), sections=(Section("b\udfff", (1,)),))
    kept = storable(answer)
    assert kept.short == Short("a?", 1)
    assert kept.sections == (Section("b?", (1,)),)
