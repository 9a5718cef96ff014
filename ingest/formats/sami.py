"""SAMI captions (.smi): each <SYNC Start=ms> shows a paragraph until the next one of its language.

A file may hold several languages, one a class: English is read if it is there, else the class that comes
first, and no other. A paragraph with ID=Source names the speaker until the next one does. Paragraphs are put
in order of time; the last has no length unless an empty one ends it.

pysubs2 is not used here: it runs all languages into one, takes the name of the speaker for speech, guesses the
end from the number of letters, and fails without a line number. SAMI is no XML, and looks like HTML only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ingest.errors import Malformed
from ingest.formats.captions import document
from ingest.formats.cue import Cue, words_of
from ingest.formats.document import NOTHING, Document, Metadata
from ingest.formats.timings import Timing

_SYNC = re.compile(r"<sync\b", re.IGNORECASE)
_START = re.compile(r"[^<>]{0,200}?\bstart\s*=\s*[\"']?\s*(\d{1,9})(?!\d)(?:ms)?[^<>]*>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p\b([^<>]*)>", re.IGNORECASE)
_CLASS = re.compile(r"\bclass\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SOURCE = re.compile(r"\bid\s*=\s*[\"']?\s*source\b", re.IGNORECASE)
_STYLE = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
_ENGLISH = re.compile(r"\blang\s*:\s*[\"']?en\b|\bname\s*:\s*[\"']?english", re.IGNORECASE)
_TITLE = re.compile(r"<title[^<>]*>([^<>]*)</title", re.IGNORECASE)
_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """What is shown from `start_ms` on, in the language of `kind`; `source` says that it is a speaker's name."""

    start_ms: int
    line: int
    kind: str
    source: bool
    words: str


def sniff(text: str) -> int:
    """3 for text with the root tag, or none above it, and a SYNC tag."""
    return 3 if re.match(r"\s*<(?:sami|\?|!|sync)", text, re.IGNORECASE) and _SYNC.search(text) else 0


def parse(text: str, path: Path, stated: Metadata = NOTHING) -> Document:
    """The document of one language of SAMI text. Raises Malformed, with the line, for a broken start."""
    head, *shown = _SYNC.split(text)
    paragraphs = list(_paragraphs(shown, head.count("\n"), path))
    kind = _language(head, paragraphs)
    ordered = sorted((each for each in paragraphs if each.kind == kind), key=lambda each: each.start_ms)
    title = _TITLE.search(head)
    own = Metadata(title=(words_of(title[1]) if title else "") or None)
    return document(list(_cues(ordered)), stated.or_else(own))


def _paragraphs(shown: Sequence[str], line: int, path: Path) -> Iterator[_Paragraph]:
    for piece in shown:
        start = _START.match(piece)
        if not start:
            cause = f"has a SYNC tag without a start in milliseconds: {piece.split('>')[0].strip()[:60]!r}."
            raise Malformed(path, cause, "Mend the start, or take the tag out.", line + 1)
        bare, *found = _PARAGRAPH.split(piece[start.end() :])
        pairs = zip(found[::2], found[1::2], strict=True) if found else (("", bare),)
        for attributes, body in pairs:
            kind = (_CLASS.search(attributes) or ("", ""))[1].lower()
            yield _Paragraph(int(start[1]), line, kind, bool(_SOURCE.search(attributes)), _words(body))
        line += piece.count("\n")


def _words(body: str) -> str:
    rows = (words_of(_TAG.sub("", row)) for row in _BREAK.split(_without_comments(body)))
    return "\n".join(" ".join(row.split()) for row in rows).strip()


def _without_comments(body: str) -> str:
    first, *others = body.split("<!--")
    return first + "".join(other.partition("-->")[2] for other in others)


def _language(head: str, paragraphs: Sequence[_Paragraph]) -> str:
    """The class of English, else the first that has words."""
    styles = {name.lower(): style for name, style in _STYLE.findall(head)}
    kinds = list(dict.fromkeys(each.kind for each in paragraphs if each.words and not each.source))
    english = (kind for kind in kinds if _ENGLISH.search(styles.get(kind, "")) or kind.startswith("en"))
    return next(english, kinds[0] if kinds else "")


def _cues(paragraphs: Sequence[_Paragraph]) -> Iterator[Cue]:
    ends = dict(pairwise(dict.fromkeys(each.start_ms for each in paragraphs)))
    voice: str | None = None
    for each in paragraphs:
        if each.source:
            voice = each.words or None
        elif each.words:
            end = ends.get(each.start_ms, each.start_ms)
            yield Cue(Timing(each.start_ms, end, each.line), ((voice, each.words),))
