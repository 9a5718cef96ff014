"""The library's table: which transcripts a reader asked to see, in which order, a page of them as HTML. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ingest.clock import format_clock
from ui.asker import Listed
from ui.escape import isolated, plain, written
from ui.heard import number, said_in

PAGE = 50
_SPEAKERS = 3

Key = Callable[[Listed], Any]
ORDERS: Mapping[str, tuple[str, Key]] = {
    "date": ("Date", lambda entry: entry.published),
    "title": ("Title", lambda entry: entry.title.casefold()),
    "source": ("Source", lambda entry: (entry.source or "").casefold() or None),
    "speakers": ("Speakers", lambda entry: len(entry.speakers) or None),
    "length": ("Length", lambda entry: entry.duration_ms),
    "words": ("Words", lambda entry: entry.words),
}
"""By name: the heading, and what is sorted by, None where it is not known; that comes last either way."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader wants to see: entries with all of these words, in this order, from this place on."""

    words: str = ""
    order: str = "date"
    down: bool = True
    start: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the table: its rows as HTML, how many entries there are to go through, where it begins."""

    html: str
    total: int
    start: int
    size: int


def read_wish(told: object) -> Wish:
    """The wish that the browser tells; what does not read is as it is by default."""
    said = said_in(told)
    order = str(said.get("order"))
    return Wish(
        str(said.get("words") or "")[:200],
        order if order in ORDERS else "date",
        said.get("down") is not False,
        number(said.get("start")),
    )


def page(entries: Sequence[Listed], wish: Wish, *, removable: bool = False) -> Page:
    """The page that was wished for; a place beyond the end gives the last one."""
    found = ordered(matching(entries, wish.words), wish.order, down=wish.down)
    start = min(wish.start, (max(0, len(found) - 1) // PAGE) * PAGE)
    rows = "".join(_row(entry, removable) for entry in found[start : start + PAGE])
    return Page(rows, len(found), start, PAGE)


def matching(entries: Sequence[Listed], words: str) -> list[Listed]:
    """Entries in whose title, source, speakers or date every one of the words stands, without regard to case."""
    wanted = words.casefold().split()
    return [entry for entry in entries if all(word in _told(entry) for word in wanted)]


def ordered(entries: Sequence[Listed], order: str, *, down: bool) -> list[Listed]:
    """The entries in that order."""
    key = ORDERS[order][1]
    known = [entry for entry in entries if key(entry) is not None]
    unknown = [entry for entry in entries if key(entry) is None]
    return [*sorted(known, key=key, reverse=down), *unknown]


def _told(entry: Listed) -> str:
    day = f"{entry.published.isoformat()} {written(entry.published)}" if entry.published else ""
    return "\n".join((entry.title, entry.source or "", *entry.speakers, day)).casefold()


def _row(entry: Listed, removable: bool) -> str:
    place = f'data-transcript="{plain(entry.id)}"'
    read = f'<button type="button" class="open" dir="auto" {place}>{plain(entry.title or "Without a title")}</button>'
    length = "" if entry.duration_ms is None else format_clock(entry.duration_ms)
    label = plain(f"Remove {entry.title}")
    remove = f'<button type="button" class="remove" {place} aria-label="{label}">Remove</button>' if removable else ""
    cells = (_day(entry.published), isolated(entry.source or ""), _speakers(entry.speakers), length, f"{entry.words:,}")
    date_cell, *others = (f"<td>{cell}</td>" for cell in cells)
    last = f"<td>{remove}</td>" if removable else ""
    return f'<tr>{date_cell}<th scope="row">{read}</th>{"".join(others)}{last}</tr>'


def _day(published: date | None) -> str:
    return f'<time datetime="{published.isoformat()}">{published.isoformat()}</time>' if published else ""


def _speakers(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SPEAKERS} more" if len(names) > _SPEAKERS else ""
    return ", ".join(map(isolated, names[:_SPEAKERS])) + more
