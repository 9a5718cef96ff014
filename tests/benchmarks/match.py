"""The rules that judge both pipelines alike: whether a passage holds the evidence, and an answer what was asked for.

Strings in, verdicts out. White space counts as one blank, curly quotation marks as straight ones, nothing else is
forgiven to a passage.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_STRAIGHT = {ord(curly): plain for plain, curlies in {'"': "“”„‟", "'": "‘’‚‛"}.items() for curly in curlies}


def flat(text: str) -> str:
    """The text on one line, single blanks, straight quotation marks."""
    return " ".join(text.translate(_STRAIGHT).split())


def holds(passage: str, quote: str) -> bool:
    """Whether the passage contains the quote, or at least half of its words in one run where the passage cuts it.

    A run counts where the passage ends, begins, or lies wholly within the quote; no half is found in its midst.
    """
    wanted, given = flat(quote), flat(passage)
    if not wanted or not given:
        return False
    return wanted in given or 2 * cut_run(given.split(), wanted.split()) >= len(wanted.split())


def cut_run(passage: Sequence[str], quote: Sequence[str]) -> int:
    """The longest run of the quote's words that a border of the passage cuts off, 0 for none."""
    if _runs_through(quote, passage):
        return len(passage)
    longest = min(len(passage), len(quote))
    ends = (size for size in range(longest, 0, -1) if passage[-size:] == quote[:size])
    begins = (size for size in range(longest, 0, -1) if passage[:size] == quote[-size:])
    return max(next(ends, 0), next(begins, 0))


def says(text: str, answers: Sequence[str], *, every: bool) -> bool:
    """Whether the text has an accepted answer, or every one of them, as whole words in any case."""
    said = flat(text).casefold()
    return bool(answers) and (all if every else any)(_as_words(flat(answer).casefold(), said) for answer in answers)


def _as_words(wanted: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", text) is not None


def _runs_through(whole: Sequence[str], part: Sequence[str]) -> bool:
    size = len(part)
    return any(whole[first : first + size] == part for first in range(len(whole) - size + 1))
