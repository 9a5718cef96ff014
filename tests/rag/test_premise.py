"""Questions that take for granted what no passage found has: a number, a name near the answer, somebody by a role."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rag.engine import Engine
from rag.premise import MORE_LIKELY_THAN_NOT, absent_numbers, lacks_ground, remark, role_missing
from rag.question import understand
from rag.refusal import REFUSAL
from rag.sentence_features import FEATURES, Scored, candidates
from tests.rag.builders import Spoken, hit, hits, transcript

OF = transcript()
HITS = hits(OF)


def scored(*best: str, spoken: tuple[Spoken, ...] | None = None, title: str = "Today") -> list[Scored]:
    """The sentences of a transcript, those that hold one of the words given first."""
    of = transcript(spoken, title=title) if spoken else OF
    every = candidates([hit(of, 0, len(of.turns) - 1)], lambda _: of)
    rows = [
        Scored(each, float(any(word in each.text for word in best)), np.zeros(len(FEATURES), dtype=np.float32))
        for each in every
    ]
    return sorted(rows, key=lambda each: -each.score)


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("Why did the FCC vote 9-0?", ("9-0",)),
        ("Why did the FCC vote 0-5?", ("0-5",)),
        ("Why did the FCC vote 5-0?", ()),
        ("Why did profits rise 31 percent?", ("31 percent",)),
        ("Why did profits rise 28.1 percent in 2017?", ()),
        ("What happened on 19 April 2018?", ()),
        ("What did Huawei sell in 2031?", ("2031",)),
        ("What is COVID-19 to Huawei's P20?", ()),
        ("Which two companies are cited?", ()),
    ],
)
def test_numbers_that_no_passage_has(question: str, absent: tuple[str, ...]) -> None:
    assert absent_numbers(understand(question), HITS) == absent


def test_the_reader_is_told_of_them() -> None:
    assert remark(understand("Why did the FCC vote 9-0?"), HITS) == "The question says “9-0”; no passage found does."
    assert remark(understand("Why did the FCC vote 5-0?"), HITS) == ""


def test_numbers_in_words_are_numbers() -> None:
    of = transcript(((None, None, "The board voted five to zero, and twenty people spoke."),))
    assert absent_numbers(understand("Why did the board vote 5-0 with 20 people there?"), [hit(of, 0)]) == ()


SHIP: tuple[Spoken, ...] = (
    (None, None, "Nearly 20,000 people died in the wave, and help was given at once."),
    (None, None, "The Ever Given was freed by tugs today."),
)


def test_an_answer_far_from_every_name_lacks_ground_and_a_near_one_does_not() -> None:
    far = ((None, None, SHIP[0][2]), (None, None, "Nothing else happened that day. " * 60), SHIP[1])
    question = understand("How many people died when the Ever Given sank?")
    assert lacks_ground(question, scored("20,000", spoken=far), ())
    assert not lacks_ground(question, scored("20,000", spoken=SHIP), ())
    assert not lacks_ground(question, scored("20,000", spoken=far, title="Ever Given freed"), ())


def test_in_small_letters_a_name_is_any_word() -> None:
    small: tuple[Spoken, ...] = (
        (None, None, "I think the ever given was freed by tugs and that I was glad to see it"),
    )
    assert not lacks_ground(understand("Who freed the Ever Given?"), scored("freed", spoken=small), ())


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What did the astronaut say about phones?", "Nothing found is by or about the “astronaut”"),
        ("What did the mayor of Paris say about phones?", "Nothing found is by or about the “mayor”"),
        ("What did Paris's mayor say about phones?", "Nothing found is by or about the “mayor”"),
        ("How many was it meant to reach when it was unveiled, and how many did they say lost out?", ""),
        ("What did the president say about Europe?", ""),
        ("What did the commission say about the order?", ""),
        ("Why is Huawei turning to Europe?", ""),
    ],
)
def test_somebody_wanted_by_a_role_that_nobody_has(question: str, said: str) -> None:
    told = role_missing(understand(question), scored("Europe"))
    assert told.startswith(said)
    assert bool(told) is bool(said)


def test_with_nothing_found_nothing_is_missing_from_it() -> None:
    question = understand("What did the astronaut say about 9-0?")
    assert not lacks_ground(question, [], ())
    assert role_missing(question, []) == ""


@pytest.fixture(scope="module")
def engine(sample_archive: Path) -> Iterator[Engine]:
    with Engine(sample_archive) as engine:
        yield engine


@pytest.mark.parametrize(
    "question",
    [
        "How many people died when the Ever Given sank?",
        "Why does the Webb telescope have 40 mirror segments?",
        "What did the astronaut on board Artemis 1 say?",
        "When was Artemis 2 launched?",
    ],
)
def test_over_the_samples_such_questions_are_refused_with_what_is_missing(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.status == "refused"
    assert answer.text.startswith(f"{REFUSAL} N")


def test_a_likely_answer_is_given_with_the_remark(engine: Engine) -> None:
    answer = engine.ask("Why did the FCC vote 9-0?")
    assert answer.confidence is not None
    assert answer.confidence >= MORE_LIKELY_THAN_NOT
    assert "“9-0”" in answer.notice
    assert "5-0" in answer.text
