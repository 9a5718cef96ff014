"""The rules that judge both pipelines alike: does a passage hold the evidence, an answer what was asked for.

Strings in, verdicts out. White space counts as one blank and a curly quotation mark as a straight one; nothing
else is forgiven.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_PLAIN = {'"': "“”„‟", "'": "‘’\u201a\u201b"}
_STRAIGHT = {ord(curly): plain for plain, curlies in _PLAIN.items() for curly in curlies}
_ESCAPED = re.compile(r"\\([^\w\s])")
_TAG = re.compile(r"</?[a-z]+>", re.IGNORECASE)


def flat(text: str) -> str:
    """The text on one line, single blanks, straight quotation marks."""
    return " ".join(text.translate(_STRAIGHT).split())


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


def says(text: str, answers: Sequence[str], *, every: bool) -> bool:
    """Whether the text has an accepted answer, or every one of them, as whole words in any case."""
    said = flat(text).casefold()
    found = [_as_words(flat(answer).casefold(), said) for answer in answers]
    return bool(found) and (all(found) if every else any(found))


def _as_words(wanted: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", text) is not None


def _runs_through(whole: Sequence[str], part: Sequence[str]) -> bool:
    size = len(part)
    return any(whole[first : first + size] == part for first in range(len(whole) - size + 1))
