"""RAGAS test sets (Es et al. 2024, arXiv 2309.15217), as its EvaluationDataset and Testset are saved: JSONL, CSV, JSON.

Read are `user_input` (a text, or messages: the last human one is the question, the earlier ones are the history),
`reference` (the answer) and `reference_contexts` (the evidence, of any source); `synthesizer_name` is the kind. Before
version 0.2 they were `question`, `ground_truth` or `ground_truths`, and for made test sets `contexts` and
`evolution_type`; without `evolution_type` old `contexts` are what some system retrieved, and no evidence.

What a system answered and retrieved (`response`, old `answer`, `retrieved_contexts`) is not looked at, nor are rubrics
and tool calls. RAGAS does not say which questions have no answer, so a question with neither reference nor contexts is
one of which the set does not say.
"""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field

from rag.evaluate.cases import Case, Evidence
from rag.evaluate.formats.fields import Id, Text, Texts, one_or_many
from rag.evaluate.formats.ours import kind_of
from rag.evaluate.formats.place import Row, Unfit

_OLD = frozenset("ground_truth ground_truths contexts retrieved_contexts reference_contexts reference".split())
_OURS = frozenset("answers evidence".split())
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
    read = _Sample.model_validate({name: value for name, value in row.fields.items() if not _is_nan(value)})
    *history, question = _asked(read.user_input)
    answers = read.reference or ()
    contexts = read.reference_contexts or (read.contexts if read.evolution_type else None) or ()
    return Case(
        id=read.id or row.place.name,
        question=question,
        kind=kind_of(read.synthesizer_name or read.evolution_type or ""),
        history=tuple(history),
        answers=answers,
        evidence=tuple(Evidence("", context) for context in dict.fromkeys(contexts)),
        answerable=True if answers or contexts else None,
        line=row.place.line,
    )


def _is_nan(value: object) -> bool:
    """Pandas writes NaN where it has nothing."""
    return isinstance(value, float) and math.isnan(value)


def _asked(messages: tuple[_Message, ...]) -> list[str]:
    """What a human said, in order. Raises Unfit where that is nothing, or the last of it is blank."""
    asked = [message.content for message in messages if message.type in _HUMAN]
    if not asked or not asked[-1]:
        raise Unfit("`user_input` holds no question of a human")
    return [each for each in asked if each]
