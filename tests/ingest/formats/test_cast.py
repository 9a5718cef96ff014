"""Who is meant by a label: short names, honorifics, people of the title, and those who are nobody."""

from __future__ import annotations

import pytest

from ingest.formats.cast import Cast, Person
from ingest.spelling import Spelling

BRIEFING = (
    "Briefing by Press Secretary Jen Psaki, Co-Chair of the Gender Policy Council and Chief of Staff "
    "to the First Lady Julissa Reynoso, and Co-Chair of the Gender Policy Council Jennifer Klein, May 8, 2021"
)


def people(*labels: str, title: str = "") -> list[tuple[str, str | None]]:
    cast = Cast(title, Spelling(), labels)
    return [(person.speaker, person.role) for person in map(cast.person, labels)]


def test_a_short_label_is_the_one_person_introduced_before() -> None:
    assert people("STEVE HALVORSEN, HOST", "HALVORSEN") == [("Steve Halvorsen", "Host")] * 2
    assert people("ALEXANDER VAN DER BELLEN, PRESIDENT", "VAN DER BELLEN")[1] == (
        "Alexander van der Bellen",
        "President",
    )
    assert people("JEN PSAKI, SECRETARY", "MS. PSAKI")[1] == ("Jen Psaki", "Secretary")
    assert people("CARL McCABE, HOST", "MCCABE")[1] == ("Carl McCabe", "Host")
    assert people("VAN JONES, HOST", "JONES")[1] == ("Van Jones", "Host")


def test_a_short_label_of_two_people_or_of_nobody_yet_stays_as_it_is() -> None:
    assert people("ANN LEE, MAYOR", "BOB LEE, JUDGE", "LEE")[2] == ("Lee", None)
    assert people("LEE", "ANN LEE, MAYOR")[0] == ("Lee", None)
    assert people("ANN LEE, MAYOR", "BLEE")[1] == ("Blee", None)


def test_mr_and_ms_are_different_people() -> None:
    assert people("MR. BOB LEE, JUDGE", "MS. LEE")[1] == ("Ms. Lee", None)
    title = "Briefing by Secretary Ann Lee"
    assert people("MS. LEE", "MR. LEE", title=title) == [("Ms. Lee", None), ("Mr. Lee", None)]
    assert people(*["MS. LEE"] * 9, "MR. LEE", title=title)[-2:] == [
        ("Ann Lee", "Secretary"),
        ("Mr. Lee", None),
    ]


@pytest.mark.parametrize(
    "label",
    [
        "Q",
        "UNIDENTIFIED MALE",
        "Speaker 1",
        "AUDIENCE MEMBER",
        "SENIOR ADMINISTRATION OFFICIAL",
        "MAN",
        "REPORTER",
    ],
)
def test_nobody_in_particular_is_never_taken_for_anybody(label: str) -> None:
    cast = Cast("Press briefing by Ann Male and Bob Speaker", Spelling(), ["ANN MALE, HOST", label])
    cast.person("ANN MALE, HOST")
    assert cast.person(label).role is None
    assert cast.person(label).speaker not in ("Ann Male", "Bob Speaker")


def test_labels_that_may_be_a_different_person_each_time_are_shared() -> None:
    cast = Cast("", Spelling(), [])
    assert [cast.person(each).shared for each in ("Q", "UNIDENTIFIED MALE", "Speaker 1", "ANN LEE", "MODERATOR")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert cast.person("Q") == Person("Questioner (Q)", None, shared=True)


@pytest.mark.parametrize(
    ("label", "person"),
    [
        ("MS. PSAKI", ("Jen Psaki", "Press Secretary")),
        ("M. PSAKI", ("Jen Psaki", "Press Secretary")),
        (
            "MS. REYNOSO",
            ("Julissa Reynoso", "Co-Chair of the Gender Policy Council and Chief of Staff to the First Lady"),
        ),
        ("MS. KLEIN", ("Jennifer Klein", "Co-Chair of the Gender Policy Council")),
        ("MS. LADY", ("Ms. Lady", None)),
        ("MR. GENDER", ("Mr. Gender", None)),
        ("MS. YANG", ("Ms. Yang", None)),
    ],
)
def test_people_the_title_names_with_their_office(label: str, person: tuple[str, str | None]) -> None:
    assert people(label, title=BRIEFING) == [person]


@pytest.mark.parametrize(
    ("title", "label", "person"),
    [
        ("Gaggle by Press Secretary Karine Jean-Pierre and NSC Coordinator John Kirby En Route", "MR. KIRBY",
         ("John Kirby", "NSC Coordinator")),
        ("Gaggle by Press Secretary Karine Jean-Pierre and NSC Coordinator John Kirby", "MS. JEAN-PIERRE",
         ("Karine Jean-Pierre", "Press Secretary")),
        ("Briefing by Secretary Ann Lee, and Chief Medical Advisor Dr. Anthony Fauci", "DR. FAUCI",
         ("Dr. Anthony Fauci", "Chief Medical Advisor")),
        ("Briefing by Secretary of Health and Human Services Mia Lund", "SECRETARY LUND",
         ("Mia Lund", "Secretary of Health and Human Services")),
        ("Briefing by Senior Director for Economics and Competitiveness Peter Harrell", "MR. HARRELL",
         ("Peter Harrell", "Senior Director for Economics and Competitiveness")),
        ("Remarks by President Biden at the Port", "PRESIDENT BIDEN", ("President Biden", None)),
        ("Jake Sullivan on the war", "MR. SULLIVAN", ("Jake Sullivan", None)),
        ("Briefing by Ann Lee and Bob Lee", "MS. LEE", ("Ms. Lee", None)),
        ("Interview with Mayor Ann B. Lee", "LEE", ("Ann B. Lee", "Mayor")),
        ("Briefing by Press Secretary Jen Psaki", "PSA", ("Psa", None)),
        ("Talk by Director of Art Tom De Witt", "DIRECTOR DE WITT", ("Tom De Witt", "Director of Art")),
    ],
)  # fmt: skip
def test_titles_of_many_shapes(title: str, label: str, person: tuple[str, str | None]) -> None:
    assert people(label, title=title) == [person]
