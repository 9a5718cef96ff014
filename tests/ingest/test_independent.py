"""Speakers, days and titles of all briefings and samples, checked by a second reading that shares no code with it.

What is expected comes from the few regular expressions below, on the front matter and on the labels at the beginning of
lines; of the project, only `parse` is used. They need not be right about other files than these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest

from ingest.formats import parse
from ingest.transcript import Transcript

_FACT = r'^{}: *(?P<quote>[\'"]?)(?P<value>.*(?:\n  .*)*?)(?P=quote)$'
_LABEL = re.compile(r"(?:\d+:\d\d [AP]\.M\. [A-Z]+ )?(?P<label>[A-Z][A-ZÀ-Þ.’' -]{1,60}[A-ZÀ-Þ]):(?= |$)")
_QUESTION = re.compile(r"(?P<label>Q)(?: {2,}| (?=[A-Z(\[—…“\"]|$)|$)")
_SPOKEN = re.compile(r"(?:>> )?([A-Z][A-Z.' -]+?)(?:, [^:“\"]+)?(?::| [“\"])|<v ([^>]+)>|(Q) {2}")
_DAY = re.compile(r"\b([A-Z][a-z]+) (\d{1,2}), (\d{4})\b")
_MONTHS = "January February March April May June July August September October November December".split()
_OFFICES = frozenset("Administrator Advisor Coordinator Director President Secretary Spokesperson".split())
_NOBODY = ("MODERATOR", "MODEARTOR", "AIDE", "AUDIENCE MEMBER", "THE PRESIDENT")


class Expected(NamedTuple):
    """What the second reading says of a briefing: facts, and who speaks by label, turn after turn."""

    title: str
    day: str
    address: str
    labels: tuple[str, ...]

    def speaker(self, label: str) -> str:
        """The person meant, named in full where the title has one of that surname."""
        if label == "Q":
            return "Reporter (Q)"
        if label in _NOBODY or "SENIOR" in label:
            return label.title()
        surname = label.split(". ", 1)[-1] if label[:4] in ("MR. ", "MS. ", "DR. ") else label.rsplit(" ", 1)[-1]
        others = Counter(each for each in self.labels if each.endswith(f" {surname}"))
        named = re.findall(rf"(\S+) ({surname})\b", self.title, re.IGNORECASE)
        misprint = label[:3] == "MS." and others[f"MR. {surname}"] > others[label]
        if len(named) == 1 and named[0][0] not in _OFFICES and not misprint:
            doctor = "Dr. " if re.search(rf"Dr\. \S+ {surname}\b", self.title, re.IGNORECASE) else ""
            return f"{doctor}{named[0][0]} {named[0][1]}"
        return re.sub("Mc[a-z]", lambda match: match[0][:2] + match[0][2].upper(), label.title())


def fact(front: str, key: str) -> str:
    """The value of a key of the front matter, spelt out."""
    found = re.search(_FACT.format(key), front, re.MULTILINE)
    assert found, key
    value = re.sub(r"\\\n *(?:\\ )?", lambda match: " " if "\\ " in match[0] else "", found["value"])
    value = re.sub(r"\\u([0-9A-Fa-f]{4})", lambda match: chr(int(match[1], 16)), value.replace("\\_", " "))
    return " ".join(re.sub("[\u2060-\u206f]", "", value).split())


def labels(body: str) -> Iterator[str]:
    """The labels at the beginning of lines, each as often as somebody begins to speak under it."""
    for line in body.replace("\xa0", " ").split("\n"):
        found = _LABEL.match(line.strip()) or _QUESTION.match(line.strip())
        if found:
            yield " ".join(found["label"].split())


def expected(text: str) -> Expected:
    """The second reading of a briefing."""
    _, front, body = text.split("---\n", 2)
    address = re.search(r"^source_url: (\S+)$", front, re.MULTILINE)
    assert address
    return Expected(fact(front, "title"), fact(front, "date"), address[1], tuple(labels(body)))


@pytest.fixture(scope="module")
def readings(data_dir: Path) -> Mapping[str, tuple[Expected, Transcript]]:
    folder = data_dir / "briefings"
    if not folder.is_dir():
        pytest.skip(f"the briefings are not here ({folder}); ONRECORD_DATA names another place")
    paths = sorted(folder.glob("*.md"))
    return {path.name: (expected(path.read_text(encoding="utf-8")), parse(path)) for path in paths}


@pytest.mark.data
def test_titles_days_and_addresses_of_the_briefings(readings: Mapping[str, tuple[Expected, Transcript]]) -> None:
    assert len(readings) == 100
    wrong = [
        (name, told, found)
        for name, (meant, talk) in readings.items()
        for told, found in ((meant.title, talk.title), (meant.day, str(talk.published)), (meant.address, talk.url))
        if told != found
    ]
    assert wrong == []


@pytest.mark.data
def test_labels_of_the_briefings(readings: Mapping[str, tuple[Expected, Transcript]]) -> None:
    wrong = {}
    for name, (meant, talk) in readings.items():
        told = [label for label, _ in groupby(meant.labels)]
        found = [label for label, _ in groupby(turn.label for turn in talk.turns if turn.label)]
        if told != found:
            wrong[name] = (Counter(told) - Counter(found), Counter(found) - Counter(told))
    assert wrong == {}


@pytest.mark.data
def test_speakers_of_the_briefings(readings: Mapping[str, tuple[Expected, Transcript]]) -> None:
    wrong = Counter(
        (turn.label, turn.speaker, meant.speaker(turn.label))
        for meant, talk in readings.values()
        for turn in talk.turns
        if turn.label and turn.speaker != meant.speaker(turn.label)
    )
    assert wrong == {}


def titled(path: Path, lines: list[str]) -> str:
    """The title of a sample, where its format has one: else the words of its name."""
    front = re.search(r"^title: *(['\"]?)(.*)\1$", "\n".join(lines[:8]), re.MULTILINE)
    if front:
        return front[2]
    if lines[0].startswith("WEBVTT - "):
        return lines[0].removeprefix("WEBVTT - ")
    headings = [line for line in lines[:3] if line and ":" not in line and not line.endswith(".")]
    own = headings[-1:] if path.suffix == ".txt" else []
    return own[0] if own else re.sub(r"^[\d-]+_", "", path.stem)


def day(path: Path, text: str) -> str:
    """The day of a sample: in its name, in its front matter or on a line at its top; "None" if nowhere."""
    stated = re.search(r"^date: '?(\S{10})", text, re.MULTILINE) or re.match(r"(\d{4}-\d\d-\d\d)_", path.name)
    if stated:
        return stated[1]
    written = _DAY.search("\n".join(text.split("\n")[:6]))
    return f"{written[3]}-{_MONTHS.index(written[1]) + 1:02d}-{int(written[2]):02d}" if written else "None"


def alike(words: str) -> list[str]:
    return re.findall(r"\w+", words.casefold())


def test_titles_and_days_of_the_samples(samples: tuple[Path, ...]) -> None:
    for path in samples:
        text, talk = path.read_text(encoding="utf-8"), parse(path)
        assert (alike(talk.title), str(talk.published)) == (alike(titled(path, text.split("\n"))), day(path, text))


def test_speakers_of_the_samples(samples: tuple[Path, ...]) -> None:
    for path in samples:
        shown = re.sub(r"^\d\d:.*-->.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        found = ("".join(match.groups("")) for match in map(_SPOKEN.match, shown.split("\n")) if match)
        told = {" ".join(alike(label)[-1:]) for label in found}
        assert {"q" if "(Q)" in name else alike(name)[-1] for name in parse(path).speakers} == told, path.name
