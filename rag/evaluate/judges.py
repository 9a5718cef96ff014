"""Who says whether quotes bear a statement out: what a judge is, and the one that asks a language model.

That model is apart from the one that answers, and is named wherever its judgement is used. It looks nothing up: it sees
the quotes and the statement, or for a verdict the question, the accepted answers and the answer. The judge that needs
no model is in `alignment.py`.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from rag.errors import AnswererError, EvaluationError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

Grade = Literal["correct", "partly", "wrong", ""]

JUDGE_SECONDS = 60.0
_LABEL = r"\A\W*(?:(?:verdict|answer)\W+)?"
_YES_NO = re.compile(rf"{_LABEL}(yes|no)\b", re.IGNORECASE)
_GRADE = re.compile(rf"{_LABEL}(correct|partly|partially|wrong|incorrect)\b", re.IGNORECASE)
_GRADES: dict[str, Grade] = {
    "correct": "correct",
    "partly": "partly",
    "partially": "partly",
    "wrong": "wrong",
    "incorrect": "wrong",
}


class Judge(Protocol):
    """Tells whether quotes together bear a statement out. `name` is what a report says of who judged."""

    @property
    def name(self) -> str:
        """Short and telling: "word alignment", "openai:gpt-4o-mini"."""

    def supports(self, quotes: Sequence[str], statement: str) -> bool:
        """Whether the quotes, taken together, say what the statement says. Raises EvaluationError if it cannot tell."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge holds of an answer; `grade` is "" where it did not say, and `reason` then tells why."""

    grade: Grade
    reason: str


class ModelJudge:
    """Asks a language model, each time anew and for one word. `usage` adds up its calls and tokens.

    Safe to use from several threads if the model is.
    """

    def __init__(
        self, model: BaseChatModel, name: str, *, url: str | None = None, seconds: float = JUDGE_SECONDS
    ) -> None:
        self.name = name
        self.usage: dict[str, int] = {}
        self._model, self._url, self._seconds = model, url, seconds
        self._counting = threading.Lock()

    def supports(self, quotes: Sequence[str], statement: str) -> bool:
        """The model's yes or no. Raises EvaluationError when it fails or says neither: that is no judgement."""
        from rag.evaluate import judge_prompts

        try:
            said = self._asked(judge_prompts.support(quotes, statement))
        except AnswererError as error:
            raise EvaluationError(f"The judge did not answer: {error}") from error
        verdict = _only(_YES_NO, said)
        if not verdict:
            raise EvaluationError(f"The judge {self.name} said neither yes nor no: “{_short(said)}”")
        return verdict == "yes"

    def verdict(self, question: str, accepted: Sequence[str], answer: str, *, every: bool = False) -> Verdict:
        """Whether the answer says what one of the accepted answers says, or with `every` what all of them say."""
        from rag.evaluate import judge_prompts

        try:
            said = self._asked(judge_prompts.verdict(question, accepted, answer, every=every))
        except AnswererError as error:
            return Verdict("", str(error))
        grade = _only(_GRADE, said)
        if not grade:
            return Verdict("", f"The judge {self.name} gave no verdict: “{_short(said)}”")
        return Verdict(_GRADES[grade], _short(_after_verdict(said)))

    def _asked(self, messages: Sequence[BaseMessage]) -> str:
        from rag.failures import Failures
        from rag.reply import reply
        from rag.usage import ONE_CALL

        usage = ONE_CALL
        try:
            replied = reply(self._model, messages, self._seconds, Failures(self.name, self._url))
            usage = replied.usage
        finally:
            self._count(usage)
        if replied.end == "time":
            raise AnswererError(f"The language model {self.name} did not answer within {self._seconds:g} seconds.")
        return replied.text

    def _count(self, usage: Mapping[str, int]) -> None:
        from rag.usage import added

        with self._counting:
            self.usage = added(self.usage, usage)


def load_judge(spec: str, url: str | None = None) -> ModelJudge:
    """The judge "provider:model", at temperature 0. Raises AnswererError, which says what to install or set."""
    from rag.chat_models import load

    return ModelJudge(load(spec, url=url, timeout_s=JUDGE_SECONDS), spec, url=url)


def _only(pattern: re.Pattern[str], said: str) -> str:
    """The word the reply opens with, in lower case; "" where none does or the line offers several."""
    line = said.strip().partition("\n")[0]
    match = pattern.match(line)
    return match[1].lower() if match and not _others(match[1].lower(), line) else ""


def _others(word: str, line: str) -> set[str]:
    """Other verdicts on the same line: "YES or NO" is none. "Partly correct" is one."""
    found = set(re.findall(r"\b(?:YES|NO|CORRECT|WRONG|PARTLY)\b", line)) - {word.upper()}
    return found - {"CORRECT"} if word.startswith("part") else found


def _after_verdict(said: str) -> str:
    return " ".join(_GRADE.sub("", said.strip(), count=1).split()).lstrip(" .:;,*–—-")


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 240 else f"{flat[:239]}…"
