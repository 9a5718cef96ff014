"""Captions in capitals or small letters are shown in sentence case, once said, with the exact words still at hand."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO

from rich.console import Console

from ingest.transcript import Passage, Transcript, Turn
from rag.composed import composed
from rag.results import Answer, Hit, Short
from tests.ui.fakes import citation, grounded, hit
from tests.ui.markup import Markup
from ui import cards, render
from ui.conversation import Exchange
from ui.jsonout import dumps
from ui.printing import show_answer, show_transcript
from ui.recased import NOTE, recased

BEFORE = "GOOD EVENING. HERE IS THE NEWS FROM NORTHGATE, AND I AM BILL RAY. "
QUOTE = "THE FERRY TO THE U.S. WILL NOT SAIL ON MONDAY, SAID KEVIN HO OF THE FBI."
AFTER = " THAT IS WHAT THEY SAID WHEN WE ASKED. ONE MORE THING: THE MARKET OPENS AT 9 A.M."
SHOWN = "The ferry to the U.S. will not sail on Monday, said Kevin Ho of the FBI."
SHOUTED = citation(1, QUOTE, before=BEFORE, after=AFTER)
ANSWER = Answer("Why?", f"Kevin Ho: “{QUOTE}” [1]", (SHOUTED,), (hit(BEFORE + QUOTE),))


def shown(answer: Answer) -> Markup:
    return Markup(render.exchange(Exchange("Why?", answer, complete=True), 1))


def printed(answer: Answer) -> str:
    console = Console(file=StringIO(), width=400, markup=False, emoji=False)
    show_answer(console, answer)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def listing(transcript: Transcript, *, quiet: bool = False) -> str:
    console = Console(file=StringIO(), width=400, markup=False, emoji=False)
    show_transcript(console, transcript, "/news/ferry.srt", quiet)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def transcript(text: str) -> Transcript:
    return Transcript("a1", "Ferry", None, None, None, None, None, (Turn(0, "Kevin Ho", None, 0, 9, text, 0),), text)


def test_the_page_shows_quotes_and_their_context_in_sentence_case() -> None:
    page = shown(ANSWER)
    assert page.texts("mark") == [SHOWN]
    assert page.texts("answer") == [f"Kevin Ho: “{SHOWN}”\N{NO-BREAK SPACE}1"]
    [context] = page.texts("blockquote")
    assert context.startswith("Good evening. Here is the news from northgate, and I am bill ray. The ferry")
    assert context.endswith("One more thing: the market opens at 9 a.m.")


def test_the_page_says_so_once_and_has_the_exact_words() -> None:
    page = shown(replace(ANSWER, citations=(SHOUTED, replace(SHOUTED, marker=2))))
    assert page.texts("recased") == [NOTE]
    assert page.values("mark", "title") == [f"{cards.TRANSCRIBED}: {QUOTE}"] * 2


def test_the_short_answer_is_cased_with_its_quote_everywhere() -> None:
    short = Short("KEVIN HO OF THE FBI", 1)
    answer = replace(ANSWER, short=short, text=composed(ANSWER.citations, (), short))
    found = recased(answer).answer
    assert found.short == Short("Kevin Ho of the FBI", 1)
    assert found.text.split("\n\n")[0] == "Kevin Ho of the FBI [1]"
    assert shown(answer).texts("short") == ["Kevin Ho of the FBI\N{NO-BREAK SPACE}1"]
    assert printed(answer).startswith("Kevin Ho of the FBI [1]\n")
    assert json.loads(dumps(answer))["short"]["text"] == short.text


def test_a_normal_answer_is_shown_as_it_is() -> None:
    answer = grounded("Why?")
    assert recased(answer).answer is answer
    page = shown(answer)
    assert page.texts("recased") == []
    assert page.values("mark", "title") == []


def test_a_refusal_shows_its_passages_in_sentence_case() -> None:
    page = shown(Answer("Why?", "No.", (), (hit(BEFORE + QUOTE + AFTER),)))
    assert page.texts("recased") == [NOTE]
    assert SHOWN in page.texts("blockquote")[0]


def test_what_is_in_the_middle_of_a_sentence_begins_small() -> None:
    part = citation(1, "will not sail on monday", before="the ferry to the u.s. ", after=AFTER.lower() * 2)
    [cased] = recased(Answer("Why?", "“will not sail on monday” [1]", (part,), ())).answer.citations
    assert (cased.before, cased.quote) == ("The ferry to the U.S. ", "will not sail on Monday")


def test_transcripts_are_judged_apart() -> None:
    passage = Passage("p9", "b2", 0, 0, 0, 9, (), None, None, "NATO AND THE FBI.")
    other = Hit(passage, 0.1, 2)
    found = recased(replace(ANSWER, hits=(other,))).answer
    assert found.hits == (other,)
    assert found.citations[0].quote == SHOWN


def test_hostile_words_in_the_hint_stay_text() -> None:
    evil = QUOTE + ' "><IMG SRC=X ONERROR=WINDOW.HIT=1> '
    page = shown(Answer("Why?", "x [1]", (replace(SHOUTED, quote=evil),), ()))
    assert page.balanced
    assert page.values("mark", "title") == [f"{cards.TRANSCRIBED}: {evil}"]
    assert "img" not in page.tags


def test_the_terminal_shows_sentence_case_and_says_so_once() -> None:
    text = printed(ANSWER)
    assert text.startswith(f"Kevin Ho: “{SHOWN}” [1]\n")
    assert text.count(SHOWN) == 2
    assert text.count(NOTE) == 1
    assert NOTE not in printed(grounded("Why?"))


def test_json_has_the_exact_words() -> None:
    value = json.loads(dumps(ANSWER))
    assert value["citations"][0]["quote"] == QUOTE
    assert value["text"] == ANSWER.text


def test_a_transcript_reads_in_sentence_case_and_quietly_in_its_own() -> None:
    shouted = transcript(BEFORE + QUOTE + AFTER)
    text = listing(shouted)
    assert SHOWN in text
    assert text.count(NOTE) == 1
    assert "I am bill ray" in text
    quiet = listing(shouted, quiet=True)
    assert QUOTE in quiet
    assert NOTE not in quiet
    normal = transcript("A normal text, as one writes it. " * 9)
    assert NOTE not in listing(normal)
