"""More of the same: what stands next to the quotes shown, and passages without them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.cite import cite
from rag.more import beside, shown_in, unshown, wants_more, with_more
from rag.refusal import REFUSAL
from rag.results import Answer
from tests.rag.builders import hit, lookup, transcript

SENTENCES = ("One was red.", "Two was blue.", "Three was green.", "Four was gold.")
OF = transcript((("Ann Lee", "Painter", " ".join(SENTENCES)), ("Rosa Field", None, "Five was white.")))


def at(word: str) -> tuple[int, int]:
    sentence = next(each for each in (*SENTENCES, "Five was white.") if each.startswith(word))
    start = OF.text.index(sentence)
    return start, start + len(sentence)


def quoting(*words: str) -> Answer:
    cited = tuple(cite(OF, *at(word), n) for n, word in enumerate(words, 1))
    return Answer("Which?", " ".join(f"x [{each.marker}]" for each in cited), cited, (hit(OF, 0, 1),))


@pytest.mark.parametrize(
    "question",
    ["tell me more", "Tell me more about it.", "Can you tell me a bit more?", "More?", "Go on", "ok, go on please",
     "Anything else?", "more details", "And what else?", "Could you elaborate on that?"],
)  # fmt: skip
def test_asking_for_more(question: str) -> None:
    assert wants_more(question)


@pytest.mark.parametrize(
    "question", ["Tell me more about taxes", "What more did he say?", "Anything else about Kyiv?", "Why?", ""]
)
def test_asking_for_something(question: str) -> None:
    assert not wants_more(question)


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        (("One",), ["Two was blue. Three was green."]),
        (("Three",), ["Four was gold."]),
        (("Four",), ["Two was blue. Three was green."]),
        (("Two", "Four"), ["Three was green."]),
        (("One", "Two", "Three", "Four"), []),
        (("Five",), []),
        (("Three", "Two", "Five"), ["Four was gold.", "One was red."]),
    ],
)
def test_what_the_same_speaker_said_next_or_else_before_and_nothing_twice(
    shown: tuple[str, ...], found: list[str]
) -> None:
    places = beside(quoting(*shown).citations, lookup(OF))
    told = [OF.text[start:end] for _, start, end in places]
    assert told == found


def test_passages_lose_what_was_quoted_and_those_quoted_whole_go() -> None:
    [left] = unshown([hit(OF, 0)], quoting("Two").citations)
    start, end = left.passage.char_start, left.passage.char_end
    assert OF.text[start:end] == left.passage.text == " Three was green. Four was gold."
    assert unshown([hit(OF, 1)], quoting("Five").citations) == ()
    assert unshown([hit(OF, 1)], quoting("One").citations) == (hit(OF, 1),)


def test_more_comes_first_then_what_else_was_found_with_no_words_twice() -> None:
    shown = quoting("One")
    answer = with_more(quoting("Two", "Five"), beside(shown.citations, lookup(OF)), lookup(OF), 4)
    assert [each.quote for each in answer.citations] == ["Two was blue. Three was green.", "Five was white."]
    assert answer.text == "Ann Lee, Painter: “Two was blue. Three was green.” [1]\n\nRosa Field: “Five was white.” [2]"


def test_at_most_so_many_quotes_and_a_refusal_is_overtaken() -> None:
    places = beside(quoting("One").citations, lookup(OF))
    assert len(with_more(quoting("Four", "Five"), places, lookup(OF), 2).citations) == 2
    assert with_more(Answer("More", REFUSAL, (), ()), places, lookup(OF), 4).status == "grounded"
    assert with_more(Answer("More", REFUSAL, (), ()), (), lookup(OF), 4).text == REFUSAL


def test_all_answers_before_count_as_shown() -> None:
    shown = shown_in([quoting("One"), "Why?", quoting("Two", "Three")])
    assert [each.quote for each in shown] == ["Two was blue.", "Three was green.", "One was red."]


@given(st.lists(st.sampled_from(["One", "Two", "Three", "Four", "Five"]), unique=True))
def test_nothing_shown_is_ever_told_again(words: list[str]) -> None:
    shown = quoting(*words).citations
    told = [(start, end) for _, start, end in beside(shown, lookup(OF))]
    told += [(each.passage.char_start, each.passage.char_end) for each in unshown([hit(OF, 0), hit(OF, 1)], shown)]
    assert not any(start < quote.char_end and quote.char_start < end for start, end in told for quote in shown)
