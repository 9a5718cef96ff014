"""Drafts of test questions from an archive, for a person to edit: a start, and never a measure by themselves.

They are spread over transcripts, speakers and dates, marked as drafts, and the same for the same archive and seed. Each
says how it was made and what to look at. Fewer come than were asked for where the archive has too few good sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

from ingest.archive import Archive
from rag.evaluate.draft_material import Material, gather
from rag.evaluate.draft_model import reworded
from rag.evaluate.draft_templates import NOTES, SINGLE, Draft, comparisons, follow_ups, unanswerable

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

BY_TEMPLATE = "Made by a template"
_PLAN = ("speaker", "number", "why", "follow-up", "when", "compare", "who", "unanswerable")
_INSTEAD = ("speaker", "number", "when", "why", "follow-up", "compare", "who")


def draft(
    archive: Archive, count: int, *, seed: int = 0, model: BaseChatModel | None = None
) -> Iterator[dict[str, Any]]:
    """Up to `count` questions in the shape of our JSONL, with "draft" set and a "note" for whoever edits them.

    No passage serves twice. Evidence is verbatim, its source the file's name, or the id where two files share a name.
    With a `model` it words question and answer of those made of one sentence; what does not hold up is replaced by the
    template's, and the note says so. Raises AnswererError when the model fails.
    """
    material = gather(archive, count, Random(seed))  # noqa: S311 - nothing secret hangs on it
    for number, (made, note) in enumerate(_worded(_planned(material, count), model), start=1):
        yield _record(number, made, note)


def _planned(material: Material, count: int) -> Iterator[Draft]:
    """Kind after kind as planned; where one has nothing left, another stands in, but never an unanswerable one."""
    supply = _supply(material)
    used: set[str] = set()
    for number in range(count):
        wanted = _PLAN[number % len(_PLAN)]
        made = next((found for kind in (wanted, *_INSTEAD) if (found := _unused(supply[kind], used))), None)
        if made is None:
            return
        used |= made.passages | {made.question}
        yield made


def _unused(drafts: Iterator[Draft], used: set[str]) -> Draft | None:
    return next((each for each in drafts if not used & (each.passages | {each.question})), None)


def _supply(material: Material) -> Mapping[str, Iterator[Draft]]:
    several = {"follow-up": follow_ups, "compare": comparisons, "unanswerable": unanswerable}
    kinds = (*SINGLE, *several)
    turned = {kind: _turned(material, at / len(kinds)) for at, kind in enumerate(kinds)}
    single = {kind: _each(kind, turned[kind]) for kind in SINGLE}
    return single | {kind: make(turned[kind]) for kind, make in several.items()}


def _each(kind: str, material: Material) -> Iterator[Draft]:
    return (made for sentence in material.sentences if (made := SINGLE[kind](sentence, material)))


def _turned(material: Material, share: float) -> Material:
    """The same sentences from another transcript on, so that the kinds do not all begin with the first."""
    at = round(share * len({each.transcript_id for each in material.sentences}))
    return replace(material, sentences=[*material.sentences[at:], *material.sentences[:at]])


def _worded(drafts: Iterator[Draft], model: BaseChatModel | None) -> Iterator[tuple[Draft, str]]:
    for made in drafts:
        if model is None or made.kind not in SINGLE or made.kind == "who":
            yield made, BY_TEMPLATE
        else:
            yield reworded(made, model)


def _record(number: int, made: Draft, how: str) -> dict[str, Any]:
    return {
        "id": f"draft-{number:04}",
        "kind": made.kind,
        "question": made.question,
        "history": list(made.history),
        "answers": list(made.answers),
        "evidence": [{"source": each.source, "quote": each.text} for each in made.evidence],
        "draft": True,
        "note": f"{how}: {NOTES[made.kind]}.",
    }
