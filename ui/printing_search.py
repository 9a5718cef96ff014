"""A search as text for a terminal or as plain values. Reads nothing and decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from ui.console import clean
from ui.printing import at, source_line

if TYPE_CHECKING:
    from rag.explain import Explained, ExplainedHit
    from rag.results import Hit

_CHARS = 400
_NAMES = {
    "from_words": "words",
    "from_vectors": "vectors",
    "from_phrase": "quoted phrases",
    "from_time": "time",
    "from_reader": "reader",
}


def plain_search(found: Explained) -> dict[str, Any]:
    """The search without its explanations, for JSON."""
    return {
        "filters": found.filters,
        "dropped": found.dropped,
        "notice": found.notice,
        "hits": [each.hit for each in found.hits],
    }


def show_search(console: Console, found: Explained, *, explain: bool, quiet: bool) -> None:
    """Each passage with where it is from; with `explain` what was searched for, and why each is where it is."""
    lines = [*_asked(found)] if explain else [found.notice] if found.notice and not quiet else []
    for line in lines:
        _write(console, Text(clean(line), "dim"))
    for each in found.hits:
        _write(console, Text("\n" if lines or each is not found.hits[0] else "").append_text(_passage(each.hit)))
        for line in _reasons(each) if explain else ():
            _write(console, Text(clean(f"   {line}"), "dim"))
    if not found.hits:
        _write(console, Text("No passage is found."))


def _asked(found: Explained) -> Iterator[str]:
    for text in found.searched:
        yield f"Searched for: {text}"
    for reading in found.readings:
        yield f"Not in the archive, so {reading}"
    if found.phrases:
        yield f"Word for word: {', '.join(f'“{phrase}”' for phrase in found.phrases)}"
    yield f"Filters: {'; '.join(found.filters.describe()) or 'none'}"
    if found.dropped:
        yield f"Dropped, since nothing was left: {'; '.join(found.dropped)}"


def _passage(hit: Hit) -> Text:
    passage = hit.passage
    line = Text(f"{hit.rank}. ", "bold cyan").append(clean(source_line(hit.title, hit.source, hit.published)), "bold")
    said_by = f" — {', '.join(passage.speakers)}" if passage.speakers else ""
    line.append(clean(f"{at(passage.start_ms, passage.interpolated)}{said_by}\n   "), "not bold")
    return line.append(clean(f"“{shorten(passage.text, _CHARS, placeholder=' …')}”"), "not bold")


def _reasons(each: ExplainedHit) -> Iterator[str]:
    parts = each.hit.parts
    shares = " + ".join(f"{name} {parts[key]:.3f}" for key, name in _NAMES.items() if key in parts)
    yield f"score {each.hit.score:.3f}, from {shares}"
    yield f"words: BM25 {parts['words']:.2f} ({_terms(each.terms)})" if "words" in parts else "words: none of the best"
    yield f"vectors: cosine {parts['vectors']:.3f}"
    if "phrase" in parts:
        yield f"quoted phrases: {parts['phrase']:.0%} of them stand in it"
    if "reader" in parts:
        yield f"reader: {parts['reader']:.2f}" + (f", answers {parts['answers']:.2f}" if "answers" in parts else "")
    if each.hit.also:
        yield f"the same words in other transcripts, passages {', '.join(each.hit.also)}"


def _terms(terms: Mapping[str, float]) -> str:
    return ", ".join(f"{term} {score:.2f}" for term, score in terms.items()) or "by none of its terms"


def _write(console: Console, text: Text) -> None:
    console.print(text, soft_wrap=not console.is_terminal)
