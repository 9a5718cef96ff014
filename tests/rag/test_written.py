"""Sentences and markers in what models write, in every style they use, whole and as it streams."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.thoughts import without_thoughts
from rag.written import Sentence, take

STYLES = {
    "before the stop": "A cat sat here [1]. B cat sat there [2].",
    "after the stop": "A cat sat here. [1] B cat sat there. [2]",
    "in front": "[1] A cat sat here. [2] B cat sat there.",
    "in front, after a marked sentence": "A cat sat here [1]. [2] B cat sat there.",
    "on lines": "[1] A cat sat here.\n[2] B cat sat there.",
    "in a list": "- A cat sat here [1].\n- B cat sat there [2].",
    "in a numbered list": "1. A cat sat here [1].\n2. B cat sat there [2].",
    "in bold": "**A cat** sat here [1]. __B cat__ sat there [2].",
    "named": "A cat sat here [Passage 1]. B cat sat there [passage 2].",
    "in other brackets": "A cat sat here【1】. B cat sat there【2】.",
    "as notes": "A cat sat here [^1]. B cat sat there [^2].",
    "labelled": "Answer: A cat sat here [1].\nNarration: B cat sat there [2].",
    "no stop": "A cat sat here. [1]\nB cat sat there [2]",
}


def streamed(text: str, step: int = 1) -> list[Sentence]:
    """What comes out when the text arrives in steps."""
    found: list[Sentence] = []
    rest = ""
    for at in range(0, len(text), step):
        done, rest = take(rest + text[at : at + step], final=False)
        found += done
    return [*found, *take(rest, final=True)[0]]


@pytest.mark.parametrize("text", STYLES.values(), ids=STYLES)
def test_each_sentence_has_its_own_marker(text: str) -> None:
    sentences, rest = take(text, final=True)
    assert [one.markers for one in sentences] == [(1,), (2,)]
    assert [one.text.rstrip(".") for one in sentences] == ["A cat sat here", "B cat sat there"]
    assert rest == ""


@pytest.mark.parametrize("text", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("step", [1, 5, 17])
def test_streaming_finds_the_same(text: str, step: int) -> None:
    assert [(one.text, one.markers) for one in streamed(text, step)] == [
        (one.text, one.markers) for one in take(text, final=True)[0]
    ]


@pytest.mark.parametrize(
    ("text", "markers"),
    [
        ("It is so [1][2].", (1, 2)),
        ("It is so [1] [2].", (1, 2)),
        ("It is so [1, 2].", (1, 2)),
        ("It is so [2; 1].", (2, 1)),
        ("It is so [1 and 3].", (1, 3)),
        ("It [1] is so [1].", (1,)),
        ("It is so (1).", ()),
        ("It is so [n].", ()),
        ("It is so [].", ()),
        ("It is so [12345].", ()),
    ],
)
def test_runs_of_markers(text: str, markers: tuple[int, ...]) -> None:
    [sentence] = take(text, final=True)[0]
    assert sentence.markers == markers


def test_a_sentence_is_held_until_its_markers_have_come() -> None:
    assert take("The vote was five to nil. [", final=False) == ((), "The vote was five to nil. [")
    assert take("The vote was five to nil. [1] Then", final=False)[0] == ()
    done, rest = take("The vote was five to nil. [1] Then everybody went home to eat", final=False)
    assert [one.markers for one in done] == [(1,)]
    assert rest == " Then everybody went home to eat"


def test_a_clock_time_does_not_end_a_sentence_early() -> None:
    done = streamed("They met at 7 p.m. on Monday to talk [1]. Nobody came to hear it [2].")
    assert [one.text for one in done] == ["They met at 7 p.m. on Monday to talk.", "Nobody came to hear it."]


@pytest.mark.parametrize("text", ["", " \n ", "[1]", "[1][2].", "***", "- \n- ", "…", "12. "])
def test_what_says_nothing_is_no_sentence(text: str) -> None:
    assert [one for one in streamed(text) if any(map(str.isalpha, one.text))] == []


def test_an_unfinished_sentence_says_so() -> None:
    whole, cut = take("The vote was five to nil [1]. The order would have", final=True)[0]
    assert whole.finished
    assert not cut.finished


@given(st.text(alphabet='Ab c.!?[]12\n-*"“” ', max_size=200), st.integers(1, 40))
def test_any_text_comes_out_without_markers_or_loss_of_control(text: str, step: int) -> None:
    for one in streamed(text, step):
        assert one.text == " ".join(one.text.split())
        assert "[1]" not in one.text


@pytest.mark.parametrize(
    ("pieces", "left"),
    [
        (["<think>", "so [1].", "</think>", "It is [2]."], "It is [2]."),
        (["\n<thi", "nk>a", "</thi", "nk>b"], "b"),
        (["<think>never closed ", "…"], ""),
        (["It is <think>x</think>."], "It is <think>x</think>."),
        (["<thin", "g> is it"], "<thing> is it"),
        (["<", "b"], "<b"),
        ([], ""),
        ([" "] * 200, " " * 200),
    ],
)
def test_a_reasoning_models_thoughts_are_left_out(pieces: list[str], left: str) -> None:
    assert "".join(without_thoughts(pieces)) == left
