"""Statements, what supports them and which citations are idle, by ALCE's rule, over judges whose mind is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rag import Engine
from rag.evaluate.alce import judge_sentences, premise, statements
from rag.evaluate.alignment import WordAlignment
from rag.evaluate.record import Sentence
from tests.rag.builders import KEVIN, PIVOT, transcript


@dataclass
class Needing:
    """Holds a statement supported when the quotes have one of the sets that will do; keeps what it was asked."""

    enough: tuple[set[str], ...]
    name: str = "needing"
    asked: list[tuple[tuple[str, ...], str]] = field(default_factory=list)

    def supports(self, quotes: Sequence[str], statement: str) -> bool:
        self.asked.append((tuple(quotes), statement))
        return any(one <= set(quotes) for one in self.enough)


def judged(text: str, *enough: str) -> tuple[Sentence, ...]:
    """Quotes [1] to [4] are "a" to "d"; "ab" in `enough`: a and b do together."""
    citations = dict(enumerate("abcd", start=1))
    return judge_sentences(text, citations, Needing(tuple(map(set, enough))))


def test_one_citation_that_supports() -> None:
    assert judged("It rose. [1]", "a") == (Sentence("It rose.", (1,), supported=True, idle=0),)


def test_one_citation_that_does_not() -> None:
    assert judged("It rose. [2]", "a") == (Sentence("It rose.", (2,), supported=False, idle=0),)


def test_a_statement_without_a_citation_is_unsupported_and_no_judge_is_asked() -> None:
    judge = Needing(({"a"},))
    assert judge_sentences("It rose.", {1: "a"}, judge) == (Sentence("It rose.", (), supported=False, idle=0),)
    assert judge.asked == []


def test_a_marker_that_cites_nothing_makes_it_unsupported() -> None:
    assert judged("It rose. [1][9]", "a") == (Sentence("It rose.", (1, 9), supported=False, idle=0),)


@pytest.mark.parametrize(
    ("enough", "idle"),
    [
        (("ab",), 0),
        (("a",), 1),
        (("a", "b"), 0),
        (("ab", "a"), 1),
    ],
    ids=["both needed", "one does, the other adds nothing", "each does alone", "one does, the other helps nobody"],
)
def test_two_citations(enough: tuple[str, ...], idle: int) -> None:
    assert judged("It rose. [1][2]", *enough) == (Sentence("It rose.", (1, 2), supported=True, idle=idle),)


def test_three_citations_of_which_two_are_needed() -> None:
    [sentence] = judged("It rose. [1][2][3]", "ac")
    assert (sentence.supported, sentence.idle) == (True, 1)


def test_citations_that_stand_in_for_each_other_are_each_idle_as_alce_has_it() -> None:
    """Both b and c complete a: without b, a and c do; without c, a and b do; neither does alone."""
    [sentence] = judged("It rose. [1][2][3]", "ab", "ac")
    assert (sentence.supported, sentence.idle) == (True, 2)


def test_in_an_unsupported_statement_none_is_called_idle() -> None:
    [sentence] = judged("It rose. [1][2]", "abc")
    assert (sentence.supported, sentence.idle) == (False, 0)


def test_an_answer_is_judged_statement_by_statement() -> None:
    found = judged("It rose. [1] It fell again. [2][3]\nNobody knows why.", "a", "b")
    assert [(each.text, each.markers, each.supported, each.idle) for each in found] == [
        ("It rose.", (1,), True, 0),
        ("It fell again.", (2, 3), True, 1),
        ("Nobody knows why.", (), False, 0),
    ]


def cut(text: str, *quotes: str) -> list[tuple[str, tuple[int, ...]]]:
    return list(statements(text, dict(enumerate(quotes, start=1))))


def test_a_quoted_paragraph_is_one_statement_without_who_said_it() -> None:
    text = f"Kevin Ho, President, Huawei Handset Product Line: “{KEVIN}” [1]\n\n“{PIVOT}” [2]"
    assert cut(text, KEVIN, PIVOT) == [(KEVIN, (1,)), (PIVOT, (2,))]


@pytest.mark.parametrize(
    "quote",
    [
        "The agency calls the coming weeks “29 days on the edge”. It is right.",
        "“Wait,” he said. “Not yet.” And then: nothing.",
        "A stray ” mark. And another one ” here.",
        "He said: “Go.” [1] was the number. Then he went.",
    ],
)
def test_quotation_marks_within_a_quote_do_not_cut_it(quote: str) -> None:
    assert cut(f"Hanne Solberg: “{quote}” [1]", quote) == [(quote, (1,))]


def test_two_quotations_in_a_paragraph_are_not_taken_for_one() -> None:
    text = "Kevin Ho: “We focus on Europe.” [1] Jim Xu: “It is a huge market.” [2]"
    assert cut(text, "We focus on Europe.", "It is a huge market.") == [
        ("Kevin Ho: “We focus on Europe.”", (1,)),
        ("Jim Xu: “It is a huge market.”", (2,)),
    ]


def test_a_written_sentence_that_quotes_keeps_its_own_words() -> None:
    text = "Kevin Ho said “the European area is the top area”. [1]"
    assert cut(text, KEVIN) == [("Kevin Ho said “the European area is the top area”.", (1,))]


@pytest.mark.parametrize("text", ["", " \n\n ", "[1]", "…", "“” [1]"])
def test_text_that_states_nothing(text: str) -> None:
    assert cut(text, PIVOT) == []


def test_a_premise_names_title_day_and_speaker_before_the_words() -> None:
    from rag.cite import cite

    of = transcript()
    turn = of.turns[1]
    citation = cite(of, turn.char_start, turn.char_end, 1)
    assert premise(citation) == (
        f"Huawei turns to Europe, 19 April 2018\nKevin Ho, President, Huawei Handset Product Line: {KEVIN}"
    )
    first = of.turns[0]
    assert premise(cite(of, first.char_start, first.char_end, 1)).endswith(f"19 April 2018\n{PIVOT}")


@pytest.mark.parametrize(
    "question",
    [
        "Why is Huawei turning to Europe?",
        "What did Rajiv Menon say about the sunshield?",
        "What did Captain Owen Tregarth say about the wind?",
        "Why did the reactors at Fukushima lose their cooling?",
        "What happened to the Russian probe Luna-25?",
    ],
)
def test_quoted_answers_of_the_engine_are_supported_throughout(sample_archive: Path, question: str) -> None:
    with Engine(sample_archive) as engine:
        answer = engine.ask(question)
    cited = {citation.marker: premise(citation) for citation in answer.citations}
    found = judge_sentences(answer.text, cited, WordAlignment())
    assert len(found) == len(answer.citations) > 0
    assert [each.markers for each in found] == [(citation.marker,) for citation in answer.citations]
    assert all(each.supported and not each.idle for each in found)
    quotes = [" ".join(citation.quote.split()) for citation in answer.citations]
    assert [each.text for each in found] == quotes
