"""The terminal: where text goes, and what is taken out of it first.

Nothing from a transcript is obeyed: control characters, escape sequences and direction overrides are made
visible, and square brackets are no markup.
"""

from __future__ import annotations

import re

from rich.console import Console
from rich.text import Text

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WIDTH_IN_A_FILE = 160

errors = Console(stderr=True, markup=False, emoji=False, highlight=False)


def output() -> Console:
    """Standard output; tables are given room where it is not a terminal."""
    console = Console(markup=False, emoji=False, highlight=False)
    if not console.is_terminal:
        console.width = _WIDTH_IN_A_FILE
    return console


def complain(message: str) -> None:
    """A line on stderr."""
    errors.print(Text(clean(message)), soft_wrap=True)


def note(message: str, quiet: bool) -> None:
    """A line on stdout about what was done, unless it is to be quiet."""
    if not quiet:
        output().print(Text(clean(message)), soft_wrap=True)


def clean(text: str) -> str:
    """The text with every character that a terminal would act on replaced by �."""
    return _UNPRINTABLE.sub("�", text)
