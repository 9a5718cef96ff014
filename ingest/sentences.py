"""Where sentences begin and end, as character offsets, so that what is cut out is always verbatim.

The boundaries are sentencex's (Wikimedia). What it lacks is added by rules: titles it does not know, "7 p.m. Friday",
"No. We did not.", "in the U.S. I think", directions such as "(Laughter.)". Speech without punctuation, which it does
not cut at all, is cut by `runs`. A line end is taken for the end of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import sentencex

from ingest.abbreviations import NUMBERED, OPENERS, SHORTENED, TITLES, WORDS_TOO
from ingest.runs import LONGEST_WORDS, RUN_WORDS, Span, runs

__all__ = ["LONGEST_WORDS", "RUN_WORDS", "Span", "sentences"]

_TAIL, _HEAD = 16, 16
_BLOCK_CHARS = 20_000
_SHORT_CHARS = 2 * RUN_WORDS


class _Gap(NamedTuple):
    """What ends before a boundary and what begins after it; `before` has \\n before it if it begins the line."""

    before: str
    after: str


class _Join(NamedTuple):
    """A boundary is none where `before` and `after` are found on its two sides."""

    before: re.Pattern[str]
    after: re.Pattern[str]

    def holds(self, gap: _Gap) -> bool:
        return bool(self.after.match(gap.after) and self.before.search(gap.before))


def _any_of(words: frozenset[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word))).replace("'", "['’]")


def _compiled(*pairs: tuple[str, str]) -> tuple[_Join, ...]:
    return tuple(_Join(re.compile(before), re.compile(after)) for before, after in pairs)


_SMALL, _CAPITAL = "a-zß-öø-ÿ", "A-ZÀ-ÖØ-Þ"
_AFTER_CLOCK = r"(?:on |in )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Eastern|Pacific|Central|GMT|UTC|E[SD]T)\b"
_LETTER = r"[\"“‘']?[^\W\d_]"
_JOINS = _compiled(
    (r"(?i:\b[ap]\.m\.)$", _AFTER_CLOCK),
    (rf"(?<!\d )(?i:\b(?:{_any_of(TITLES - WORDS_TOO)})\.)$", _LETTER),
    (rf"\b(?:{_any_of(NUMBERED)}|{_any_of(NUMBERED).upper()}|nos?|vols?)\.$", r"\d"),
    (r"\A\n\(?(?:\d{1,2}|[A-Za-z])[.)]$", r"\S"),
    (r"", rf"[—–]+\s*[{_SMALL}]"),
    (r"[—–]\s*[^\W\d_]+\?$", r"[—–]"),
    (r"\w\.$", r"(?:com|edu|gov|org|COM|EDU|GOV|ORG)\b"),
)
_JOINS_IF_CASED = _JOINS + _compiled(
    (rf"(?<!\d )\b(?:{_any_of(TITLES)})\.$", _LETTER),
    (rf"\b(?:{_any_of(SHORTENED)})\.$", rf"[{_SMALL}]"),
    (r"[?!][\"”’')\]]*$", rf"[{_SMALL}]"),
)

_DIRECTION = r"(?:^|(?<=[.?!…]\ ))[(\[][^()\[\]]{1,80}[.?!…][)\]]\s+(?=\S)"
_DIRECTION_IF_CASED = rf"{_DIRECTION}(?=[\"“‘{_CAPITAL}0-9])"
_PLAIN_WORD = r"\b(?i:me|may|no)\.\s+(?=[^\W\d_]|[(\[“\"])"
_ADDRESS = rf"\w\.(?:com|edu|gov|int|net|org|uk)\.\s+(?=[{_CAPITAL}])"
_INITIAL = rf"(?<=[\s(“\"])(?:(?:[A-Z]\.)*[A-Z]|St|Ave|Blvd)\.\s+(?=(?:{_any_of(OPENERS)})[\s,…])"
_MISSED = re.compile(f"{_DIRECTION}|{_PLAIN_WORD}|{_ADDRESS}")
_MISSED_IF_CASED = re.compile(f"{_DIRECTION_IF_CASED}|{_PLAIN_WORD}|{_ADDRESS}|{_INITIAL}")


def sentences(text: str, language: str = "en", *, bare_words: int = RUN_WORDS) -> tuple[Span, ...]:
    """Offsets (start, end) of each sentence of the text, white space around it left out.

    A sentence never runs over a line end. One without any mark and of more than `bare_words` words, as in captions,
    is cut into runs of at most 25 words; one of more than 80 words is cut at its marks, or else at words.
    """
    spans: list[Span] = []
    offset = 0
    for line in text.split("\n"):
        spans.extend((offset + a, offset + b) for a, b in _line_sentences(line, language, bare_words))
        offset += len(line) + 1
    return tuple(spans)


def _line_sentences(line: str, language: str, bare_words: int) -> Iterator[Span]:
    raw = list(_raw(line, language))
    cased = _is_cased(line, raw)
    missed = _MISSED_IF_CASED if cased else _MISSED
    for start, end in _merged(line, raw, _JOINS_IF_CASED if cased else _JOINS):
        for one, other in _parted(line, start, end, missed):
            if other - one <= _SHORT_CHARS:
                yield one, other
            else:
                yield from runs(line, one, other, bare_words)


def _raw(line: str, language: str) -> Iterator[Span]:
    offset = 0
    for segment in _segments(line, language):
        stripped = segment.strip()
        if stripped:
            start = offset + segment.index(stripped)
            yield start, start + len(stripped)
        offset += len(segment)


def _segments(line: str, language: str) -> Iterator[str]:
    """The line as sentencex parts it, block by block: its time grows with the square of unclosed quotation marks."""
    begin = 0
    while begin < len(line):
        block = line[begin : begin + _BLOCK_CHARS]
        if len(block) == _BLOCK_CHARS:
            block = block[: block.rfind(" ") + 1] or block
        found: list[str] = list(sentencex.segment(language, block))
        if len(found) > 1 and begin + len(block) < len(line):
            found.pop()
        yield from found
        begin += sum(map(len, found))


def _is_cased(line: str, spans: Sequence[Span]) -> bool:
    """Whether capitals tell where sentences begin: not in captions that are all small or all in capitals."""
    small = sum(_begins_small(line[start : start + _HEAD]) for start, _ in spans)
    return 2 * small <= len(spans) and not line.isupper()


def _begins_small(head: str) -> bool:
    return next((char.islower() for char in head if char.isalpha()), False)


def _merged(line: str, spans: Sequence[Span], joins: Sequence[_Join]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and _belongs(line, merged, (start, end), joins):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _belongs(line: str, merged: Sequence[Span], current: Span, joins: Sequence[_Join]) -> bool:
    first, last = merged[-1]
    start, end = current
    lead = "\n" if len(merged) == 1 else ""
    gap = _Gap(lead + line[max(first, last - _TAIL) : last], line[start : start + _HEAD])
    return any(join.holds(gap) for join in joins) or not any(map(str.isalnum, line[start:end]))


def _parted(line: str, start: int, end: int, missed: re.Pattern[str]) -> Iterator[Span]:
    """The sentence at the ends inside it that were missed, but for those inside a quotation."""
    text = line[start:end]
    begin = seen = curly = straight = 0
    for match in missed.finditer(text):
        between = text[seen : match.start()]
        curly = max(0, curly + between.count("“") - between.count("”"))
        straight += between.count('"')
        seen = match.start()
        if not curly and straight % 2 == 0:
            yield start + begin, start + match.start() + len(match[0].rstrip())
            begin = match.end()
    yield start + begin, end
