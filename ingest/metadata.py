"""Where the facts about a transcript come from, and which statement counts when there are several.

The facts are title, source (the outlet), programme, date (with the time, where its zone is stated), language, url,
media_url and length. Each is taken from the first of these that states it, and carries the name of where it came from:

1. ``--set``: given with ``onrecord ingest --set KEY=VALUE`` or ``sync(..., facts={...})``;
2. a sidecar: ``NAME.EXT.meta.yaml`` or ``NAME.meta.yaml`` beside the file, then ``meta.yaml`` in its folder and in the
   folders above, the nearest first (`ingest.sidecars`);
3. the file's front matter;
4. the file's own header, or the fields that its format has for it;
5. the file's name, then its folder's name (`ingest.formats.names`);
6. for the title, the words that the text opens with.

What none of them states stays unknown. Where no outlet is stated the programme stands in its place as source.

Facts given stay with the file: they are stored with its transcript, ingesting the file again without them keeps them,
whether it changed or not, and giving a key again replaces it. An empty value takes a fact back. A file counts as
changed when its bytes, our parsers, the facts of its sidecars or the facts given for it did.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from ingest.errors import IngestError
from ingest.formats import VERSION as PARSER_VERSION
from ingest.formats.assemble import interpolated
from ingest.formats.document import FACT_NAMES, PROGRAMME_AS_SOURCE, Metadata, settled
from ingest.formats.facts import read_fact
from ingest.repairs import telling
from ingest.text import clean
from ingest.transcript import Transcript

GIVEN = "--set"
KEYS: Mapping[str, str] = {
    "title": "words",
    "source": "the outlet's name, such as BBC",
    "programme": "the show's name, such as Newsnight",
    "date": 'a day such as 2024-05-01, with its time and zone if they are known, such as "2024-05-01 18:00 BST"',
    "url": "an address that begins with http:// or https://",
    "media_url": "an address or a path without spaces",
    "language": "a language tag such as en or pt-BR, or a language's English name",
}
_FORMS = {**KEYS, "duration": "a length such as 3:04 or 1:02:33"}
_KEY_OF_FACT = {"published": "date", "published_at": "date"}


class BadFact(IngestError):
    """A fact given for a transcript has a key we do not know, or a value that cannot be one."""


def read_stated(key: str, value: str) -> Metadata:
    """What a person states by a key and a value; nothing by an empty value. Raises BadFact, which names the keys."""
    facts = read_fact(key, clean(value)) if value.strip() else Metadata()
    if not value.strip() or (facts.stated and _is_address(facts.url)):
        return facts
    wanted = _FORMS.get(key.strip().lower().replace(" ", "_").replace("-", "_"))
    hint = f" It should be {wanted}." if wanted else ""
    raise BadFact(f"{key} cannot be {clean(value).strip()[:60]!r}.{hint}")


def read_given(given: Mapping[str, str]) -> Metadata:
    """The facts given for every file, as `--set` has them. Raises BadFact for a key not in KEYS and for a bad value."""
    facts = Metadata()
    for key, value in given.items():
        if key not in KEYS:
            raise BadFact(f"{key!r} is no fact that can be set. The keys are: {', '.join(KEYS)}.")
        facts = facts.or_else(read_stated(key, value))
    return facts.told_by(GIVEN)


def still_given(stored: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """What is given for a file by key: what was stored with it, and on top of that what is given now.

    `stored` are the transcript's facts that came from GIVEN, by their names and as text.
    """
    before = {_KEY_OF_FACT.get(name, name): stored[name] for name in FACT_NAMES if name in stored}
    return {key: value for key, value in {**before, **now}.items() if value.strip()}


def with_facts(transcript: Transcript, stated: Metadata) -> Transcript:
    """The transcript with what was stated about it elsewhere in place of what it states itself.

    A length that was stated spreads the times anew, unless the transcript has times of its own.
    """
    if not stated.stated:
        return transcript
    own = Metadata(**{name: getattr(transcript, name) for name in FACT_NAMES}, origins=transcript.origins)
    if own.origins.get("source") == PROGRAMME_AS_SOURCE:
        own = own.without("source")
    facts = settled(stated.or_else(own))
    taken: dict[str, Any] = {name: getattr(facts, name) for name in FACT_NAMES}
    turns = interpolated(transcript.turns, len(transcript.text), stated.duration_ms)
    return replace(transcript, **taken, origins={**facts.origins, **telling(transcript.mended)}, turns=turns)


def fingerprint(content_sha256: str, stated: Metadata) -> str:
    """What a file is known by: a hash of its content, the parsers' version and what is stated about it elsewhere."""
    facts = {name: [str(getattr(stated, name)), stated.origins.get(name)] for name in stated.stated}
    known = json.dumps([content_sha256, PARSER_VERSION, facts], sort_keys=True)
    return hashlib.sha256(known.encode("utf-8", "surrogatepass")).hexdigest()


def _is_address(url: str | None) -> bool:
    if url is None:
        return True
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not any(map(str.isspace, url))
