"""A conversation as JSON, which the reader's own browser keeps over a reload; and back. The server keeps none.

What comes back is believed in nothing: it is checked field by field, and a quote that does not stand in the archive any
more is not shown again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ingest.errors import IngestError
from rag.errors import RagError
from rag.results import Answer, Citation
from ui.asker import Asker
from ui.conversation import Conversation, Exchange

MOST = 1000
HITS = 4
GONE = "The transcripts that this answer quoted have changed or are gone. Ask again."
_EXCHANGE = TypeAdapter(Exchange)


def dump(exchange: Exchange) -> dict[str, Any]:
    """The exchange in terms of JSON, without what it takes no part in being shown."""
    answer = exchange.answer
    if answer is not None:
        kept = () if answer.citations else tuple(replace(hit, parts={}, read={}) for hit in answer.hits[:HITS])
        exchange = replace(exchange, answer=replace(answer, hits=kept, timings={}, usage={}))
    told: dict[str, Any] = _EXCHANGE.dump_python(exchange, mode="json", exclude_defaults=True)
    return told


def load(told: object, engine: Asker) -> Conversation:
    """The conversation that was stored; what does not read as an exchange is left out."""
    listed = told[:MOST] if isinstance(told, list) else []
    quoted = _Quoted(engine)
    return Conversation(tuple(quoted.checked(each) for each in _read(listed)))


def _read(listed: Iterable[object]) -> Iterator[Exchange]:
    for each in listed:
        try:
            exchange = _EXCHANGE.validate_python(each)
        except (ValidationError, RagError):
            continue
        yield replace(exchange, complete=True)


class _Quoted:
    """Looks quotes up; each transcript is read once."""

    def __init__(self, engine: Asker) -> None:
        self._engine = engine
        self._texts: dict[str, str] = {}

    def checked(self, exchange: Exchange) -> Exchange:
        """The exchange if all its quotes stand where they stood, else with a sentence in place of its answer."""
        answer = exchange.answer
        if answer is None or (all(map(self._stands, answer.citations)) and self._are_there(answer)):
            return exchange
        return replace(exchange, answer=None, problem=GONE)

    def _stands(self, citation: Citation) -> bool:
        text = self._text(citation.transcript_id)
        return bool(citation.quote) and text[citation.char_start : citation.char_end] == citation.quote

    def _are_there(self, answer: Answer) -> bool:
        passages = [hit.passage for hit in answer.hits]
        return all(self._text(each.transcript_id)[each.char_start : each.char_end] == each.text for each in passages)

    def _text(self, transcript_id: str) -> str:
        if transcript_id not in self._texts:
            try:
                self._texts[transcript_id] = self._engine.transcript(transcript_id).text
            except IngestError:
                self._texts[transcript_id] = ""
        return self._texts[transcript_id]
