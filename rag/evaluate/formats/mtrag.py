"""MTRAG, IBM's benchmark of conversations (Katsis et al. 2025, doi 10.1162/TACL.a.19), and MTRAG-UN (arXiv 2602.23184).

Read are files of generation tasks, one JSON object a line: `generation_tasks/*.jsonl` of mtrag-human, mtrag-synthetic
and mtragun-human, and the sample inputs of its evaluation scripts. The last turn of `input` is the question, the user's
earlier turns are the history, `targets` the answers, `answerability` the kind:

- ANSWERABLE and PARTIAL are answerable, UNANSWERABLE is not and keeps no answer (its target is a refusal);
- of CONVERSATIONAL and UNDERSPECIFIED the set does not say: neither a quote nor a refusal is right there.

A context is evidence with the relevance that `feedback` gives it (a "yes" of anyone is 1, else 0). Without feedback it
is evidence where it has no `score`: one with a score was retrieved and never judged. A context's source is its
`document_id`, so the archive must hold the benchmark's passages under these names.

Not read: `conversations.json`, the analytics files of `evaluations/`, and a system's `predictions`. Its retrieval tasks
are BEIR folders once corpus, queries and qrels lie in one, and are read as such.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field

from rag.evaluate.cases import Case, Evidence
from rag.evaluate.formats.fields import Id, Text, one_or_many
from rag.evaluate.formats.place import Row, Unfit

_ANSWERABLE = {"answerable": True, "partial": True, "unanswerable": False}
Kind = Literal["answerable", "partial", "unanswerable", "conversational", "underspecified"]


def _lowered(value: object) -> object:
    values = one_or_many(value)
    if not isinstance(values, list | tuple):
        return values
    return [each.strip().lower() if isinstance(each, str) else each for each in values]


class _Turn(BaseModel):
    speaker: Text
    text: Text


class _Target(BaseModel):
    text: Text


class _Verdict(BaseModel):
    value: Text


class _Feedback(BaseModel):
    relevant: dict[str, _Verdict] = Field(default_factory=dict)


class _Context(BaseModel):
    document_id: Id
    text: Text = ""
    score: float | None = None
    feedback: _Feedback | None = None

    @property
    def relevance(self) -> int | None:
        """1 or 0, None where nobody judged it."""
        if self.feedback and self.feedback.relevant:
            return int(any(each.value.lower() == "yes" for each in self.feedback.relevant.values()))
        return 1 if self.score is None else None


class _Task(BaseModel):
    input: Annotated[tuple[_Turn, ...], Field(min_length=1)]
    task_id: Id | None = None
    targets: tuple[_Target, ...] = ()
    contexts: tuple[_Context, ...] = ()
    answerability: Annotated[
        tuple[Kind, ...],
        BeforeValidator(_lowered),
        Field(validation_alias=AliasChoices("answerability", "Answerability")),
    ] = ()


def claims(keys: frozenset[str]) -> bool:
    """Whether records with these fields are MTRAG's tasks."""
    return "input" in keys and not keys.isdisjoint(("task_id", "conversation_id"))


def case(row: Row) -> Case:
    """The question of a task. Raises pydantic.ValidationError or Unfit."""
    read = _Task.model_validate(row.fields)
    kind = read.answerability[0] if read.answerability else ""
    answerable = _ANSWERABLE.get(kind)
    *earlier, last = read.input
    if last.speaker != "user" or not last.text:
        raise Unfit("the last turn of `input` is no question of the user")
    answers = dict.fromkeys(target.text for target in read.targets if target.text)
    return Case(
        id=read.task_id or row.place.name,
        question=last.text,
        kind=kind,
        history=tuple(turn.text for turn in earlier if turn.speaker == "user" and turn.text),
        answers=() if answerable is False else tuple(answers),
        evidence=_evidence(read.contexts),
        answerable=answerable,
        line=row.place.line,
    )


def _evidence(contexts: tuple[_Context, ...]) -> tuple[Evidence, ...]:
    judged = ((each, each.relevance) for each in contexts)
    found = (Evidence(each.document_id, each.text, relevance) for each, relevance in judged if relevance is not None)
    return tuple(dict.fromkeys(found))
