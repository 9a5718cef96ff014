"""Answers that JSON, UTF-8 or an embedder would choke on."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from rag.cite import cite
from rag.evaluate.storable import number, storable, unicode
from rag.results import Answer, Rejected
from tests.rag.builders import transcript

WHOLE = Answer("How?", "It is “so” 😀 [1].", (cite(transcript(), 0, 20, 1),), (), confidence=0.5, usage={"calls": 1})


def test_a_sound_answer_stays_as_it_is() -> None:
    assert storable(WHOLE) == WHOLE


def test_half_a_character_becomes_a_question_mark_wherever_it_stands() -> None:
    half = "x\ud83d"
    citation = replace(WHOLE.citations[0], quote=half, title=half, speaker=half)
    torn = replace(WHOLE, text=half, notice=half, citations=(citation,), rejected=(Rejected(half, half),))
    made = storable(torn)
    assert (made.text, made.notice, made.rejected) == ("x?", "x?", (Rejected("x?", "x?"),))
    assert {made.citations[0].quote, made.citations[0].title, made.citations[0].speaker} == {"x?"}
    assert unicode("\ud83d\ude00") == "??"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, np.float64("nan")])
def test_what_is_no_number_is_not_told(value: float) -> None:
    made = storable(replace(WHOLE, confidence=value, timings={"answer": value, "total": 3.5}))
    assert (made.confidence, made.timings) == (None, {"total": 3.5})


def test_numbers_of_numpys_own_kind_become_plain() -> None:
    score: Any = np.float32(0.5)
    calls: Any = np.int64(2)
    assert type(number(score)) is float
    made = storable(replace(WHOLE, usage={"calls": calls}, timings={"total": score}))
    assert {type(value) for value in (*made.usage.values(), *made.timings.values())} == {int, float}
