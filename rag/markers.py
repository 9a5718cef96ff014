"""Citation markers as models write them ([1], [1][2], [1, 2], [Passage 3]) and as we write them ([1] [2]).

Finds and writes them; whether a number means anything is for the verifier to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBER = r"\d{1,4}"
_ONE = rf"[\[【]\s*(?:passages?\s*|\^)?{_NUMBER}(?:\s*(?:,|;|and|&)\s*(?:passages?\s*)?{_NUMBER})*\s*[\]】]"
MARKER = re.compile(_ONE, re.IGNORECASE)
MARKER_RUN = re.compile(rf"{_ONE}(?:[ \t]?{_ONE}){{0,12}}+", re.IGNORECASE)
UNFINISHED = re.compile(r"\s*[\[【][^\]】\n]{0,40}\Z")


def numbers_of(run: str) -> tuple[int, ...]:
    """The numbers a run of markers names, in order, each once."""
    return tuple(dict.fromkeys(int(digits) for digits in re.findall(_NUMBER, run)))


def write(numbers: Iterable[int]) -> str:
    """ "[1][2]"."""
    return "".join(f"[{number}]" for number in numbers)
