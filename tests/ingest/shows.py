"""Shows of one station for tests of what it repeats: as transcripts, and as files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import product
from pathlib import Path

from ingest.transcript import Transcript
from tests.rag.builders import transcript

STATION = "Northgate Radio"
OPENING = "From Northgate Radio in Aldermoor, this is the Morning Ledger."
SPONSOR = (
    "Support for the Ledger comes from Pillow Post, makers of pillows for people who work nights.",
    "Pillow Post has a shop in every town on the coast.",
    "Order today!",
    "The first pillow comes free with the code LEDGER at pillowpost.example.",
)
NOTICE = "Copyright 2023 Northgate Radio, all rights reserved, and no part may be used without leave."
START = date(2023, 3, 1)
_WHO = ("The mayor", "A farmer", "The harbour master", "One teacher", "The fire chief", "A ferry pilot", "The bank")
_DID = ("opened", "closed", "painted", "measured", "inspected", "sold", "rebuilt", "forgot")
_WHAT = ("the bridge", "a school", "the old mill", "two barns", "the station", "a reservoir", "the market hall")
_WHY = ("after the storm", "before the vote", "against advice", "for a second time", "at her own cost", "in the rain")
_FACTS = tuple(" ".join((*words, "last week.")) for words in product(_WHO, _DID, _WHAT, _WHY))


def facts(number: int, count: int = 24) -> list[str]:
    """Sentences that are said in this show only."""
    return [_FACTS[(number * count + at) % len(_FACTS)] for at in range(count)]


def show(
    said: Iterable[str], number: int = 0, *, name: str = "", source: str | None = STATION, dated: bool = True
) -> Transcript:
    """A show in which Ann says it all, a turn for every three sentences, on a day of its own."""
    rows = list(said)
    turns = [("Ann", None, " ".join(rows[at : at + 3])) for at in range(0, len(rows), 3)]
    day = START + timedelta(days=number) if dated else None
    return transcript(turns, name=name or f"show-{number}", source=source, published=day)


def said_in(number: int, count: int = 24) -> list[str]:
    """What is said in a show with an opening, a sponsor's message somewhere inside and a notice."""
    own, inside = facts(number, count), 6 + number % 11
    return ["Good morning.", OPENING, *own[:inside], *SPONSOR, *own[inside:], NOTICE]


def ledger(number: int) -> Transcript:
    """That show."""
    return show(said_in(number), number)


def write_ledgers(folder: Path, count: int, sentences: int = 24) -> list[Path]:
    """That show as a file that states its station and its day, `count` times; "report" is in every title."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"ledger-{number:03d}.md" for number in range(count)]
    for number, path in enumerate(paths):
        day = f"date: {START + timedelta(days=number)}\n"
        own = [each.replace("last week", f"in week {number}") for each in said_in(number, sentences)]
        said = "\n\n".join("ANN LEE: " + " ".join(own[at : at + 8]) for at in range(0, len(own), 8))
        path.write_text(f"---\ntitle: Morning report {number}\nsource: {STATION}\n{day}---\n\n{said}\n")
    return paths
