"""The head of the page: what this is and what it holds, or how to fill it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ui.asker import Listed
from ui.escape import plain, written

NAME = "On the Record"
TAGLINE = "Questions answered in the words that were spoken, with who said them, where and when."


def masthead(entries: Sequence[Listed]) -> str:
    """Name, purpose and the size of the archive; where it is empty, how to put transcripts in."""
    return _head(holdings(entries)) + ("" if entries else _EMPTY)


def closed(reason: str) -> str:
    """The head of a page whose archive cannot be read, with the reason as a sentence."""
    return _head("The archive cannot be read") + f'<p class="problem" dir="auto">{plain(reason)}</p>'


def holdings(entries: Sequence[Listed]) -> str:
    """ "12 transcripts from 3 sources, 25 May 2018 to 4 April 2023"."""
    if not entries:
        return "No transcripts yet"
    named = {entry.source for entry in entries if entry.source}
    days = sorted(entry.published for entry in entries if entry.published)
    count = _counted(len(entries), "transcript")
    origin = f" from {_counted(len(named), 'source')}" if named else ""
    if not days:
        return count + origin
    span = written(days[0]) if days[0] == days[-1] else f"{written(days[0])} to {written(days[-1])}"
    return f"{count}{origin}, {span}"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _head(line: str) -> str:
    return (
        f'<header class="masthead"><h1>{NAME}</h1><p class="tagline">{TAGLINE}</p>'
        f'<p class="holdings">{plain(line)}</p></header>'
    )


_EMPTY = (
    '<section class="empty" aria-labelledby="empty-archive"><h2 id="empty-archive">The archive is empty</h2>'
    "<p>Put transcripts into it from a terminal, then reload this page:</p>"
    "<pre><code>onrecord ingest PATH…</code></pre>"
    "<p>PATH is a transcript, or a folder of them.</p></section>"
)
