"""Evidence to places in the archive: which transcript, which characters. Nothing is guessed: what is not found is said.

White space and the shape of quotation marks may differ between a quote and the transcript, nothing else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from ingest.archive import Archive
from ingest.rows import Entry
from ingest.text import clean
from ingest.transcript import Transcript
from ingest.words import WordIndex, terms
from rag.evaluate.cases import Evidence

_QUOTES = {'"“”„‟': '["“”„‟]', "'‘’‚‛": "['‘’‚‛]"}  # noqa: RUF001
_ANY_MARK = {mark: pattern for marks, pattern in _QUOTES.items() for mark in marks}
_SOUGHT_TERMS, _SOUGHT_PASSAGES = 40, 50


@dataclass(frozen=True, slots=True)
class Place:
    """Where evidence stands: every place of its words in one transcript. `problem` says why it stands nowhere."""

    transcript_id: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    speakers: tuple[str, ...] = ()
    problem: str = ""


class Locator:
    """Finds evidence in one archive. It keeps the catalogue's names, and the transcripts it read last."""

    def __init__(self, archive: Archive, words: WordIndex) -> None:
        self._archive = archive
        self._words = words
        self._ids = _by_name(archive.entries())
        self.transcript = lru_cache(maxsize=64)(archive.transcript)

    def place(self, evidence: Evidence) -> Place:
        """The place of the evidence, or the problem with it."""
        source, quote = evidence.source.strip(), clean(evidence.quote).strip()
        if not source and not quote:
            return Place(problem="it names neither a source nor a quote")
        ids = self._ids.get(source.casefold(), ()) if source else self._holding(quote)
        if source and not ids:
            return Place(problem=f"its source {source!r} is not in the archive")
        found = [place for each in ids if (place := self._within(self.transcript(each), quote)).spans]
        if len(found) == 1:
            return found[0]
        where = f"in {source!r}" if source else "in any transcript"
        if found:
            return Place(problem=f"its quote stands in {len(found)} transcripts; name one as its source")
        return Place(problem=f"its quote is not found {where}")

    def _within(self, transcript: Transcript, quote: str) -> Place:
        spans = spans_of(quote, transcript.text) if quote else ((0, len(transcript.text)),)
        spoken = {transcript.turn_at(start).speaker: None for start, _ in spans} if quote else {}
        return Place(transcript.id, spans, tuple(name for name in spoken if name))

    def _holding(self, quote: str) -> tuple[str, ...]:
        """Transcripts that the word index finds for the quote: it may stand in these."""
        hits = self._words.search(terms(" ".join(quote.split()[:_SOUGHT_TERMS])), _SOUGHT_PASSAGES)
        stored = self._archive.passages(hits)
        return tuple(dict.fromkeys(stored[key].passage.transcript_id for key in hits if key in stored))


def spans_of(quote: str, text: str) -> tuple[tuple[int, int], ...]:
    """Every place of the quote in the text, as (start, end) offsets; white space and quotation marks may differ."""
    words = quote.split()
    if not words or len(" ".join(words)) > len(text):
        return ()
    pattern = r"\s+".join("".join(_ANY_MARK.get(char, re.escape(char)) for char in word) for word in words)
    return tuple(found.span() for found in re.finditer(pattern, text))


def _by_name(entries: Iterable[Entry]) -> Mapping[str, tuple[str, ...]]:
    """Ids by everything a question set may call a transcript: id, file with or without its folder, title, address."""
    ids: dict[str, dict[str, None]] = defaultdict(dict)
    for entry in entries:
        for name in (entry.id, entry.place, PurePath(entry.place).name, entry.title, entry.url):
            if name:
                ids[name.casefold()][entry.id] = None
    return {name: tuple(found) for name, found in ids.items()}
