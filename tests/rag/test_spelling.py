"""Words that are nowhere in the archive, read as what is there: on a real index, with names as they are misspelt."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest.archive import Archive
from ingest.index import open_index
from rag.question import understand
from rag.spelling import Reading, Speller, edits, respell, respelt
from tests.ingest.builders import HashEmbedder
from tests.rag.archives import archive_of
from tests.rag.builders import Spoken, transcript

SAID: tuple[Spoken, ...] = (
    ("Ann Lee", "Mayor", "President Zelensky spoke to Khashoggi’s widow. A johnson is a name, too."),
    (None, None, "Vaccination rates rose in Slovenia. Infrastructure costs money. The marker stood there."),
    ("Olena Tikhanovskaya", None, "We are stationery sellers of the Elbe and in Iraq."),
)


@pytest.fixture(scope="module")
def speller(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Speller]:
    folder = archive_of(tmp_path_factory.mktemp("spelling") / "archive", [transcript(SAID)], HashEmbedder())
    with Archive.open(folder, embedder=None) as archive:
        index = open_index(archive)
        yield Speller(index.words, archive.passages)
        index.close()


@pytest.mark.parametrize(
    ("question", "asked", "read_as"),
    [
        ("What did Zelenskyy say?", "Zelenskyy", "Zelensky"),
        ("Zelenskiy on the war", "Zelenskiy", "Zelensky"),
        ("Who killed Kashoggi?", "Kashoggi", "Khashoggi"),
        ("Where is Tsikhanovskaia now?", "Tsikhanovskaia", "Tikhanovskaya"),
        ("How many vacinations?", "vacinations", "Vaccination"),
        ("infrastucture bill", "infrastucture", "Infrastructure"),
        ("What about Zelesnky’s plan?", "Zelesnky", "Zelensky"),
    ],
)
def test_a_name_or_long_word_is_read_as_the_one_that_is_there(
    speller: Speller, question: str, asked: str, read_as: str
) -> None:
    [reading] = speller.readings(question)
    assert reading == Reading(asked, read_as)


@pytest.mark.parametrize(
    "question",
    [
        "What did Zelensky say?",  # is there
        "Slovakia joined",  # two letters off in a short word: another country
        "Iran talks",  # too short to tell from Iraq
        "What did Merkel want?",  # not a name there: "marker"
        "the elbo room",  # neither a name nor long
        "Who is Xelensky?",  # another first letter
        "Is there a Slovenian?",  # a form of the word that is there, rightly spelt
        "asdf qwer zxcvbnmasdf",
        "12345678 and 7.5345",
        "为什么 🙂 ...",
        "",
    ],
)
def test_everything_else_is_left_alone(speller: Speller, question: str) -> None:
    assert speller.readings(question) == ()


def test_a_name_is_read_as_a_name_only(speller: Speller) -> None:
    assert speller.readings("What did Boris Johnsen say?") == ()
    assert speller.readings("johnsen said") == (Reading("johnsen", "johnson"),)


def test_a_question_of_nothing_but_unknown_words_is_read_in_part(speller: Speller) -> None:
    unknown = " ".join(f"Zelensk{letter}" for letter in "abcdefghijklmnopqr")
    assert len(speller.readings(unknown)) == 6


def test_the_question_is_read_with_the_name_and_says_so(speller: Speller) -> None:
    question = respelt(understand("What did Zelenskyy tell the widow?"), speller)
    assert question.text == "What did Zelenskyy tell the widow?"
    assert question.names == ("Zelensky",)
    assert "zelenskyy" not in question.stems
    assert question.remarks == ("Zelenskyy read as Zelensky.",)
    known = understand("What did Zelensky say?")
    assert respelt(known, speller) is known


def test_whole_words_are_put_in_place() -> None:
    readings = (Reading("Zelenskyy", "Zelensky"), Reading("a.b", "\\1"))
    assert respell("Zelenskyy’s Zelenskyys (Zelenskyy) a.b axb", readings) == "Zelensky’s Zelenskyys (Zelensky) \\1 axb"


@pytest.mark.parametrize(
    ("left", "right", "far"),
    [
        ("zelenskyy", "zelensky", 1),
        ("ab", "ba", 1),
        ("kitten", "sitting", 3),
        ("same", "same", 0),
        ("", "ab", 2),
        ("abcdef", "", 4),
        ("abc", "xyz", 3),
    ],
)
def test_edits_are_counted_up_to_the_most(left: str, right: str, far: int) -> None:
    assert edits(left, right, 3) == edits(right, left, 3) == far
