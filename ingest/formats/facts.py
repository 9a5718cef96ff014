"""Facts a file states as "key: value", in a header line or in front matter: title, date, source, language, length."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ingest.clock import parse_clock
from ingest.formats.dates import parse_date, parse_date_line
from ingest.formats.document import Metadata
from ingest.formats.moments import parse_moment
from ingest.languages import language_tag

_CLOCK = r"(?P<clock>(?:\d{1,2}:)?\d{1,3}:\d\d(?:[.,]\d{1,3})?)"
_LENGTH = r"(?:trt|duration|length|running time|run ?time)"
_DURATION = re.compile(rf"[(\[]?(?:{_LENGTH}\s*[:=-]?\s*)?{_CLOCK}[)\]]?", re.IGNORECASE)


def duration_of(text: str) -> int | None:
    """Milliseconds of "3:04", "TRT 3:04", "Duration: 1:02:33"; None for anything else."""
    match = _DURATION.fullmatch(text.strip()) if len(text) < 60 else None
    return parse_clock(match["clock"]) if match else None


def read_when(text: str) -> Metadata:
    """The day, and the moment where time and zone are there too, of a text that says only when."""
    moment = parse_moment(text)
    day = moment.date() if moment else parse_date(text) or parse_date_line(text)
    return Metadata(published=day, published_at=moment)


def _title(value: str) -> Metadata:
    return Metadata(title=" ".join(value.split()) or None)


def _source(value: str) -> Metadata:
    return Metadata(source=" ".join(value.split()) or None)


def _programme(value: str) -> Metadata:
    return Metadata(programme=" ".join(value.split()) or None)


def _url(value: str) -> Metadata:
    return Metadata(url=value.strip() or None)


def _media(value: str) -> Metadata:
    return Metadata(media_url=None if " " in value.strip() else value.strip() or None)


def _language(value: str) -> Metadata:
    return Metadata(language=language_tag(value))


def _duration(value: str) -> Metadata:
    seconds = int(value) * 1000 if value.isdecimal() and len(value) < 7 else None
    return Metadata(duration_ms=duration_of(value) or seconds or None)


_READERS: Mapping[Callable[[str], Metadata], tuple[str, ...]] = {
    _title: ("title", "headline"),
    read_when: ("date", "published", "published time", "air date", "aired", "broadcast", "recorded"),
    _source: ("source", "outlet", "network", "station", "publication"),
    _programme: ("programme", "program", "show", "podcast"),
    _url: ("source url", "url", "link"),
    _media: ("media url", "media", "audio", "video"),
    _language: ("language", "lang"),
    _duration: ("duration", "trt", "length", "running time"),
}
_BY_KEY = {key: reader for reader, keys in _READERS.items() for key in keys}


def is_fact(key: str) -> bool:
    """Whether the key is one we read."""
    return _plain(key) in _BY_KEY


def read_fact(key: str, value: str) -> Metadata:
    """What one key and value state: nothing when the key is none of ours or the value will not do."""
    reader = _BY_KEY.get(_plain(key))
    return reader(value) if reader else Metadata()


def read_facts(stated: Mapping[str, str]) -> Metadata:
    """What the keys and values state. Where several keys state one thing, the first of our table wins."""
    values = {_plain(key): value for key, value in stated.items()}
    facts = Metadata()
    for key, reader in _BY_KEY.items():
        if key in values:
            facts = facts.or_else(reader(values[key]))
    return facts


def _plain(key: str) -> str:
    return " ".join(key.lower().replace("_", " ").replace("-", " ").split())
