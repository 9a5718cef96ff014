"""A hundred real press briefings: every word kept, every speaker told, from files nobody made for us."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from ingest.formats import parse
from ingest.formats.markup import plain_text
from ingest.text import clean
from ingest.transcript import Transcript

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def folder(data_dir: Path) -> Path:
    briefings = data_dir / "briefings"
    if not briefings.is_dir():
        pytest.skip(f"the briefings are not here ({briefings}); ONRECORD_DATA names another place")
    return briefings


@pytest.fixture(scope="module")
def transcripts(folder: Path) -> Mapping[str, Transcript]:
    return {path.name: parse(path) for path in sorted(folder.glob("*.md"))}


def test_each_states_title_date_and_address(transcripts: Mapping[str, Transcript]) -> None:
    assert len(transcripts) == 100
    for name, talk in transcripts.items():
        assert talk.format == "markdown"
        assert str(talk.published) == name[:10]
        assert (talk.url or "").startswith("https://")
        assert re.search(r"Briefing|Gaggle|Call|Remarks", talk.title)
        assert talk.title == clean(talk.title)


def test_all_evidence_of_the_questions_is_in_the_words(folder: Path, transcripts: Mapping[str, Transcript]) -> None:
    words = {name: " ".join(talk.text.split()) for name, talk in transcripts.items()}
    rows = [json.loads(line) for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    pairs = [(each["source"], " ".join(each["quote"].split())) for row in rows for each in row["evidence"]]
    assert len(pairs) > 50
    assert [pair for pair in pairs if pair[1] not in words[pair[0]]] == []


def test_no_spoken_line_is_lost(folder: Path, transcripts: Mapping[str, Transcript]) -> None:
    """Every line of 45 characters or more is in the text, but for stage directions in brackets."""
    lost = []
    for name, talk in transcripts.items():
        words = " ".join(talk.text.split())
        labels = sorted({turn.label for turn in talk.turns if turn.label}, key=len, reverse=True)
        body = plain_text(clean((folder / name).read_text(encoding="utf-8")).split("---\n", 2)[2])
        for line in (" ".join(line.split()) for line in body.split("\n")):
            label = next((each for each in labels if line.startswith(each)), "")
            spoken = line.removeprefix(label).lstrip(": ")
            if (
                len(spoken) >= 45
                and spoken not in words
                and not re.fullmatch(r"\(.*\)|\d.*M\. \w+ MODERATOR.*", spoken)
            ):
                lost.append((name, line))
    assert lost == []


def test_speakers_are_told(transcripts: Mapping[str, Transcript]) -> None:
    turns = [turn for talk in transcripts.values() for turn in talk.turns]
    said = Counter((turn.label, turn.speaker) for turn in turns)
    unnamed = [turn.text for turn in turns if turn.speaker is None]
    assert all(text.startswith("To view the COVID") for text in unnamed)
    assert len(unnamed) <= 5
    assert said["MS. PSAKI", "Jen Psaki"] == 2282
    assert said["MS. JEAN-PIERRE", "Karine Jean-Pierre"] == 2109
    assert said["MS. JEAN-PIERRE", "Ms. Jean-Pierre"] == 12
    assert said["Q", "Reporter (Q)"] == 5276
    assert said["MR. ZIENTS", "Mr. Zients"] == 49


@pytest.mark.parametrize(
    ("day", "speaker", "role"),
    [
        ("2021-01-20", "Jen Psaki", "Press Secretary"),
        (
            "2021-03-08",
            "Julissa Reynoso",
            "Co-Chair of the Gender Policy Council and Chief of Staff to the First Lady",
        ),
        ("2021-04-13", "Dr. Anthony Fauci", "NIAID Director and Chief Medical Advisor to the President"),
        ("2021-06-08", "Peter Harrell", "Senior Director for International Economics and Competitiveness"),
        ("2022-09-06", "Gina Raimondo", "Commerce Secretary"),
        ("2024-10-01", "Alejandro Mayorkas", "Secretary of Homeland Security"),
    ],
)
def test_offices_come_from_the_title(transcripts: Mapping[str, Transcript], day: str, speaker: str, role: str) -> None:
    [talk] = [talk for name, talk in transcripts.items() if name.startswith(day)]
    assert {turn.role for turn in talk.turns if turn.speaker == speaker} == {role}
