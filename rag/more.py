"""More of the same: what was said next to the quotes of the answers before, and passages without what was shown.

Offsets only; what else is worth telling is for the answerer to choose from the passages left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.transcript import Transcript
from rag.cite import cite
from rag.composed import composed
from rag.results import Answer, Citation, Hit
from rag.spans import spans_of

Place = tuple[str, int, int]
_THAT = r"(?:it|that|this)"
_MORE = re.compile(
    r"(?:(?:ok(?:ay)?|and|so|yes|interesting|please)\b\W*)*(?:(?:can|could|would) you )?(?:please )?"
    rf"(?:tell (?:me|us) (?:a (?:bit|little) )?more(?: about {_THAT})?|more(?: (?:details?|of {_THAT}))?"
    rf"|(?:any )?more (?:on|about) {_THAT}|(?:any|some) more(?: details?)?|(?:anything|what) else(?: on {_THAT})?"
    rf"|go on|continue|keep going|elaborate(?: on {_THAT})?|say more|expand on {_THAT})(?: please)?\W*",
    re.IGNORECASE,
)
_NEXT = 2
_MOST_QUOTES = 2


def wants_more(question: str) -> bool:
    """Whether it asks for nothing but more: "tell me more", "go on", "anything else?"."""
    return bool(_MORE.fullmatch(question))


def shown_in(history: Sequence[str | Answer]) -> tuple[Citation, ...]:
    """All that the answers before have quoted, the latest answer's quotes first."""
    return tuple(each for answer in reversed(history) if isinstance(answer, Answer) for each in answer.citations)


def beside(shown: Sequence[Citation], transcript_of: Callable[[str], Transcript]) -> tuple[Place, ...]:
    """For the first two of the quotes that have it: what the same speaker said next, or before, and is not shown."""
    found: list[Place] = []
    for quote in shown:
        transcript = transcript_of(quote.transcript_id)
        spans = spans_of(transcript.turn_at(quote.char_start))
        after = [span for span in spans if span[0] >= quote.char_end]
        ahead = [span for span in reversed(spans) if span[1] <= quote.char_start]
        taken = _unshown(after, transcript.id, shown, found) or _unshown(ahead, transcript.id, shown, found)
        if taken:
            found.append((transcript.id, min(start for start, _ in taken), max(end for _, end in taken)))
        if len(found) == _MOST_QUOTES:
            break
    return tuple(found)


def _unshown(
    spans: Iterable[tuple[int, int]], of: str, shown: Sequence[Citation], found: Sequence[Place]
) -> list[tuple[int, int]]:
    """The first of the spans, one after another, up to one that was shown."""
    taken: list[tuple[int, int]] = []
    for span in spans:
        if len(taken) == _NEXT or _is_shown(of, *span, shown) or any(_meet((of, *span), each) for each in found):
            break
        taken.append(span)
    return taken


def _is_shown(of: str, start: int, end: int, shown: Sequence[Citation]) -> bool:
    return any(_meet((of, start, end), (each.transcript_id, each.char_start, each.char_end)) for each in shown)


def _meet(one: Place, other: Place) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def unshown(hits: Sequence[Hit], shown: Sequence[Citation]) -> tuple[Hit, ...]:
    """The passages cut down to the longest stretch that was not quoted; those quoted whole are left out."""
    cut = ((hit, max(_left(hit, shown), key=lambda piece: piece[1] - piece[0], default=(0, 0))) for hit in hits)
    return tuple(_cut(hit, start, end) for hit, (start, end) in cut if end > start)


def _left(hit: Hit, shown: Sequence[Citation]) -> Iterator[tuple[int, int]]:
    passage = hit.passage
    quoted = sorted((q.char_start, q.char_end) for q in shown if q.transcript_id == passage.transcript_id)
    at = passage.char_start
    for start, end in [*quoted, (passage.char_end, passage.char_end)]:
        if min(start, passage.char_end) > at:
            yield at, min(start, passage.char_end)
        at = max(at, end)


def _cut(hit: Hit, start: int, end: int) -> Hit:
    passage = hit.passage
    if (start, end) == (passage.char_start, passage.char_end):
        return hit
    text = passage.text[start - passage.char_start : end - passage.char_start]
    return replace(hit, passage=replace(passage, char_start=start, char_end=end, text=text))


def with_more(answer: Answer, places: Sequence[Place], transcript_of: Callable[[str], Transcript], most: int) -> Answer:
    """The answer with what stands at the places quoted before it, at most so many quotes in all."""
    if not places:
        return answer
    rest = (each for each in answer.citations if not any(_meet(_place(each), place) for place in places))
    every = [*places, *map(_place, rest)][:most]
    cited = tuple(cite(transcript_of(of), start, end, n) for n, (of, start, end) in enumerate(every, 1))
    return replace(answer, text=composed(cited), citations=cited, short=None, sections=())


def _place(citation: Citation) -> Place:
    return citation.transcript_id, citation.char_start, citation.char_end
