"""Other people's transcripts of the same words: evidence stays evidence, marks and names go."""

from __future__ import annotations

import random

import pytest

from rag.reader.sheet import Said
from rag.reader.training.styles import (
    STYLES,
    Passage,
    as_is,
    captions,
    drawn,
    speech_to_text,
    unnamed,
    untitled,
)

PASSAGE = Passage(
    "Briefing · 3 May 2021",
    (
        Said("Q", ("Thank you, Jen.", "What's the number?")),
        Said("Jen Psaki", ("The plan costs $130 billion, or 28 percent more.", "We don't know the rest!")),
    ),
    (False, False, True, False),
)


def words(passage: Passage) -> list[str]:
    return [word for turn in passage.turns for sentence in turn.sentences for word in sentence.split()]


def evidence(passage: Passage) -> str:
    flat = [sentence for turn in passage.turns for sentence in turn.sentences]
    return " ".join(each for each, right in zip(flat, passage.right, strict=True) if right)


@pytest.mark.parametrize("style", STYLES)
def test_every_style_keeps_the_evidence(style: object) -> None:
    assert callable(style)
    for seed in range(30):
        told: Passage = style(PASSAGE, random.Random(seed))
        assert len(told.right) == sum(len(turn.sentences) for turn in told.turns)
        assert "plan" in evidence(told) or "costs" in evidence(told)


def test_captions_have_the_words_and_nothing_else() -> None:
    told = captions(PASSAGE, random.Random(1))
    assert words(told)[:6] == ["thank", "you", "jen", "what's", "the", "number"]
    assert not any(turn.name for turn in told.turns)
    assert not set("".join(words(told))) & set(".,?!")


def test_speech_to_text_mishears_some_and_not_much() -> None:
    told = [speech_to_text(PASSAGE, random.Random(seed)) for seed in range(200)]
    assert len({" ".join(words(each)) for each in told}) > 20
    lengths = [len(words(each)) for each in told]
    assert 0.9 < sum(lengths) / len(lengths) / len(words(PASSAGE)) < 1.2
    assert any("twenty eight percent" in " ".join(words(each)) for each in told)


def test_clean_styles_change_no_word() -> None:
    assert as_is(PASSAGE, random.Random(1)) == PASSAGE
    assert words(untitled(PASSAGE, random.Random(1))) == words(PASSAGE)
    assert untitled(PASSAGE, random.Random(1)).title == ""
    assert unnamed(PASSAGE, random.Random(1)).title == PASSAGE.title


def test_styles_are_drawn_by_their_shares() -> None:
    chance = random.Random(1)
    draws = [drawn(chance) for _ in range(2000)]
    assert all(abs(draws.count(style) / 2000 - share) < 0.05 for style, share in STYLES.items())
