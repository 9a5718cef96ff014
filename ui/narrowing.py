"""Filters between the page and the engine: JSON of the browser in, `Filters` out, and back. Trusts nothing it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from rag.errors import QuestionError
from rag.filters import NO_FILTERS, Filters, period

MOST_NAMES, LONGEST_NAME = 50, 300
EVERYWHERE, ONLY = "everywhere", "only"


def read_filters(told: object) -> Filters | None:
    """The filters that the page tells: None without any, NO_FILTERS where it says "everywhere".

    Raises QuestionError for a day that is none and a period that ends before it begins.
    """
    if not isinstance(told, Mapping):
        return None
    if told.get(EVERYWHERE) is True:
        return NO_FILTERS
    since, until = (_day(told.get(name)) for name in ("since", "until"))
    only = told.get(ONLY) is True
    return Filters(_names(told.get("speakers")), since, until, _names(told.get("sources")), only) or None


def write_filters(filters: Filters | None) -> dict[str, object]:
    """The same as JSON, with what is empty left out."""
    if filters is None:
        return {}
    told: dict[str, object] = {"speakers": list(filters.speakers), "sources": list(filters.sources)}
    told |= {name: day.isoformat() for name in ("since", "until") if (day := getattr(filters, name))}
    some = {name: value for name, value in told.items() if value}
    return {**some, **({ONLY: True} if filters.only else {})} if some else {EVERYWHERE: True}


def chips(filters: Filters) -> tuple[tuple[str, Filters], ...]:
    """Each filter for people to read, with the filters that are left without it."""
    parts = (
        *((f"Speaker: {name}", replace(filters, speakers=_but(filters.speakers, name))) for name in filters.speakers),
        *((f"Source: {name}", replace(filters, sources=_but(filters.sources, name))) for name in filters.sources),
    )
    span = period(filters.since, filters.until)
    return (*parts, (f"Date: {span}", replace(filters, since=None, until=None))) if span else parts


def _but(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(each for each in names if each != name)


def _names(told: object) -> tuple[str, ...]:
    listed = told if isinstance(told, list | tuple) else ()
    names = (each.strip()[:LONGEST_NAME] for each in listed[:MOST_NAMES] if isinstance(each, str))
    return tuple(dict.fromkeys(filter(None, names)))


def _day(told: object) -> date | None:
    if not isinstance(told, str) or not told.strip():
        return None
    try:
        return date.fromisoformat(told.strip())
    except ValueError:
        raise QuestionError(f"“{told.strip()[:20]}” is no day. Write it like 2022-03-31.") from None
