"""What passes between the steps from a question to an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rag.filters import Filters
from rag.more import wants_more
from rag.question import Question
from rag.results import Answer, Citation, Hit


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it came, with the earlier questions or answers of the conversation.

    `filters` go before those found in the question; NO_FILTERS switches these off, None leaves them as found.
    """

    question: str
    history: tuple[str | Answer, ...] = ()
    filters: Filters | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A question understood, the passages found for it, what to tell of that, and milliseconds by stage so far.

    `history` is what it was understood by, `usage` what understanding it cost.
    """

    question: Question
    hits: tuple[Hit, ...] = ()
    notice: str = ""
    timings: Mapping[str, float] = field(default_factory=dict)
    history: tuple[str | Answer, ...] = ()
    usage: Mapping[str, int] = field(default_factory=dict)

    @property
    def kept(self) -> tuple[Hit, ...]:
        """The passages that the answer before quotes, where the question follows on from it: worth a second look."""
        before = self.history[-1] if self.history and self.question.follows_on else None
        if not isinstance(before, Answer):
            return ()
        return tuple(hit for hit in before.hits if any(_quotes(each, hit) for each in before.citations))

    @property
    def asks_for_more(self) -> bool:
        """Whether it asks for nothing but more of what the answers before quoted."""
        quoted = any(isinstance(each, Answer) and each.citations for each in self.history)
        return quoted and wants_more(self.question.text)

    def told(self, grown: Answer, answer_ms: float) -> Answer:
        """The answer with what is to be told of how the question was read, and of what led up to it."""
        question = self.question
        counts = {key: self.usage.get(key, 0) + grown.usage.get(key, 0) for key in {**self.usage, **grown.usage}}
        return replace(
            grown,
            notice=" ".join(part for part in (*question.remarks, self.notice, grown.notice) if part),
            timings={**self.timings, "answer": answer_ms, **grown.timings},
            usage=counts,
            filters=question.filters,
            read_as=question.standalone if question.follows_on else "",
        )


def _quotes(citation: Citation, hit: Hit) -> bool:
    passage = hit.passage
    overlaps = citation.char_start < passage.char_end and passage.char_start < citation.char_end
    return overlaps and citation.transcript_id == passage.transcript_id
