"""Our own question sets: what the fields mean, the same in JSONL, JSON, CSV and YAML.

`question` is all a record needs. Beside it are read:

- `id` (its line where it has none), `kind` ("follow-up" is "follow_up"), `history` (earlier questions, oldest first);
- `answers`, or `answer`: the accepted short answers, a list or one text;
- `evidence`: a list of {"source", "quote", "relevance"} or one of them, a text alone being a quote; or `source` and
  `quote` beside the question, one source for all quotes or one for each;
- `answerable`: true, false or null. Without it a question with answers or evidence is answerable; one where either is
  given as an empty list, or whose kind is "unanswerable", is not; of any other the set does not say;
- `every`: all answers are needed, each beside its evidence. True for the kind "compare" unless it says otherwise;
- `draft`: no person has checked it.

Other fields are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from rag.evaluate.cases import Case, Evidence
from rag.evaluate.formats.fields import MOST_RELEVANT, Id, Text, Texts, Words
from rag.evaluate.formats.place import Row, Unfit

_BETWEEN = re.compile(r"[\s-]+")


class _Evidence(BaseModel):
    source: Text | None = None
    quote: Text | None = None
    relevance: Annotated[int, Field(ge=0, le=MOST_RELEVANT)] = 1

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.source and not self.quote:
            raise Unfit("a piece of `evidence` has neither `source` nor `quote`")
        return self


def _pieces(value: object) -> object:
    pieces = [value] if isinstance(value, str | dict) else value
    if not isinstance(pieces, list):
        return pieces
    return [{"quote": each} if isinstance(each, str) else each for each in pieces]


class _Question(BaseModel):
    question: Words
    id: Id | None = None
    kind: Text | None = None
    history: Texts | None = None
    answers: Texts | None = None
    answer: Texts | None = None
    evidence: Annotated[tuple[_Evidence, ...], BeforeValidator(_pieces)] | None = None
    source: Texts | None = None
    quote: Texts | None = None
    answerable: bool | None = None
    every: bool | None = None
    draft: bool | None = None


def claims(keys: frozenset[str]) -> bool:
    """Whether records with these fields are ours."""
    return "question" in keys


def case(row: Row) -> Case:
    """The question of a record. Raises pydantic.ValidationError or Unfit."""
    read = _Question.model_validate(row.fields)
    kind = kind_of(read.kind or "")
    answers, evidence = _answers(read), _evidence(read)
    every = kind == "compare" if read.every is None else read.every
    if every:
        _refuse_unpaired(answers or (), evidence or ())
    return Case(
        id=read.id or row.place.name,
        question=read.question,
        kind=kind,
        history=read.history or (),
        answers=answers or (),
        evidence=evidence or (),
        answerable=_answerable(answers, evidence, kind) if read.answerable is None else read.answerable,
        every=every,
        draft=bool(read.draft),
        line=row.place.line,
    )


def kind_of(text: str) -> str:
    """The kind as it is grouped by: "Follow-up" is "follow_up"."""
    return _BETWEEN.sub("_", text.strip().lower())


def _answers(read: _Question) -> tuple[str, ...] | None:
    if read.answers is not None and read.answer is not None:
        raise Unfit("it has both `answers` and `answer`; give one of them")
    return read.answer if read.answers is None else read.answers


def _evidence(read: _Question) -> tuple[Evidence, ...] | None:
    beside = read.source is not None or read.quote is not None
    if read.evidence is not None and beside:
        raise Unfit("it has `evidence` and also `source` or `quote` beside the question; give one of them")
    if beside:
        return _paired(read.source or (), read.quote or ())
    if read.evidence is None:
        return None
    return tuple(Evidence(each.source or "", each.quote or "", each.relevance) for each in read.evidence)


def _paired(sources: Sequence[str], quotes: Sequence[str]) -> tuple[Evidence, ...]:
    if not quotes:
        return tuple(Evidence(source, "") for source in sources)
    if len(sources) <= 1:
        return tuple(Evidence("".join(sources), quote) for quote in quotes)
    if len(sources) != len(quotes):
        found = f"{len(sources)} sources and {len(quotes)} quotes"
        raise Unfit(f"it has {found}; give one source for all quotes, or one for each")
    return tuple(Evidence(source, quote) for source, quote in zip(sources, quotes, strict=True))


def _refuse_unpaired(answers: Sequence[str], evidence: Sequence[Evidence]) -> None:
    if answers and evidence and len(answers) != len(evidence):
        found = f"{len(answers)} of `answers` and {len(evidence)} of `evidence`"
        raise Unfit(
            f"all its answers are needed, each beside its evidence, but it has {found}; where any one answer will do, "
            "say so with `every`: false"
        )


def _answerable(answers: Sequence[str] | None, evidence: Sequence[Evidence] | None, kind: str) -> bool | None:
    if answers or evidence:
        return True
    return False if answers is not None or evidence is not None or kind == "unanswerable" else None
