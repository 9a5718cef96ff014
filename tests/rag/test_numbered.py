"""Names that only a number tells apart: which are read, and that a quote about one is not offered for another."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import sync
from rag.engine import Engine
from rag.missing import what_is_missing
from rag.numbered import numbered_in, of_those_asked
from rag.question import understand
from rag.sentence_features import candidates
from tests.rag.builders import Spoken, hit, transcript

SPOKEN: tuple[Spoken, ...] = (
    (None, None, "The F-16s arrived in March. The F-35 comes a year later. Pilots are being trained in Arizona."),
    (None, None, "Kestrel209 can fly for nine hours. Kestrel0 was a prototype and flew for nine minutes."),
    (None, None, "under section 232 the tariffs rose and section 230 shields platforms from suits over posts"),
)


def names(question: str) -> set[tuple[str, int]]:
    return {(each.base, each.number) for each in numbered_in(question)}


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("When was Artemis 2 launched?", {("artemis", 2)}),
        ("When was Artemis II launched?", {("artemis", 2)}),
        ("When was Artemis Two launched?", set()),
        ("when was artemis 2 launched", {("artemis", 2)}),
        ("How do F-16s differ from F-35s?", {("f", 16), ("f", 35)}),
        ("what does section 230's text say", {("section", 230)}),
        ("How long does Kestrel209 fly?", {("kestrel", 209)}),
        ("Which engines does the 737 Max 8 have?", {("max", 8)}),
        ("What did the G7 decide in phase one?", {("g", 7), ("phase", 1)}),
        ("What happened in Ukraine in 2022?", set()),
        ("What happened on March 8?", set()),
        ("Why did the FCC vote 5-0?", set()),
        ("Was Kyiv three days from falling?", set()),
        ("How did profits rise 28.1 percent by mid-2022?", set()),
        ("Did Finland 31 countries persuade?", set()),
        ("", set()),
    ],
)
def test_which_names_a_question_has(question: str, found: set[tuple[str, int]]) -> None:
    assert names(question) == found


@pytest.mark.parametrize(
    ("question", "left_out", "kept"),
    [
        ("When did the F-35 arrive?", "F-16s", "F-35"),
        ("When did the F-16 arrive?", "F-35", "F-16s"),
        ("How long can Kestrel209 fly?", "Kestrel0", "Kestrel209"),
        ("how long did kestrel0 fly", "Kestrel209", "Kestrel0"),
    ],
)
def test_sentences_about_another_are_left_out_and_what_names_none_stays(
    question: str, left_out: str, kept: str
) -> None:
    of = transcript(SPOKEN)
    every = candidates([hit(of, 0, 2)], lambda _: of)
    texts = [each.text for each in of_those_asked(understand(question), every)]
    assert not any(left_out in text for text in texts)
    assert any(kept in text for text in texts)
    assert "Pilots are being trained in Arizona." in texts


def test_a_sentence_with_both_answers_for_both() -> None:
    of = transcript(SPOKEN)
    every = candidates([hit(of, 2)], lambda _: of)
    assert of_those_asked(understand("What does Section 230 say?"), every) == every
    assert of_those_asked(understand("How do the F-16 and the F-35 differ?"), every) == every


def test_a_transcript_of_another_by_its_title_is_left_out() -> None:
    first = transcript(((None, None, "It began on November 16 in Florida."),), name="one", title="Return of Artemis I")
    second = transcript(((None, None, "Artemis II is planned for spring."),), name="two", title="What comes next")
    of = {each.id: each for each in (first, second)}
    every = candidates([hit(first, 0), hit(second, 0)], of.__getitem__)
    assert [each.text for each in of_those_asked(understand("When does Artemis 2 begin?"), every)] == [
        "Artemis II is planned for spring."
    ]


def test_where_only_others_are_known_nothing_answers_and_the_refusal_says_so() -> None:
    of = transcript(SPOKEN)
    found, question = [hit(of, 0, 2)], understand("When did the F-22 arrive?")
    assert of_those_asked(question, candidates(found, lambda _: of)) == ()
    assert what_is_missing(question, found) == "No passage found mentions “F-22”; they mention “F-16” and “F-35”."


@pytest.mark.parametrize("asked", ["209", "0"])
def test_over_an_archive_the_other_is_never_quoted(tmp_path: Path, asked: str) -> None:
    lines = [f"Kestrel{n} was launched from the island base on day {n + 1} and it stayed up well." for n in (0, 209)]
    for at, line in enumerate(lines):
        (tmp_path / f"{at}.txt").write_text(f"01:00\nNews of the launch\n{line}\nNobody was hurt at the base.\n")
    sync([tmp_path], tmp_path / "archive")
    with Engine(tmp_path / "archive") as engine:
        answer = engine.ask(f"When was Kestrel{asked} launched?")
    assert answer.citations
    other = {"0": "Kestrel209", "209": "Kestrel0 "}[asked]
    assert not any(other in each.quote for each in answer.citations)


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    assert all(each.number >= 0 for each in numbered_in(text))
