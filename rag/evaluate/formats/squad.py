"""SQuAD 1.1 and 2.0 (Rajpurkar et al. 2016, arXiv 1606.05250; 2018, arXiv 1806.03822): one JSON document.

Each paragraph is a transcript, under its article's title. The evidence is the sentence around an answer, or the
sentences it runs over; annotators who marked different sentences give several. A question that is impossible has no
answers; `plausible_answers` are not looked at. The whole document is held while it is read (up to 256 MiB).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from ingest.sentences import Span, sentences
from ingest.transcript import Transcript
from rag.errors import QuestionSetError
from rag.evaluate.cases import Case, Evidence
from rag.evaluate.formats.check import Source
from rag.evaluate.formats.fields import Id, Text, Words, explain
from rag.evaluate.formats.json_rows import document
from rag.evaluate.formats.look import Look
from rag.evaluate.formats.place import Fault, Items, Place, Unfit
from rag.evaluate.formats.texts import identity, transcript

_VERSIONS = {"1.1": "SQuAD 1.1", "v2.0": "SQuAD 2.0", "2.0": "SQuAD 2.0"}
_Read = TypeVar("_Read", bound=BaseModel)


class _Set(BaseModel):
    data: list[Any]
    version: Any = None


class _Article(BaseModel):
    paragraphs: list[Any]
    title: Text | None = None


class _Paragraph(BaseModel):
    context: Annotated[str, Field(strict=True)]
    qas: list[Any]
    title: str = ""
    inside: str = ""

    @property
    def key(self) -> str:
        return identity("squad", self.inside, self.title, self.context)


class _Answer(BaseModel):
    text: Annotated[str, Field(strict=True, min_length=1)]
    answer_start: Annotated[int, Field(ge=0)]


class _Question(BaseModel):
    id: Annotated[Id, Field(min_length=1)]
    question: Words
    answers: tuple[_Answer, ...] = ()
    is_impossible: bool | None = None


def claims(look: Look) -> bool:
    """Whether it is a JSON object with articles under `data`."""
    return look.container == "JSON" and "data" in look.keys


def source(look: Look) -> Source:
    """The questions and paragraphs of the file. Raises QuestionSetError: it is not JSON."""
    path = look.path
    form = _VERSIONS.get(str(look.version), "SQuAD")
    return Source(path, form, (path,), partial(_items, path), transcripts=partial(_transcripts, path))


def _transcripts(path: Path) -> Iterator[Transcript]:
    for paragraph in _paragraphs(path):
        if isinstance(paragraph, Fault):
            raise QuestionSetError(path, 0, f"{paragraph.place.inside}: {paragraph.cause}")
        yield transcript(paragraph.key, paragraph.title, paragraph.context, "squad")


def _items(path: Path) -> Items:
    for paragraph in _paragraphs(path):
        if isinstance(paragraph, Fault):
            yield paragraph
            continue
        spans = sentences(paragraph.context)
        for index, value in enumerate(paragraph.qas):
            place = Place(inside=f"{paragraph.inside}.qas[{index}]")
            case = _within(place.inside, partial(_case, value, paragraph, spans))
            yield case if isinstance(case, Fault) else (place, case)


def _paragraphs(path: Path) -> Iterator[_Paragraph | Fault]:
    whole = _read(_Set, document(path), "")
    if isinstance(whole, Fault):
        yield whole
        return
    for index, value in enumerate(whole.data):
        inside = f"data[{index}]"
        article = _read(_Article, value, inside)
        if isinstance(article, Fault):
            yield article
        else:
            yield from _of_article(article, inside)


def _of_article(article: _Article, inside: str) -> Iterator[_Paragraph | Fault]:
    title = (article.title or "").replace("_", " ")
    for index, value in enumerate(article.paragraphs):
        place = f"{inside}.paragraphs[{index}]"
        paragraph = _read(_Paragraph, value, place)
        if isinstance(paragraph, _Paragraph):
            paragraph = paragraph.model_copy(update={"title": title, "inside": place})
        yield paragraph


def _read(model: type[_Read], value: object, inside: str) -> _Read | Fault:
    return _within(inside, partial(model.model_validate, value))


_Made = TypeVar("_Made")


def _within(inside: str, make: Callable[[], _Made]) -> _Made | Fault:
    try:
        return make()
    except (ValidationError, Unfit) as error:
        return Fault(Place(inside=inside), explain(error))


def _case(value: object, paragraph: _Paragraph, spans: Sequence[Span]) -> Case:
    read = _Question.model_validate(value)
    if read.is_impossible and read.answers:
        raise Unfit("`is_impossible` is true, yet it has `answers`")
    quotes = dict.fromkeys(_quote(each, paragraph.context, spans) for each in read.answers)
    impossible = not read.answers if read.is_impossible is None else read.is_impossible
    return Case(
        id=read.id,
        question=read.question,
        kind="unanswerable" if impossible else "",
        answers=tuple(dict.fromkeys(each.text.strip() for each in read.answers)),
        evidence=tuple(Evidence(paragraph.key, quote) for quote in quotes),
        answerable=not impossible,
    )


def _quote(answer: _Answer, context: str, spans: Sequence[Span]) -> str:
    """The sentences of the context that the answer runs over. Raises Unfit where it does not stand as it says."""
    start, end = answer.answer_start, answer.answer_start + len(answer.text)
    if context[start:end] != answer.text:
        found = f"the context has {context[start:end]!r} there"
        raise Unfit(f"the answer {answer.text!r} does not stand at `answer_start` {start}: {found}")
    over = [span for span in spans if span[0] < end and start < span[1]]
    return context[over[0][0] : over[-1][1]] if over else answer.text
