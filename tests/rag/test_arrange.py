"""The order of hits: doubles, sides in turn, transcripts in turn, ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from ingest.embed import Vectors
from rag.arrange import in_turn, ranked, spread, without_doubles
from rag.results import Hit
from tests.rag.builders import hit, transcript

LONG = "one two three four five six seven eight nine ten eleven twelve"


def hit_of(name: str, text: str, score: float) -> Hit:
    """The only passage of a transcript of that name."""
    return replace(hit(transcript(((None, None, text),), name=name)), score=score)


def alike(hits: Sequence[Hit]) -> Mapping[str, Vectors]:
    """One vector for all: only their words can tell them apart."""
    return {each.passage.id: np.array([0.6, 0.8], dtype=np.float32) for each in hits}


def ids(hits: Sequence[Hit]) -> list[str]:
    return [each.passage.id for each in hits]


@pytest.mark.parametrize(
    ("text", "doubled"),
    [
        (LONG, True),
        (LONG.upper().replace(" ", ",\n"), True),
        (LONG + " thirteen", True),  # 10 runs of three words shared, 11 in all
        (LONG.replace("one ", ""), True),  # 9 of 10
        (LONG + " thirteen fourteen fifteen", False),  # 10 of 13
        (LONG.replace("six", "6"), False),  # 7 of 13
    ],
)
def test_the_same_words_elsewhere_are_folded_into_the_better_hit(text: str, doubled: bool) -> None:
    found = [hit_of("a", LONG, 0.9), hit_of("b", text, 0.8)]
    kept = without_doubles(found, alike(found))
    assert ids(kept) == (["a:0"] if doubled else ["a:0", "b:0"])
    assert kept[0].also == (("b:0",) if doubled else ())


def test_all_doubles_of_one_are_listed_best_first() -> None:
    found = [hit_of(name, LONG, 0.9) for name in ("c", "a", "b")]
    [kept] = without_doubles(found, alike(found))
    assert (kept.passage.id, kept.also) == ("c:0", ("a:0", "b:0"))


def test_what_somebody_says_twice_in_one_transcript_is_two_passages() -> None:
    twice = transcript(((None, None, LONG), ("Ann Lee", None, LONG)))
    found = [hit(twice, 0), hit(twice, 1)]
    assert without_doubles(found, alike(found)) == found


def test_passages_far_apart_are_not_compared() -> None:
    found = [hit_of("a", LONG, 0.9), hit_of("b", LONG, 0.8)]
    apart = {"a:0": np.array([1, 0], dtype=np.float32), "b:0": np.array([0, 1], dtype=np.float32)}
    assert without_doubles(found, apart) == found


def test_passages_of_a_word_or_none_are_compared_too() -> None:
    found = [hit_of("a", "Thanks.", 0.9), hit_of("b", "thanks", 0.8), hit_of("c", "…", 0.7)]
    assert ids(without_doubles(found, alike(found))) == ["a:0", "c:0"]
    assert without_doubles([], {}) == []


def test_sides_take_turns_and_nothing_comes_twice() -> None:
    a, b, c, d = (hit_of(name, name, 0.5) for name in "abcd")
    assert in_turn([[a, b, c], [b, d]]) == [a, b, d, c]
    assert in_turn([[a], []]) == [a]
    assert in_turn([]) == []


def test_the_best_of_each_transcript_before_the_second_best_of_any() -> None:
    said = transcript(tuple((None, None, text) for text in ("one", "two", "three")), name="a")
    other = hit_of("b", "four", 0.1)
    found = [hit(said, 0), hit(said, 1), hit(said, 2), other]
    assert spread(found) == [found[0], other, found[1], found[2]]


def test_ranks_count_from_one_and_scores_never_rise() -> None:
    found = [hit_of("a", "x", 0.9), hit_of("b", "y", 0.4), hit_of("c", "z", 0.6)]
    assert [(each.rank, each.score) for each in ranked(found)] == [(1, 0.9), (2, 0.4), (3, 0.4)]


@pytest.mark.parametrize(
    ("text", "doubled"),
    [
        ("a b c d e f " + " ".join(LONG.split()[:6]), False),  # 4 of its 10 runs: cut elsewhere, and more than that
        ("zero " + " ".join(LONG.split()[:6]), True),  # 4 of its 5
        (LONG.replace("six", "6"), False),  # 7 of 10
    ],
)
def test_passages_of_transcripts_known_to_be_alike_need_only_be_covered(text: str, doubled: bool) -> None:
    found = [hit_of("a", LONG, 0.9), hit_of("b", text, 0.8)]
    apart = {"a:0": np.array([1, 0], dtype=np.float32), "b:0": np.array([0, 1], dtype=np.float32)}
    linked = {"a": frozenset("b"), "b": frozenset("a")}
    assert without_doubles(found, apart) == found
    assert ids(without_doubles(found, apart, linked)) == (["a:0"] if doubled else ["a:0", "b:0"])


def test_what_two_better_passages_hold_together_adds_nothing_where_transcripts_are_alike() -> None:
    """Eight of the ten runs of the third: all but the two across the place where the first two are parted."""
    words = LONG.split()
    first, second = hit_of("a", " ".join(words[:6]), 0.9), hit_of("a", " ".join(words[6:]), 0.8)
    second = replace(second, passage=replace(second.passage, id="a:1"))
    found, linked = [first, second, hit_of("b", LONG, 0.7)], {"a": frozenset("b"), "b": frozenset("a")}
    assert [each.also for each in without_doubles(found, alike(found), linked)] == [("b:0",), ()]
    assert ids(without_doubles(found, alike(found))) == ["a:0", "a:1", "b:0"]
