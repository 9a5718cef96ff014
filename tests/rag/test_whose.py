"""Whose words are wanted, who of the archive that is, and who is spelt like somebody who is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.whose import is_person, nearest_speakers, speakers_named, wanted_of

SPEAKERS = (
    "Jen Psaki",
    "John Kirby",
    "Karine Jean-Pierre",
    "Mara Juneau",
    "Ms. Psaki",
    "Olivia Dalton",
    "Reporter (Q)",
    "Zoë Müller",
)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("What did Jen Psaki say about schools?", ("Jen Psaki", "Ms. Psaki")),
        ("According to Kirby in March 2021, who goes first?", ("John Kirby",)),
        ("Kirby on the balloon", ("John Kirby",)),
        ("Kirby pressed on whether it would last", ()),
        ("Dalton Oct 2022: who decides?", ("Olivia Dalton",)),
        ("kirby on the balloon", ("John Kirby",)),
        ("what did kirby say about it", ("John Kirby",)),
        ("How did Kirby justify the delay?", ("John Kirby",)),
        ("What was Kirby's view of the talks?", ("John Kirby",)),
        ("What is the opinion of John Kirby on tanks?", ("John Kirby",)),
        ("How did Jean-Pierre rebut Trump's call to leave?", ("Karine Jean-Pierre",)),
        ("What Müller said about cars", ("Zoë Müller",)),
        ("Who goes, per Dalton?", ("Olivia Dalton",)),
        ("Did Kirby and Dalton say the same?", ("John Kirby", "Olivia Dalton")),
        ("Where was Kirby born?", ()),
        ("What did Robert Kirby say?", ()),
        ("What did the White House say?", ()),
        ("What did they say about Kirby?", ()),
        ("How old is John Kirby?", ()),
        ("What did Mara Juneau say about June?", ("Mara Juneau",)),
    ],
)
def test_only_wording_that_wants_somebodys_own_words_names_a_speaker(text: str, speakers: tuple[str, ...]) -> None:
    assert wanted_of(text, SPEAKERS) == speakers


def test_two_people_of_one_surname_are_both_meant_unless_one_is_named() -> None:
    owens = ("Ann Owen", "Max Owen")
    assert speakers_named("Owen", owens) == owens
    assert speakers_named("Max Owen", owens) == ("Max Owen",)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Jen Saki", ("Jen Psaki",)),
        ("Kirbi", ("John Kirby",)),
        ("Olivia Daltan", ("Olivia Dalton",)),
        ("Napoleon Bonaparte", ()),
        ("🙂", ()),
    ],
)
def test_the_nearest_names_are_those_spelt_alike(name: str, near: tuple[str, ...]) -> None:
    assert nearest_speakers(name, SPEAKERS) == near


@pytest.mark.parametrize(
    ("words", "person"),
    [
        ("Tim Cook", True),
        ("Ursula von der Leyen", True),
        ("officials", False),
        ("the White House", False),
        ("Ericsson's CEO", False),
        ("Apple", False),
    ],
)
def test_the_shape_of_a_persons_name(words: str, person: bool) -> None:
    assert is_person(words) is person


@given(st.text(max_size=400))
def test_no_text_breaks_it(text: str) -> None:
    assert set(wanted_of(f"What did {text} say?", SPEAKERS)) <= set(SPEAKERS)
    assert len(nearest_speakers(text, SPEAKERS)) <= 3
