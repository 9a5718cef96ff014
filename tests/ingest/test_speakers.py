"""Readable names and roles from labels in capitals, and the transcript's own spelling."""

from __future__ import annotations

import pytest

from ingest.speakers import LabelParts, readable_name, readable_role, readable_word, split_label
from ingest.spelling import Spelling, is_shouted

BODY = Spelling.of(
    [
        "Huawei and ESA met iPhone makers. Van Jones asked Vincent van Gogh.",
        "And van Gogh smiled. So did al-Sharaa.",
    ]
)
NONE = Spelling()


@pytest.mark.parametrize(
    ("written", "readable"),
    [
        ("KEVIN HO", "Kevin Ho"),
        ("RAY O'BRIEN", "Ray O'Brien"),
        ("SINÉAD O’CONNOR", "Sinéad O’Connor"),
        ("RONALD MCDONALD", "Ronald McDonald"),
        ("JOHN McCAIN", "John McCain"),
        ("MS. JEAN-PIERRE", "Ms. Jean-Pierre"),
        ("VAN DER BELLEN", "van der Bellen"),
        ("ALEXANDER VAN DER BELLEN", "Alexander van der Bellen"),
        ("URSULA VON DER LEYEN", "Ursula von der Leyen"),
        ("BILL DE BLASIO", "Bill de Blasio"),
        ("VAN JONES", "Van Jones"),
        ("VINCENT VAN GOGH", "Vincent van Gogh"),
        ("AHMED AL-SHARAA", "Ahmed al-Sharaa"),
        ("BASHAR AL-ASSAD", "Bashar al-Assad"),
        ("JD VANCE", "JD Vance"),
        ("J.K. ROWLING", "J.K. Rowling"),
        ("JENNY NG", "Jenny Ng"),
        ("KING CHARLES III", "King Charles III"),
        ("DUKE OF EDINBURGH", "Duke of Edinburgh"),
        ("THE PRESIDENT", "The President"),
        ("UNIDENTIFIED MALE", "Unidentified Male"),
        ('DWAYNE "THE ROCK" JOHNSON', 'Dwayne "The Rock" Johnson'),
        ("MR. FERNÁNDEZ HERNÁNDEZ", "Mr. Fernández Hernández"),
        ("Q", "Q"),
    ],
)
def test_names(written: str, readable: str) -> None:
    assert readable_name(written, BODY) == readable


@pytest.mark.parametrize(
    ("written", "readable"),
    [
        ("PRESIDENT HUAWEI HANDSET PRODUCT LINE", "President Huawei Handset Product Line"),
        ("VP HUAWEI CONSUMER BUSINESS GROUP", "VP Huawei Consumer Business Group"),
        ("CEO AND CO-FOUNDER OF ZTE", "CEO and Co-Founder of ZTE"),
        ("HEAD OF THE EU DELEGATION TO THE US", "Head of the EU Delegation to the US"),
        ("BBC CHILDREN'S EDITOR", "BBC Children's Editor"),
        ("ESA DIRECTOR-GENERAL", "ESA Director-General"),
        ("EU-CHINA ENVOY", "EU-China Envoy"),
        ("R&D HEAD AT AT&T", "R&D Head at AT&T"),
        ("R-AZ", "R-AZ"),
        ("U.S. SENATOR", "U.S. Senator"),
        ("15TH CENTURY EXPERT", "15th Century Expert"),
        ("COVID-19 COORDINATOR", "COVID-19 Coordinator"),
        ("PH.D. STUDENT", "Ph.D. Student"),
        ("IPHONE DESIGNER", "iPhone Designer"),
        ('HOST, "STATE OF THE UNION"', 'Host, "State of the Union"'),
    ],
)
def test_roles(written: str, readable: str) -> None:
    assert readable_role(written, BODY) == readable


@pytest.mark.parametrize("written", ["Speaker 1", "Jean-Luc de la Tour", "bell hooks", "eBay spokesman"])
def test_what_is_not_in_capitals_stays_as_it_is(written: str) -> None:
    assert readable_name(written, BODY) == written
    assert readable_role(written, BODY) == written


def test_the_transcripts_spelling_wins_over_our_rules() -> None:
    assert readable_role("OPCW INSPECTOR", NONE) == "Opcw Inspector"
    assert readable_role("OPCW INSPECTOR", Spelling.of(["The OPCW sent two people."])) == "OPCW Inspector"
    assert readable_name("ANNE DESANTIS", NONE) == "Anne Desantis"
    assert readable_name("ANNE DESANTIS", Spelling.of(["Then DeSantis left."])) == "Anne DeSantis"


def test_a_text_in_capitals_teaches_no_spelling() -> None:
    assert readable_role("HUAWEI ENGINEER", Spelling.of(["HUAWEI IS PIVOTING."])) == "Huawei Engineer"


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("KEVIN HO, PRESIDENT HUAWEI", ("KEVIN HO", "PRESIDENT HUAWEI")),
        ("JUNE CASE, EPIDEMIOLOGIST, WEX SCHOOL", ("JUNE CASE", "EPIDEMIOLOGIST, WEX SCHOOL")),
        ("MARTIN LUTHER KING, JR., PASTOR", ("MARTIN LUTHER KING, JR.", "PASTOR")),
        ("JOHN SMITH, MP", ("JOHN SMITH", "MP")),
        ("JOHN KING (voice-over)", ("JOHN KING", None)),
        ("JOHN KING, CNN (on camera)", ("JOHN KING", "CNN")),
        ("OBAMA (through translator)", ("OBAMA", None)),
        ("SEN. JOHN MCCAIN (R), ARIZONA", ("SEN. JOHN MCCAIN", "R, ARIZONA")),
        ("MS.  PSAKI", ("MS. PSAKI", None)),
        ("(voice-over)", ("(voice-over)", None)),
    ],
)
def test_labels_come_apart_into_name_and_role(label: str, parts: tuple[str, str | None]) -> None:
    assert split_label(label) == LabelParts(*parts)


@pytest.mark.parametrize(
    ("text", "shouted"),
    [
        ("KEVIN HO", True),
        ("JOHN McCAIN (voice-over)", True),
        ("Kevin Ho", False),
        ("12:30", False),
        ("中文", False),
    ],
)
def test_capitals(text: str, shouted: bool) -> None:
    assert is_shouted(text) is shouted


def test_words_of_file_names_are_spelt_like_the_transcript() -> None:
    spelling = Spelling.of(["The Moon is far. The euro and Europe. It turns."])
    assert [readable_word(word, spelling) for word in "europe turns the moon eu us".split()] == [
        "Europe",
        "turns",
        "The",
        "Moon",
        "EU",
        "us",
    ]
