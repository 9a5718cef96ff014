"""The rule that judges both pipelines alike: whether a passage holds the evidence.

Strings in, verdicts out. White space counts as one blank and a curly quotation mark as a straight one; nothing
else is forgiven.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.evaluate.match import flat

_ESCAPED = re.compile(r"\\([^\w\s])")
_TAG = re.compile(r"</?[a-z]+>", re.IGNORECASE)


def unmarked(text: str) -> str:
    """The text without Markdown's backslashes and HTML's tags; the words between tags stay."""
    return _TAG.sub("", _ESCAPED.sub(r"\1", text))


def holds(passage: str, quote: str) -> bool:
    """Whether the passage contains the quote, or at least half of its words in one run where it is cut.

    Cut means that the passage begins or ends within the quote, or does both; in its midst no half counts.
    """
    wanted, given = flat(quote), flat(passage)
    if not wanted or not given:
        return False
    return wanted in given or 2 * cut_run(given.split(), wanted.split()) >= len(wanted.split())


def cut_run(passage: Sequence[str], quote: Sequence[str]) -> int:
    """The longest run of the quote's words that reaches a border of the passage within the quote, 0 for none."""
    if _runs_through(quote, passage):
        return len(passage)
    longest = min(len(passage), len(quote))
    ends = (size for size in range(longest, 0, -1) if passage[-size:] == quote[:size])
    begins = (size for size in range(longest, 0, -1) if passage[:size] == quote[-size:])
    return max(next(ends, 0), next(begins, 0))


def _runs_through(whole: Sequence[str], part: Sequence[str]) -> bool:
    size = len(part)
    return any(whole[first : first + size] == part for first in range(len(whole) - size + 1))
