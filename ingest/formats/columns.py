"""Which column of an archive holds what, guessed from its name: "headline" is a title, "air_date" a date.

A guess is made to be shown to a person, who may name another column. Contents are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ingest.formats.document import Metadata
from ingest.formats.facts import read_facts
from ingest.formats.json_text import clean_json

SYNONYMS: Mapping[str, str] = {
    "text": "text, transcript, full text, transcript text, transcription, body, content, article text, story text,"
    " raw text, plain text, captions, caption text, article, story, snippet",
    "title": "title, headline, episode title, segment title, story title, video title, episode, name, subject",
    "date": "date, published, published at, publish date, publication date, pub date, pubdate, date published,"
    " air date, airdate, aired, broadcast date, upload date, recorded, datetime, release date, timestamp",
    "source": "source, outlet, network, station, broadcaster, publisher, publication, channel, organization, site,"
    " domain",
    "programme": "programme, program, program name, show, show name, show title, series, podcast",
    "url": "url, source url, link, web url, webpage url, page url, permalink, canonical url, href, video url",
    "media url": "media url, audio url, media, mp3 url, mp3, enclosure, audio, video",
    "duration": "duration, length, duration seconds, running time, runtime, trt",
    "language": "language, lang, locale, language code",
    "id": "id, transcript id, episode id, video id, document id, doc id, guid, uuid, identifier, key",
}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_WORD = re.compile(r"[\W_]+")
_LONGEST_FACT = 2000


def guess_columns(names: Iterable[str]) -> Mapping[str, str]:
    """Our columns and the names that seem to mean them; what none of the names means is left out."""
    plain: dict[str, str] = {}
    for name in names:
        plain.setdefault(_plain(name), name)
    found: dict[str, str] = {}
    for column, synonyms in SYNONYMS.items():
        fit = next((each for each in synonyms.split(", ") if each in plain), None)
        if fit is not None:
            found[column] = plain[fit]
    return found


def facts_of(values: Mapping[str, object], columns: Mapping[str, str]) -> Metadata:
    """What a record states in those columns, lists and objects left out."""
    stated = {column: _fact(values.get(name)) for column, name in columns.items() if column not in ("text", "id")}
    return read_facts({column: fact for column, fact in stated.items() if fact})


def _fact(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = str(value) if isinstance(value, str) or abs(value) < 10**15 else ""
    return " ".join(clean_json(text).split()) if len(text) <= _LONGEST_FACT else ""


def _plain(name: str) -> str:
    return _NO_WORD.sub(" ", _CAMEL.sub(" ", name)).strip().lower()
