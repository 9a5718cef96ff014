"""What stands above the first time of a transcript with times: title, date, length, and what Otter adds.

Otter puts "Tue, Mar 14, 2023 10:02AM • 45:12", and lists of keywords and speakers, which nobody says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.formats.header import Header, read_before

_LISTS = re.compile(r"(?:summary keywords|keywords|speakers|summary)", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\s+", re.IGNORECASE)
_HOUR = re.compile(r"[\s,]+\d{1,2}:\d\d\s*[ap]\.?m\.?$", re.IGNORECASE)


def read_head(lines: Sequence[str]) -> Header:
    """The header, with what is no header left as talk."""
    return read_before(list(_plain(lines)))


def _plain(lines: Sequence[str]) -> Iterator[str]:
    """The lines with facts on lines of their own, without the lists."""
    listed = False
    for line in lines:
        if listed and line.strip():
            listed = False
            continue
        listed = bool(_LISTS.fullmatch(line.strip())) or (listed and not line.strip())
        if listed:
            continue
        for part in line.split("•"):
            bare = _HOUR.sub("", part.strip())
            yield _WEEKDAY.sub("", bare, count=1) if "•" in line or _HOUR.search(part.strip()) else part
