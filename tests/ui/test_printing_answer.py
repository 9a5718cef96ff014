"""A quoted answer on a terminal and as JSON: the short answer, headings, and what was asked."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO

from rich.console import Console

from rag.composed import composed
from rag.results import Answer, Section, Short
from tests.ui.fakes import citation
from ui.jsonout import dumps
from ui.printing import show_answer

ASKED = "When [bold]will\x1b[31m it start?"
CITED = replace(citation(1, "It starts in March 2031."), asked=ASKED, asked_by="Q")
SHORT, SECTION = Short("March 2031", 1), Section("Ellen Ward", (1,))


def printed(answer: Answer) -> str:
    out = StringIO()
    show_answer(Console(file=out, width=200), answer)
    return out.getvalue()


def test_short_answer_and_question_are_shown_and_steer_nothing() -> None:
    shown = printed(Answer("When?", composed([CITED], (), SHORT), (CITED,), (), short=SHORT))
    assert shown.startswith("March 2031 [1]\n")
    assert "(asked by Q “When [bold]will" in shown
    assert "\x1b" not in shown


def test_headings_stand_above_their_quotes() -> None:
    shown = printed(Answer("When?", composed([CITED], [SECTION]), (CITED,), (), sections=(SECTION,)))
    assert shown.index("Ellen Ward:\n") < shown.index("“It starts in March 2031.”")


def test_json_has_all_of_it() -> None:
    told = json.loads(dumps(Answer("When?", "", (CITED,), (), short=SHORT, sections=(SECTION,))))
    assert told["short"] == {"text": "March 2031", "marker": 1}
    assert told["sections"] == [{"heading": "Ellen Ward", "markers": [1]}]
    assert (told["citations"][0]["asked"], told["citations"][0]["asked_by"]) == (ASKED, "Q")
