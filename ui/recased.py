"""Answers and transcripts from captions without proper capitals, in sentence case, for eyes only.

JSON, citations and the archive keep the words as they were transcribed; `Recased.transcribed` has them beside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ingest.casing import Casing
from ingest.transcript import Transcript

if TYPE_CHECKING:
    from rag.results import Answer, Citation, Hit, Short

NOTE = "Shown in sentence case; the transcript has it all in capitals or all in small letters."


@dataclass(frozen=True, slots=True)
class Recased:
    """An answer as it is shown. `transcribed` has, by marker, the exact words of the quotes that differ."""

    answer: Answer
    transcribed: Mapping[int, str]
    differs: bool


@dataclass(slots=True)
class _Seen:
    """What an answer has of one transcript."""

    texts: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    def add(self, texts: Iterable[str], names: Iterable[str], title: str) -> None:
        self.texts += texts
        self.names += names
        self.titles.append(title)


def recased(answer: Answer) -> Recased:
    """The answer with its quotes and passages in sentence case, each transcript judged by what there is of it."""
    casings = _casings(answer)
    citations = tuple(_citation(each, casings[each.transcript_id]) for each in answer.citations)
    hits = tuple(_hit(each, casings[each.passage.transcript_id]) for each in answer.hits)
    if citations == answer.citations and hits == answer.hits:
        return Recased(answer, {}, differs=False)
    text, pairs = answer.text, list(zip(answer.citations, citations, strict=True))
    for was, shown in pairs:
        text = text.replace(f"“{_on_one_line(was.quote)}”", f"“{_on_one_line(shown.quote)}”")
    transcribed = {was.marker: was.quote for was, shown in pairs if was.quote != shown.quote}
    short = _short(answer.short, pairs)
    if short and answer.short:
        text = text.replace(f"{_on_one_line(answer.short.text)} [", f"{_on_one_line(short.text)} [", 1)
    return Recased(replace(answer, text=text, citations=citations, hits=hits, short=short), transcribed, differs=True)


def _short(short: Short | None, pairs: Iterable[tuple[Citation, Citation]]) -> Short | None:
    """The answer in few words as the quote that it is cut from is shown."""
    for was, shown in pairs:
        if short and was.marker == short.marker and (at := was.quote.find(short.text)) >= 0:
            return replace(short, text=shown.quote[at : at + len(short.text)])
    return short


def casing_of(transcript: Transcript) -> Casing:
    """How the turns of a transcript are shown."""
    return Casing.of(transcript.text, transcript.speakers, (transcript.title,))


def _casings(answer: Answer) -> Mapping[str, Casing]:
    seen: defaultdict[str, _Seen] = defaultdict(_Seen)
    for each in answer.citations:
        seen[each.transcript_id].add((each.before, each.quote, each.after), filter(None, (each.speaker,)), each.title)
    for hit in answer.hits:
        seen[hit.passage.transcript_id].add((hit.passage.text,), hit.passage.speakers, hit.title)
    return {ident: Casing.of("\n".join(each.texts), each.names, each.titles) for ident, each in seen.items()}


def _citation(citation: Citation, casing: Casing) -> Citation:
    """The citation with its context, cased as one text: what is cut out is often no whole sentence."""
    begin = len(citation.before)
    end = begin + len(citation.quote)
    shown = casing.readable(citation.before + citation.quote + citation.after)
    return replace(citation, before=shown[:begin], quote=shown[begin:end], after=shown[end:])


def _hit(hit: Hit, casing: Casing) -> Hit:
    return replace(hit, passage=replace(hit.passage, text=casing.readable(hit.passage.text)))


def _on_one_line(quote: str) -> str:
    return " ".join(quote.split("\n"))
