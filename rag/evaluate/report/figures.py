"""Which drawings the report has, with their captions and their numbers. How each is drawn is beside this file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from rag.evaluate.estimate import ALL, Estimates, Summary
from rag.evaluate.report.curves import at_tenths, curve
from rag.evaluate.report.latency import Stage, histogram, stages, times
from rag.evaluate.report.page import Line, table
from rag.evaluate.report.shown import milliseconds, share
from rag.evaluate.report.survey import Survey
from rag.evaluate.report.whiskers import Row, whiskers

_STAGES = ("understand", "retrieve", "answer", "write", "verify")
_PLOTTED_KINDS = 14


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its caption, and its numbers as a table unless the page has them in another one."""

    title: str
    drawing: Markup
    note: str = ""
    legend: tuple[tuple[str, str], ...] = ()
    head: tuple[str, ...] = ()
    rows: Sequence[tuple[str, ...]] = ()


def figures(summary: Summary, survey: Survey) -> list[Figure]:
    """All drawings for which there is something to draw."""
    drawn = (*_metrics(summary), *_kinds(summary), _refusals(summary), _times(survey), _stages(summary))
    return [each for each in drawn if each]


def _metrics(summary: Summary) -> list[Figure]:
    found = []
    for number, (title, measured) in enumerate(table(summary.groups[ALL])):
        rows = [Row(each.metric.title, each.estimate, _good(each)) for each in measured if _plotted(each)]
        if rows:
            found.append(Figure(title, whiskers(f"metrics-{number}", title, rows)))
    return found


def _plotted(each: Line) -> bool:
    return each.metric.unit == "share" and bool(each.estimate.n)


def _good(each: Line) -> str:
    return "bad" if each.metric.better == "lower" else ""


def _kinds(summary: Summary) -> list[Figure]:
    shown = dict(list(summary.kinds.items())[:_PLOTTED_KINDS])
    left = len(summary.kinds) - len(shown)
    note = f"The first {len(shown)} kinds; all {len(summary.kinds)} are in the table below." if left else ""
    plots = {
        "Evidence in the first 5 passages, by kind": [Row(name, of["recall@5"]) for name, of in shown.items()],
        "Answer contained, by kind": [Row(name, of["answer"]) for name, of in shown.items()],
        "Refused, by kind": [row for name, of in shown.items() for row in _refused(name, of)],
    }
    kept = {title: [row for row in rows if row.estimate.n] for title, rows in plots.items()}
    legends = {"Refused, by kind": (("good", "there is no answer: right"), ("bad", "there is one: wrong"))}
    return [
        Figure(title, whiskers(f"kinds-{number}", title, rows), note, legends.get(title, ()))
        for number, (title, rows) in enumerate(kept.items())
        if rows
    ]


def _refused(kind: str, found: Estimates) -> list[Row]:
    return [Row(kind, found["refusal-recall"], "good"), Row(kind, found["false-refusals"], "bad")]


def _refusals(summary: Summary) -> Figure | None:
    if not summary.curve:
        return None
    rows = [
        (f"{at:.1f}", share(point.recall), share(point.false_refusals), share(point.f1))
        for at, point in at_tenths(summary.curve)
    ]
    area = "" if summary.auroc is None else f" Area under the ROC curve: {summary.auroc:.3f} (chance: 0.5)."
    note = (
        "What would be refused if every answer below a confidence were, over "
        f"{summary.counts.confident:,} labelled questions.{area}"
    )
    legend = (("good", "questions without an answer, refused: %"), ("bad", "questions with one, refused: %"))
    head = ("Refuse below", "Without an answer, refused", "With one, refused", "Refusal F1")
    return Figure("Refusals over the threshold", curve("refusals", summary.curve), note, legend, head, rows)


def _times(survey: Survey) -> Figure | None:
    found = times(np.asarray(survey.totals, dtype=np.float64))
    if not found:
        return None
    rows = [(written, f"{count:,}") for written, count in found.rows]
    return Figure("Time per question", histogram("times", found), head=("Time", "Questions"), rows=rows)


def _stages(summary: Summary) -> Figure | None:
    found = summary.groups[ALL]
    pairs = [(name, found[f"{name}-ms-p50"].value, found[f"{name}-ms-p95"].value) for name in _STAGES]
    rows = [Stage(name, p50, p95) for name, p50, p95 in pairs if p50 is not None and p95 is not None]
    if not rows:
        return None
    told = [(row.name, milliseconds(row.p50), milliseconds(row.p95)) for row in rows]
    note = "Bar and first number: the median question. Line and second number: the 95th percentile."
    return Figure("Time by stage", stages("stages", rows), note, head=("Stage", "Median", "95 %"), rows=told)
