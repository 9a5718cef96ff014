"""The answerer that lets a language model write: prompt, stream, verify each sentence, keep or strike.

Works with any LangChain chat model. It does not search, rewrite follow-up questions or fall back to quotes:
it raises AnswererError or returns an answer without citations, and the engine decides what the reader gets
then.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from langchain_core.language_models import BaseChatModel

from ingest.transcript import Transcript
from rag import bounded, prompts
from rag.checks import Check
from rag.errors import AnswererError
from rag.evidence import Given, given
from rag.failures import Failures, keys_of
from rag.refusal import REFUSAL
from rag.results import Answer, Hit, Rejected
from rag.stems import words
from rag.thoughts import without_thoughts
from rag.usage import ONE_CALL, Usage, added
from rag.verify import Supported, assemble, verify
from rag.written import Sentence, take

NOTHING_CONFIRMED = "Nothing the language model wrote could be confirmed."
NOTHING_WRITTEN = "The language model wrote nothing."
TOO_LITTLE = "Too little of what the language model wrote could be confirmed."
_LEAST_KEPT = 1 / 3
_ALONE = "It agrees with the passage it cites, but most of what was written with it does not."
_STEP_CHARS = 24
_REFUSAL = words(REFUSAL)
_NOTICES = {
    "time": "The language model took too long and was stopped.",
    "length": "The language model ran into its length limit.",
    "chars": "The language model wrote too much and was stopped.",
    "repeats": "The language model began to repeat itself and was stopped.",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds one answer: characters, seconds, repeated sentences, tokens (four characters each).

    `context_tokens` is what the model can take in and give out together, where the caller knows that better than
    the model's profile.
    """

    chars: int = 4_000
    seconds: float = 120.0
    repeats: int = 3
    prompt_tokens: int = 3_000
    answer_tokens: int = 700
    context_tokens: int | None = None


@dataclass(slots=True)
class _Draft:
    """An answer in the making: what was kept and struck out so far, and why writing ended."""

    question: str
    hits: tuple[Hit, ...]
    passages: tuple[Given, ...]
    further: tuple[Check, ...] = ()
    kept: list[Supported] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    judged: int = 0
    seen: set[tuple[str, ...]] = field(default_factory=set)
    repeats: int = 0
    refused: bool = False
    end: str = ""
    timings: dict[str, float] = field(default_factory=lambda: {"write": 0.0, "verify": 0.0})
    usage: Usage = field(default_factory=lambda: ONE_CALL)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Adds the milliseconds of what it is put around to the stage."""
        began = time.perf_counter()
        yield
        self.timings[stage] += (time.perf_counter() - began) * 1000

    def next_of(self, pieces: Iterator[bounded.Piece]) -> bounded.Piece:
        """Waits for what the model writes next, and counts it."""
        with self.timed("write"):
            piece = next(pieces)
        self.usage = added(self.usage, piece.usage)
        return piece

    def add(self, sentence: Sentence) -> None:
        """Judges one sentence and files it."""
        said = words(sentence.text)
        if said[: len(_REFUSAL)] == _REFUSAL and not self.kept:
            self.refused = True
        elif said in self.seen or prompts.FENCE in sentence.raw:
            self.repeats += 1
            of = "an earlier sentence" if said in self.seen else "the prompt"
            self.rejected.append(Rejected(sentence.raw, f"It repeats {of}."))
        else:
            self.seen.add(said)
            with self.timed("verify"):
                outcome = verify(sentence, self.passages, self.question, self.further)
            self.judged += 1
            self.kept.append(outcome) if isinstance(outcome, Supported) else self.rejected.append(outcome)

    def strike(self, sentence: Sentence) -> None:
        """Files a sentence that was cut off."""
        self.rejected.append(Rejected(sentence.raw, "It was cut off before its end."))

    def give_up(self) -> bool:
        """Strikes everything where less than a third of what was judged is left: the rest is hardly luckier."""
        if not self.kept or len(self.kept) >= _LEAST_KEPT * self.judged:
            return False
        self.rejected = [Rejected(one.sentence.raw, _ALONE) for one in self.kept] + self.rejected
        self.kept.clear()
        return True

    def answer(self) -> Answer:
        """The answer as it stands."""
        text, citations = assemble(self.kept)
        timings = {stage: round(spent, 2) for stage, spent in self.timings.items()}
        shown, struck = text or self._empty_text(), tuple(self.rejected)
        return Answer(self.question, shown, citations, self.hits, struck, timings, self._notice(), self.usage)

    def _empty_text(self) -> str:
        if self.refused:
            return REFUSAL
        return NOTHING_CONFIRMED if self.rejected else NOTHING_WRITTEN

    def _notice(self) -> str:
        unmatched = sum(len(one.unmatched) for one in self.kept)
        left_out = f"Left out: {unmatched} of its citations, which bear nothing out." if unmatched else ""
        return " ".join(part for part in (_NOTICES.get(self.end, ""), left_out) if part)


@dataclass(frozen=True, slots=True)
class Writer:
    """Answers in a language model's words, each sentence checked. Thread-safe if the model is.

    A sentence that passes the rules of `rag.checks` must pass the `further` checks too.
    """

    model: BaseChatModel
    name: str = ""
    url: str | None = None
    limits: Limits = field(default_factory=Limits)
    further: tuple[Check, ...] = ()

    def write(self, question: str, hits: Sequence[Hit], transcripts: Callable[[str], Transcript]) -> Answer:
        """The complete answer: the last of `stream`."""
        return deque(self.stream(question, hits, transcripts), maxlen=1)[0]

    def stream(self, question: str, hits: Sequence[Hit], transcripts: Callable[[str], Transcript]) -> Iterator[Answer]:
        """Growing answers, one for each sentence judged, at least one; the last is complete.

        `question` must stand alone. `hits` are the passages, best first; those beyond the token budget are
        not given to the model. An answer without citations has the reason as its text: REFUSAL when the
        model found no answer, NOTHING_WRITTEN, NOTHING_CONFIRMED, or TOO_LITTLE where less than a third of the
        sentences judged were confirmed; then these are struck out with the others. Raises AnswererError when
        the provider fails, or keeps silent until the time is up.
        """
        draft = self._draft(question, hits, transcripts)
        if not draft.passages:
            yield Answer(question, REFUSAL, (), tuple(hits))
            return
        for sentence in self._sentences(draft):
            draft.add(sentence)
            if draft.refused or draft.repeats >= self.limits.repeats:
                draft.end = draft.end or ("" if draft.refused else "repeats")
                break
            yield draft.answer()
        yield self._finished(draft)

    def _draft(self, question: str, hits: Sequence[Hit], transcripts: Callable[[str], Transcript]) -> _Draft:
        every = [given(n, hit, transcripts(hit.passage.transcript_id)) for n, hit in enumerate(hits, start=1)]
        passages = prompts.fitting(question, every, self._budget())
        return _Draft(question, tuple(hits), passages, self.further)

    def _budget(self) -> int:
        """Tokens for the prompt. What the model can take must hold the answer too."""
        own = self.limits.context_tokens or (self.model.profile or {}).get("max_input_tokens")
        return min(self.limits.prompt_tokens, own - self.limits.answer_tokens if own else self.limits.prompt_tokens)

    def _sentences(self, draft: _Draft) -> Iterator[Sentence]:
        """Each sentence when it is complete; what a limit cut off goes to the draft as such."""
        rest = ""
        for text in self._growth(draft):
            done, rest = take(rest + text, final=False)
            yield from done
        last, _ = take(rest, final=True)
        for sentence in last:
            if draft.end and sentence is last[-1] and not sentence.finished:
                draft.strike(sentence)
            else:
                yield sentence

    def _growth(self, draft: _Draft) -> Iterator[str]:
        """What the model writes, in steps worth looking at, up to the limit of characters."""
        room, held = self.limits.chars, ""
        for text in without_thoughts(self._texts(draft)):
            held += text[:room]
            room -= len(text)
            if len(held) >= _STEP_CHARS:
                yield held
                held = ""
            if room < 0:
                draft.end = "chars"
                break
        yield held

    def _texts(self, draft: _Draft) -> Iterator[str]:
        messages = prompts.messages(draft.question, draft.passages, self._budget())
        failures = Failures(self._label, self.url, keys_of(self.model))
        pieces = bounded.pieces(self.model, messages, self.limits.seconds, failures)
        while not (piece := draft.next_of(pieces)).end:
            yield piece.text
        draft.end = "" if piece.end == "stop" else piece.end

    @property
    def _label(self) -> str:
        return self.name or getattr(self.model, "model_name", None) or type(self.model).__name__

    def _finished(self, draft: _Draft) -> Answer:
        if draft.end == "time" and not draft.kept and not draft.rejected:
            raise AnswererError(
                f"The language model {self._label} did not answer within {self.limits.seconds:g} seconds."
            )
        return replace(draft.answer(), text=TOO_LITTLE) if draft.give_up() else draft.answer()
