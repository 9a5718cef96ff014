"""How alike texts are: against plain sets, and what is and is not called the same."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.resemblance import alike, bands, resemblance, said_in

STORY = " ".join(f"word{'abcdefghij'[at % 10]}{'klmnopqrst'[at // 10 % 10]}{'uvw'[at // 100]}" for at in range(300))
OTHER = STORY.replace("word", "noun")


def runs(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return set(zip(*(words[at:] for at in range(5)), strict=False))


def changed(text: str, every: int) -> str:
    return " ".join("changed" if at % every == 0 else word for at, word in enumerate(text.split(), 1))


@given(
    st.lists(st.sampled_from("a b c d e f".split()), max_size=40),
    st.lists(st.sampled_from("a b c d e f".split()), max_size=40),
)
def test_it_is_the_jaccard_index_of_runs_of_five_words(left: list[str], right: list[str]) -> None:
    one, other = runs(" ".join(left)), runs(" ".join(right))
    expected = len(one & other) / len(one | other) if one | other else 0.0
    assert resemblance(said_in(" ".join(left)), said_in(" ".join(right))) == pytest.approx(expected)


def test_case_and_punctuation_count_for_nothing() -> None:
    caption = ", ".join(STORY.upper().split()) + "!"
    assert resemblance(said_in(STORY), said_in(caption)) == 1
    assert bands(said_in(STORY)) == bands(said_in(caption))


def test_a_word_changed_here_and_there_is_the_same_still() -> None:
    """Each changed word takes five runs of each text: (296 - 5 * 5) / (296 + 5 * 5) is 0.84, of ten words 0.71."""
    assert resemblance(said_in(STORY), said_in(changed(STORY, 60))) == pytest.approx((296 - 21) / (296 + 21))
    assert alike(said_in(STORY), said_in(changed(STORY, 60)))
    assert not alike(said_in(STORY), said_in(changed(STORY, 30)))


def test_an_opening_in_common_makes_nothing_the_same() -> None:
    words, others = STORY.split(), OTHER.split()
    assert not alike(said_in(" ".join(words)), said_in(" ".join(words[:150] + others[:150])))


def test_a_report_to_one_pattern_with_other_numbers_is_another_report() -> None:
    """Four numbers in 300 words leave the runs alike; it is another day's weather all the same."""

    def weather(*degrees: int) -> str:
        words = STORY.split()
        for at, number in enumerate(degrees):
            words[20 + 70 * at] = str(number)
        return " ".join(words)

    one, other = said_in(weather(12, 14, 9, 21)), said_in(weather(17, 3, 8, 30))
    assert resemblance(one, other) >= 0.8 - 0.02
    assert not alike(one, other)
    assert alike(one, said_in(weather(12, 14, 9, 21)))


def test_what_is_short_is_compared_with_nothing() -> None:
    short = said_in(" ".join(STORY.split()[:40]))
    assert not alike(short, short)
    assert bands(short) == ()
    assert bands(said_in("")) == ()


def test_likely_pairs_share_a_band_and_others_hardly_ever() -> None:
    drawn = random.Random(8)
    vocabulary = [f"{first}{second}" for first in "abcdefgh" for second in "klmnopqr"]
    same = other = 0
    for _ in range(100):
        words = drawn.choices(vocabulary, k=400)
        copy = [drawn.choice(vocabulary) if drawn.random() < 0.015 else word for word in words]
        apart = drawn.choices(vocabulary, k=400)
        keys = set(bands(said_in(" ".join(words))))
        same += bool(keys & set(bands(said_in(" ".join(copy)))))
        other += bool(keys & set(bands(said_in(" ".join(apart)))))
    assert (same, other) == (100, 0)


def test_the_keys_are_the_same_on_every_machine() -> None:
    """They are kept in archives."""
    assert bands(said_in(STORY))[:2] == (7_657_861_182_270_795_288, 2_302_007_874_066_791_829)
