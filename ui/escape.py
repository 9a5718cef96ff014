"""Text from outside as HTML: everything a transcript, a question or a model wrote passes through here.

Nothing written by others ever becomes markup, an attribute's end, or a link that runs code.
"""

from __future__ import annotations

import html
from datetime import date
from urllib.parse import urlsplit

LINKABLE = frozenset({"http", "https"})


def plain(text: str) -> str:
    """The text to be read as text, in an element or in a quoted attribute. Half characters become "?"."""
    return html.escape(text.encode("utf-8", "replace").decode("utf-8"), quote=True)


def isolated(text: str) -> str:
    """Text within a line of ours, its writing direction kept to itself."""
    return f"<bdi>{plain(text)}</bdi>"


def day(published: date) -> str:
    """ "19 April 2018", machine-readable as well."""
    return f'<time datetime="{published.isoformat()}">{written(published)}</time>'


def written(published: date) -> str:
    """ "19 April 2018"."""
    return f"{published.day} {published:%B %Y}"


def link(url: str | None, text: str) -> str:
    """A link that opens elsewhere, or nothing when the address is not one of the web."""
    try:
        safe = bool(url) and urlsplit(url or "").scheme.lower() in LINKABLE
    except ValueError:
        return ""
    target = 'target="_blank" rel="noopener noreferrer"'
    return f'<a href="{plain(url or "")}" {target}>{plain(text)}</a>' if safe else ""
