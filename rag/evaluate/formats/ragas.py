"""RAGAS test sets (Es et al. 2024, arXiv 2309.15217), as its EvaluationDataset and Testset are saved: JSONL, CSV, JSON.

Read are `user_input` (a text, or messages: the last human one is the question, the earlier ones are the history),
`reference` (the answer) and `reference_contexts` (the evidence, of any source); `synthesizer_name` is the kind. Before
version 0.2 they were `question`, `ground_truth` or `ground_truths`, and for made test sets `contexts` and
`evolution_type`; without `evolution_type` old `contexts` are what some system retrieved, and no evidence.

What a system answered and retrieved (`response`, old `answer`, `retrieved_contexts`) is not looked at, nor are rubrics
and tool calls. RAGAS does not say which questions have no answer, so a question with neither reference nor contexts is
one of which the set does not say. Our own exports carry what RAGAS has no column for in columns that it ignores, among
them `answers`, `evidence`, `every` and `draft`; with these four a question comes back as it was.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field

from rag.evaluate.cases import Case, Evidence
from rag.evaluate.formats import ours
from rag.evaluate.formats.fields import Id, Text, Texts, one_or_many
from rag.evaluate.formats.place import Row, Unfit
from rag.evaluate.record import FoundEvidence

_OLD = frozenset("ground_truth ground_truths contexts retrieved_contexts reference_contexts reference".split())
_OURS = frozenset("answers evidence".split())
_CARRIED = frozenset("answers evidence every draft".split())
_CARRIED_TOO = frozenset("id kind history answerable".split())
_HUMAN = frozenset(["human", "user"])


class _Message(BaseModel):
    content: Text
    type: Annotated[Text, Field(validation_alias=AliasChoices("type", "role"))]


def _messages(value: object) -> object:
    return [{"content": value, "type": "human"}] if isinstance(value, str) else value


def _unless_blank(value: object) -> object:
    """RAGAS writes an empty text where it has no reference."""
    texts = one_or_many(value)
    if not isinstance(texts, list | tuple):
        return texts
    return [each for each in texts if not isinstance(each, str) or each.strip()]


class _Sample(BaseModel):
    user_input: Annotated[
        tuple[_Message, ...],
        BeforeValidator(_messages),
        Field(validation_alias=AliasChoices("user_input", "question")),
    ]
    id: Id | None = None
    reference: Annotated[
        Annotated[Texts, BeforeValidator(_unless_blank)] | None,
        Field(validation_alias=AliasChoices("reference", "ground_truth", "ground_truths")),
    ] = None
    reference_contexts: Annotated[Texts, BeforeValidator(_unless_blank)] | None = None
    contexts: Annotated[Texts, BeforeValidator(_unless_blank)] | None = None
    evolution_type: Text | None = None
    synthesizer_name: Text | None = None


def claims(keys: frozenset[str]) -> bool:
    """Whether records with these fields are of RAGAS."""
    return "user_input" in keys or ("question" in keys and bool(_OLD & keys) and not _OURS & keys)


def case(row: Row) -> Case:
    """The question of a sample. Raises pydantic.ValidationError or Unfit."""
    fields = {name: value for name, value in row.fields.items() if not _is_nan(value)}
    read = _Sample.model_validate(fields)
    *history, question = _asked(read.user_input)
    if fields.keys() >= _CARRIED:
        told = {name: fields[name] for name in fields.keys() & (_CARRIED | _CARRIED_TOO)}
        return _carried(Row(row.place, told | {"question": question}), read)
    answers = read.reference or ()
    contexts = read.reference_contexts or (read.contexts if read.evolution_type else None) or ()
    return Case(
        id=read.id or row.place.name,
        question=question,
        kind=ours.kind_of(read.synthesizer_name or read.evolution_type or ""),
        history=tuple(history),
        answers=answers,
        evidence=tuple(Evidence("", context) for context in dict.fromkeys(contexts)),
        answerable=True if answers or contexts else None,
        line=row.place.line,
    )


def _carried(row: Row, read: _Sample) -> Case:
    """The question of an export of ours. Raises Unfit where RAGAS's own columns say something else by now."""
    made = ours.case(row)
    reference, contexts = reference_of(made.answers, every=made.every), contexts_of(made.evidence)
    for name, now, then in (
        ("reference", "; ".join(read.reference or ()), reference or ""),
        ("reference_contexts", "\n".join(read.reference_contexts or ()), "\n".join(contexts)),
    ):
        if now.split() != then.split():
            raise Unfit(
                f"`{name}` is not what `answers`, `evidence` and `every` say; change both, or leave out the columns "
                f"{', '.join(sorted(_CARRIED))}"
            )
    return made if row.fields.get("answerable") is not None else replace(made, answerable=None)


def reference_of(answers: Sequence[str], *, every: bool) -> str | None:
    """The one answer that RAGAS has room for: the first accepted, or all where all are needed."""
    return "; ".join(answers if every else answers[:1]) or None


def contexts_of(evidence: Sequence[Evidence | FoundEvidence]) -> list[str]:
    """The quotes of the evidence that was not judged irrelevant."""
    return [each.quote for each in evidence if each.relevance > 0 and each.quote]


def _is_nan(value: object) -> bool:
    """Pandas writes NaN where it has nothing."""
    return isinstance(value, float) and math.isnan(value)


def _asked(messages: tuple[_Message, ...]) -> list[str]:
    """What a human said, in order. Raises Unfit where that is nothing, or the last of it is blank."""
    asked = [message.content for message in messages if message.type in _HUMAN]
    if not asked or not asked[-1]:
        raise Unfit("`user_input` holds no question of a human")
    return [each for each in asked if each]
