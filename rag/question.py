"""What a question asks for: its kind, the names in it, whose words, from when and where, and what it follows on from.

Puts together what `kinds`, `mentions`, `whose`, `when`, `narrow`, `sides` and `follow_up` read off it. A follow-up asks
with the words it left out: "what about France?" is of the kind of the question before. It does not search.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from ingest.holdings import EMPTY, Holdings
from rag.back_reference import refers_back
from rag.errors import QuestionError
from rag.filters import NO_FILTERS, Filters, merged
from rag.follow_up import leaned_on, read
from rag.kinds import Kind, kind_of
from rag.mentions import names_in, phrases_in
from rag.narrow import filters_in, is_outlet, unheard, written_in
from rag.results import Answer
from rag.several import asks_for_several
from rag.sides import sides_of
from rag.stems import content_stems
from rag.when import Period, Wish, periods_in, wish_in, wrong_dates
from rag.whose import LONGEST_NAME, is_person, nearest_speakers, wanted_in


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood.

    `text` is as asked, `standalone` the same with what earlier questions say that it leans on, if any, and `searched`
    what is searched for. `names` are the capitalised names and `stems` the content of it;
    `wants` is whom a "what did X say" question is after. `filters` is what its wording narrows the search to,
    `periods` the times it names, `wish` whether it asks for the latest, `phrases` what it quotes and `parts` the sides
    of a comparison, each to be searched for.
    `various` is whether several broadcasts are asked for. `remarks` is what the reader should know of how it was read.
    """

    text: str
    standalone: str
    searched: str
    kind: Kind
    names: tuple[str, ...]
    stems: frozenset[str]
    wants: str | None = None
    filters: Filters = NO_FILTERS
    periods: tuple[Period, ...] = ()
    wish: Wish | None = None
    phrases: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    various: bool = False

    @property
    def speakers(self) -> tuple[str, ...]:
        """Those whose words alone will do."""
        return self.filters.speakers

    def narrowed(self, by_hand: Filters) -> Question:
        """The same question with filters set by hand before those found in it; NO_FILTERS switches these off.

        With one that is switched off goes what the question wants of that kind: whose words, or what time.
        """
        if not by_hand:
            return replace(self, filters=NO_FILTERS, wants=None, periods=())
        unspoken = by_hand.only and self.speakers and not by_hand.speakers
        undated = by_hand.only and self.filters.dated and not by_hand.dated
        return replace(
            self,
            filters=merged(by_hand, self.filters),
            wants=None if unspoken else self.wants,
            periods=() if undated else self.periods,
        )

    @property
    def topic(self) -> frozenset[str]:
        """What it is about: its stems without the names of the speaker and the source it is narrowed to.

        All of their words would match these.
        """
        speaker = (self.wants,) if self.wants and self.speakers else ()
        narrowed = (*speaker, *written_in(self.text, self.filters.sources))
        return self.stems - content_stems(" ".join(narrowed)) or self.stems

    @property
    def wanted_name(self) -> str:
        """What a sentence must mention to report the words wanted: "Cook" for Tim Cook; empty when nobody is named."""
        wanted = self.wants if self.kind == "said" and self.wants else ""
        named = [name for name in self.names if name in wanted] if len(wanted.split()) <= LONGEST_NAME else []
        return max(named, key=lambda name: len(name.split())).split()[-1] if named else ""

    @property
    def follows_on(self) -> bool:
        """Whether the conversation before it was needed to understand it."""
        return self.standalone != self.text


def understand(
    text: str,
    history: Sequence[str | Answer] = (),
    *,
    holdings: Holdings = EMPTY,
    today: date | None = None,
    longest: int = 2000,
) -> Question:
    """Reads the question. `holdings` tells what the archive holds; "last week" counts from `today`.

    Raises QuestionError when the question is empty or longer than `longest` characters.
    """
    asked = " ".join(text.split())
    if not any(char.isalnum() for char in asked):
        raise QuestionError("The question is empty. Ask something in words.")
    if len(asked) > longest:
        raise QuestionError(f"The question has {len(asked):,} characters; at most {longest:,} can be asked. Cut it.")
    earlier = [each for each in history if not refers_back(each.question if isinstance(each, Answer) else each)]
    context = leaned_on(asked, earlier, holdings.speakers)
    thread = read(asked, context, holdings.speakers, _named_last(history))
    whole, wording = thread.standalone, thread.asked
    day = today or datetime.now().astimezone().date()
    periods = next(filter(None, (periods_in(each, day) for each in (wording, *reversed(context)))), ())
    wants, filters = wanted_in(wording), filters_in(wording, context, periods, holdings)
    if wants and is_outlet(wants, filters.sources):
        wants = None
    return Question(
        asked,
        whole,
        whole,
        kind_of(wording),
        names_in(whole),
        content_stems(whole),
        wants,
        merged(filters, _carried(history)) if context else filters,
        periods=periods,
        wish=wish_in(wording),
        phrases=phrases_in(wording),
        parts=() if context else sides_of(asked),
        remarks=tuple(_remarks(asked, wants, filters, holdings)),
        various=asks_for_several(wording),
    )


def _named_last(history: Sequence[str | Answer]) -> str | None:
    """Whom the last answer named in short, where a person was asked for."""
    last = history[-1] if history else None
    if not isinstance(last, Answer) or last.short is None or kind_of(last.question) != "who":
        return None
    return last.short.text if is_person(last.short.text) else None


def _carried(history: Sequence[str | Answer]) -> Filters:
    """When and from where the last answer's passages had to be."""
    last = history[-1]
    return replace(last.filters, speakers=()) if isinstance(last, Answer) else NO_FILTERS


def _remarks(asked: str, wants: str | None, filters: Filters, holdings: Holdings) -> Iterator[str]:
    for written in wrong_dates(asked):
        yield f"There is no {written}."
    if wants and holdings.speakers and not filters.speakers and len(wants.split()) <= LONGEST_NAME:
        near = nearest_speakers(wants, holdings.speakers) if wants[0].isupper() else ()
        if near or is_person(wants):
            yield unheard(wants, near)
