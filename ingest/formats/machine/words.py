"""Segments and words with times to speeches: whole sentences, each with the time of its first and last word.

The text of a segment is taken as the machine wrote it, punctuation and all, and its words are found in it for
their times; only where they do not fit is the text put together from the words. A speech ends with a
sentence, with a change of voice, after a pause of more than two seconds, and where time runs backwards.
Segments without words are never cut inside, and what has no times at all is only cut where the voice changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, pairwise, zip_longest
from typing import NamedTuple

from ingest.formats.breaths import PAUSE_MS, Breath, are_phrases, in_breaths
from ingest.formats.directions import is_unspoken
from ingest.formats.document import Document, Metadata, Speech
from ingest.formats.machine.times import SLIP_MS
from ingest.formats.machine.voices import Voices
from ingest.repairs import backward_times, early_ends, slips
from ingest.sentences import sentences

_LONGEST_PAUSE_MS = 2000
_MOST_WORDS = 80
_WIDEST_GAP = 40
_SPACE = re.compile(r"\s")
_LETTER = re.compile(r"[^\W_]")
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_UNSPACED_START, _UNSPACED_END = re.compile(f"[{_UNSPACED}]"), re.compile(f"[{_UNSPACED}]$")


class Word(NamedTuple):
    """A word, or a mark that is `glued` to the one before it. Times are milliseconds, None if not told."""

    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    label: str | None = None
    glued: bool = False


class Segment(NamedTuple):
    """A stretch of text with its times, the label of its voice, and its words if they have times."""

    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    label: str | None = None
    words: Sequence[Word] = ()


class Token(NamedTuple):
    """The smallest piece that has a time: a word with what stands around it, or a whole segment.

    `opens` says that it is the first of its segment, so that the space before it is not told.
    """

    text: str
    start_ms: int | None
    end_ms: int | None
    label: str | None
    opens: bool = True


def document(channels: Iterable[Iterable[Segment]], stated: Metadata, *, first: int = 0) -> Document:
    """The document of what each channel of a recording holds, in order of time if there are several.

    `first` is the number the machine gives to its first voice. The recording lasts at least until the last
    word ends.
    """
    heard = [list(segments) for segments in channels]
    phrases = are_phrases(segment.text for segments in heard for segment in segments)
    found = [list(_pieces(_ending_soundly(segments), phrases)) for segments in heard]
    pieces = list(chain.from_iterable(found))
    if len(found) > 1 and all(piece.start_ms is not None for piece in pieces):
        pieces.sort(key=lambda piece: piece.start_ms or 0)
    labels = [piece.label for piece in pieces if piece.label]
    voices = Voices.of(labels, (piece.text for piece in pieces), first=first, title=stated.title)
    end = max((piece.end_ms or 0 for piece in pieces), default=0)
    facts = stated.or_else(Metadata(duration_ms=end or None))
    return Document(facts, tuple(_speech(piece, voices) for piece in pieces), _mended(heard, found))


def _mended(heard: Sequence[Sequence[Segment]], found: Sequence[Sequence[Token]]) -> tuple[str, ...]:
    segments = list(chain.from_iterable(heard))
    early = list(map(_early_ms, segments)) + [_early_ms(word) for segment in segments for word in segment.words]
    long = sum(each > SLIP_MS for each in early)
    told = slips(sum(each > 0 for each in early) - long) + early_ends(long, "segment")
    return told + backward_times(sum(map(_backwards, found)))


def on_channel(segment: Segment, number: int | str) -> Segment:
    """The segment with the channel's name before the labels of its voices, or for a label if it has none."""
    channel = f"Channel {number}"
    words = [word._replace(label=word.label and f"{channel}, {word.label}") for word in segment.words]
    return segment._replace(label=f"{channel}, {segment.label}" if segment.label else channel, words=words)


def written(words: Sequence[Word]) -> str:
    """The text of words: a space between two, none before a glued mark or between words of Chinese or Thai."""
    text: list[str] = []
    for word in words:
        if text and not word.glued:
            text.append(_joint(text[-1], word.text))
        text.append(word.text)
    return "".join(text)


def aligned(text: str, words: Sequence[Word]) -> list[str] | None:
    """The text cut into one piece for each word, None where the words are not those of the text."""
    spans: list[tuple[int, int]] = []
    end = 0
    for word in words:
        start = text.find(word.text, end, end + len(word.text) + _WIDEST_GAP)
        if start < 0 or _LETTER.search(text, end, start):
            return None
        spans.append((start, start + len(word.text)))
        end = spans[-1][1]
    if not spans or _LETTER.search(text, end):
        return None
    cuts = [0, *(_cut(text, one[1], other[0]) for one, other in pairwise(spans)), len(text)]
    return [text[a:b] for a, b in pairwise(cuts)]


def _cut(text: str, start: int, end: int) -> int:
    """Where the gap between two words parts: marks without a space before them belong to the first."""
    space = _SPACE.search(text, start, end)
    return space.start() if space else end


def _early_ms(timed: Segment | Word) -> int:
    """How long before it begins it ends; 0 where it does not."""
    return 0 if timed.start_ms is None or timed.end_ms is None else max(0, timed.start_ms - timed.end_ms)


def _ending_soundly(segments: Sequence[Segment]) -> Iterator[Segment]:
    """The segments, those that end well before they begin now ending where the next begins, slips where they begin."""
    for segment, following in zip_longest(segments, segments[1:]):
        early, start = _early_ms(segment), segment.start_ms or 0
        after = following.start_ms or 0 if following and early > SLIP_MS else 0
        yield segment._replace(end_ms=max(start, after)) if early else segment


def _backwards(pieces: Sequence[Token]) -> int:
    """How often a piece begins before the one that the file has before it."""
    starts = [piece.start_ms for piece in pieces if piece.start_ms is not None]
    return sum(other < one - SLIP_MS for one, other in pairwise(starts))


def _pieces(segments: Iterable[Segment], phrases: bool) -> Iterator[Token]:
    for stretch in _stretches(chain.from_iterable(map(_tokens, segments))):
        if stretch[0].start_ms is None:
            yield from _joined(stretch)
            continue
        text = "".join(token.text for token in stretch)
        ends = {end for _, end in sentences(text, bare_words=_MOST_WORDS)}
        group: list[Token] = []
        length = 0
        for token, start in zip(stretch, accumulate((len(each.text) for each in stretch), initial=0), strict=False):
            group.append(token)
            length += len(token.text.split())
            if start + len(token.text.rstrip()) in ends or length >= _MOST_WORDS:
                yield from _breathing(group, phrases)
                group, length = [], 0
        if group:
            yield from _breathing(group, phrases)


def _breathing(group: Sequence[Token], phrases: bool) -> Iterator[Token]:
    """The tokens as one, or as several where they are long and without punctuation."""
    following = [*group[1:], group[-1]]
    breaths = [
        Breath(one.text, (other.start_ms or 0) - (one.end_ms or 0) >= PAUSE_MS, phrases and other.opens)
        for one, other in zip(group, following, strict=True)
    ]
    for part in in_breaths(group, breaths):
        yield from _joined(part)


def _joined(group: Sequence[Token]) -> Iterator[Token]:
    """The tokens as one, nothing where nobody speaks: "[Music]"."""
    text = "".join(token.text for token in group).strip()
    if text and not is_unspoken(text):
        ends = [token.end_ms for token in group if token.end_ms is not None]
        yield Token(text, group[0].start_ms, max(ends, default=None), group[0].label)


def _tokens(segment: Segment) -> Iterator[Token]:
    words = [word for word in segment.words if word.text]
    if not any(word.start_ms is not None for word in words):
        if segment.text.strip():
            yield Token(segment.text, segment.start_ms, segment.end_ms, segment.label)
        return
    text = segment.text
    parts = aligned(text, words)
    if parts is None:
        text = written(words)
        parts = aligned(text, words) or [word.text for word in words]
    for place, (part, word) in enumerate(zip(parts, _timed(words, segment), strict=True)):
        yield Token(part, word.start_ms, word.end_ms, word.label or segment.label, opens=not place)


def _timed(words: Sequence[Word], segment: Segment) -> Iterator[Word]:
    """The words with times where one is missing: the end of the word before it, the start of the next."""
    following = [segment.end_ms] * len(words)
    for place in range(len(words) - 2, -1, -1):
        known = words[place + 1].start_ms
        following[place] = following[place + 1] if known is None else known
    last = segment.start_ms
    for word, after in zip(words, following, strict=True):
        start = next((time for time in (word.start_ms, last, after) if time is not None), 0)
        end = next((time for time in (word.end_ms, None if word.glued else after) if time is not None), start)
        last = max(start, end)
        yield word._replace(start_ms=start, end_ms=last)


def _stretches(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    stretch: list[Token] = []
    for token in tokens:
        if stretch and _parted(stretch[-1], token):
            yield stretch
            stretch = []
        lead = _joint(stretch[-1].text, token.text) if stretch and token.opens else ""
        stretch.append(token._replace(text=lead + token.text) if lead else token)
    if stretch:
        yield stretch


def _parted(one: Token, other: Token) -> bool:
    if one.label != other.label or (one.start_ms is None) != (other.start_ms is None):
        return True
    if one.start_ms is None or one.end_ms is None or other.start_ms is None:
        return False
    paused = other.start_ms - one.end_ms > _LONGEST_PAUSE_MS
    return paused or other.start_ms < one.start_ms - SLIP_MS


def _joint(one: str, other: str) -> str:
    unspaced = _UNSPACED_END.search(one) and _UNSPACED_START.match(other)
    return "" if not one or unspaced or one[-1].isspace() or other[:1].isspace() else " "


def _speech(piece: Token, voices: Voices) -> Speech:
    person = voices.people[piece.label] if piece.label else None
    return Speech(
        text=piece.text,
        label=piece.label,
        speaker=person.speaker if person else None,
        role=person.role if person else None,
        start_ms=piece.start_ms,
        end_ms=piece.end_ms,
        shared=bool(person and person.shared),
    )
