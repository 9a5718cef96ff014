"""What a parser hands over: stretches of speech in order, and what the file states about itself.

Nothing is joined, numbered or placed in the text yet; `assemble` does that, the same way for every format.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file states about itself. Times are milliseconds; None is not stated.

    `source` is who put it out (the outlet), `programme` the show, `language` a BCP 47 tag. `published` is the day it
    was aired or put out, `published_at` the moment where a time with its zone is stated. `origins` says of a fact, by
    its name, where it comes from ("front matter"); parsers may leave it empty.
    """

    title: str | None = None
    source: str | None = None
    published: date | None = None
    url: str | None = None
    media_url: str | None = None
    duration_ms: int | None = None
    programme: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    origins: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def stated(self) -> tuple[str, ...]:
        """The names of the facts that are stated."""
        return tuple(name for name in FACT_NAMES if getattr(self, name) is not None)

    def or_else(self, other: Metadata) -> Metadata:
        """These statements, and where one is missing the other's, each with its origin."""
        missing = [name for name in other.stated if getattr(self, name) is None]
        origins = {name: other.origins[name] for name in missing if name in other.origins}
        taken = {name: getattr(other, name) for name in missing}
        return replace(self, **taken, origins={**self.origins, **origins})

    def told_by(self, origin: str) -> Metadata:
        """The same statements, coming from `origin` where they do not say yet where they come from."""
        return replace(self, origins={**dict.fromkeys(self.stated, origin), **self.origins})

    def without(self, name: str) -> Metadata:
        """The others of these statements."""
        origins = {fact: origin for fact, origin in self.origins.items() if fact != name}
        missing: dict[str, None] = {name: None}
        return replace(self, **missing, origins=origins)


NOTHING = Metadata()
PROGRAMME_AS_SOURCE = "programme"


def settled(facts: Metadata) -> Metadata:
    """The facts as a transcript has them.

    Where no outlet is stated the programme stands for it, with PROGRAMME_AS_SOURCE for its origin; and a moment stays
    only beside its own day, since the two may come from different places.
    """
    if facts.published_at and facts.published_at.date() != facts.published:
        facts = facts.without("published_at")
    if facts.source or not facts.programme:
        return facts
    return replace(facts, source=facts.programme).told_by(PROGRAMME_AS_SOURCE)


FACT_NAMES = tuple(each.name for each in fields(Metadata) if each.name != "origins")


@dataclass(frozen=True, slots=True)
class Speech:
    """Words of one speaker, paragraphs separated by \\n. `label` is the speaker as the file wrote it.

    `shared` says that the label may stand for a different person each time ("Q", "UNIDENTIFIED MALE"), `estimated` that
    the times were worked out from others in the file, `opens_story` that the file parts two stories before it.
    """

    text: str
    label: str | None = None
    speaker: str | None = None
    role: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    shared: bool = False
    estimated: bool = False
    opens_story: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file. `mended` tells what was put right in it, a phrase each (`ingest.repairs`)."""

    metadata: Metadata
    speeches: tuple[Speech, ...] = field(repr=False)
    mended: tuple[str, ...] = ()
