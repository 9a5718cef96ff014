"""A test's results, and two of them side by side, as text for a terminal. Reads nothing and decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ui.console import clean

if TYPE_CHECKING:
    from rag.evaluate.comparison import Change, Comparison
    from rag.evaluate.estimate import Summary
    from rag.evaluate.metric import Estimate, Metric
    from rag.evaluate.paired import Paired

_GROUPS = {
    "retrieval": "Found",
    "answers": "Answered",
    "citations": "Cited",
    "refusal": "Refused",
    "cost": "Cost",
}
_BY_KIND = ("recall@5", "answer", "citation-recall", "refusal-recall", "false-refusals")
_FOLLOWING = ("recall@5", "answer", "citation-recall", "answered")
_SHOWN_CHARS, _SHOWN_CHANGES, _UNLIKELY, _BUSY = 160, 40, 0.05, 0.75
NOTHING = "n/a"


def show_results(console: Console, summary: Summary, about: Mapping[str, Any]) -> None:
    """What was asked of what, every measure with its interval, then by kind, follow-ups, and what to be wary of."""
    from rag.evaluate.estimate import ALL
    from rag.evaluate.measures import METRICS

    for line in _circumstances(summary, about):
        _write(console, line)
    estimates = summary.groups[ALL]
    for group, title in _GROUPS.items():
        chosen = [metric for metric in METRICS.values() if metric.group == group]
        if group == "cost":
            chosen = [metric for metric in chosen if estimates[metric.name].n]
        rows = (_row(each, estimates[each.name]) for each in chosen)
        _table(console, title, ("", "95 % interval", "questions"), rows)
    _show_groups(console, "By kind", summary.kinds, _BY_KIND)
    if summary.counts.follow_ups:
        following = {name: each for name, each in summary.groups.items() if name != ALL}
        _show_groups(console, "Follow-ups", following, _FOLLOWING)
    for line in (*_warnings(summary), *_busy(about["machine"])):
        _write(console, line, "yellow")


def show_comparison(console: Console, comparison: Comparison) -> None:
    """B against A: what else differs, each measure with its difference, then the questions that changed."""
    from rag.evaluate.measures import METRICS

    _write(console, f"A: {comparison.a}\nB: {comparison.b}")
    for name, (one, other) in comparison.differ.items():
        _write(console, f"  differs: {name}: {_short(one)} → {_short(other)}", "yellow")
    for side, ids in (("A", comparison.only_a), ("B", comparison.only_b)):
        if ids:
            _write(console, f"  only in {side}: {len(ids)} questions, such as {ids[0]}", "yellow")
    rows = (_difference(METRICS[name], each) for name, each in comparison.metrics.items())
    _table(console, "B against A", ("A", "B", "difference", "95 % interval", "p", "better", "worse", "questions"), rows)
    changes = sorted(comparison.changes, key=lambda change: change.better)
    for change in changes[:_SHOWN_CHANGES]:
        _show_change(console, change)
    if len(changes) > _SHOWN_CHANGES:
        _write(console, f"\n… and {len(changes) - _SHOWN_CHANGES} more questions changed (--json has all).")
    if not changes:
        _write(console, "\nNo question changed in what it found, answered or cited.")


def shown(metric: Metric, value: float | None) -> str:
    """A measure's value as one reads it: "0.642", "133 ms", "n/a"."""
    if value is None:
        return NOTHING
    return {"share": f"{value:.3f}", "ms": f"{value:,.0f} ms", "count": f"{value:,.1f}"}[metric.unit]


def _circumstances(summary: Summary, about: Mapping[str, Any]) -> Iterator[str]:
    counts, asked, archive = summary.counts, about["questions"], about["archive"]
    yield f"{counts.questions:,} questions of {asked['path']} ({asked['format']})"
    labels = {"answerable": counts.answerable, "unanswerable": counts.unanswerable, "unlabelled": counts.unlabelled}
    yield "  " + ", ".join(f"{count:,} {label}" for label, count in labels.items() if count)
    yield f"asked of {archive['folder']}: {archive['transcripts']:,} transcripts, {archive['passages']:,} passages"
    yield f"answered by {about['answerer']}; citations judged by {about['judge']}"


def _row(metric: Metric, estimate: Estimate) -> tuple[str, ...]:
    interval = "" if estimate.low is None else f"{shown(metric, estimate.low)} – {shown(metric, estimate.high)}"
    return f"{metric.title}  ({metric.name})", shown(metric, estimate.value), interval, f"{estimate.n:,}"


def _difference(metric: Metric, pair: Paired) -> tuple[str, ...]:
    interval = "" if pair.low is None else f"{shown(metric, pair.low)} – {shown(metric, pair.high)}"
    chance = "" if pair.p is None else f"{pair.p:.3f}{' *' if pair.p < _UNLIKELY else ''}"
    values = [shown(metric, value) for value in (pair.a, pair.b, pair.difference)]
    return f"{metric.title}  ({metric.name})", *values, interval, chance, str(pair.better), str(pair.worse), str(pair.n)


def _show_groups(
    console: Console, title: str, groups: Mapping[str, Mapping[str, Estimate]], names: Sequence[str]
) -> None:
    from rag.evaluate.measures import METRICS

    def cell(estimates: Mapping[str, Estimate], name: str) -> str:
        each = estimates[name]
        return f"{shown(METRICS[name], each.value)} ({each.n})" if each.n else NOTHING

    rows = ((group, *(cell(estimates, name) for name in names)) for group, estimates in groups.items())
    _table(console, title, names, rows)


def _warnings(summary: Summary) -> Iterator[str]:
    counts = summary.counts
    if counts.unlocated_pieces:
        where = f"{counts.unlocated_pieces} pieces of evidence in {counts.unlocated_questions} questions"
        yield f"\n{where} stand nowhere in the archive; these questions are left out where evidence is needed:"
        yield from (f"  {count} × {problem}" for problem, count in summary.problems.items())
    if counts.drafts:
        yield f"\n{counts.drafts} of the questions are drafts that nobody has checked yet."
    if counts.failed:
        yield f"\n{counts.failed} questions failed; results.jsonl says why."
    if counts.unlabelled:
        yield f"\n{counts.unlabelled} questions do not say if they can be answered: only speed and quotes are measured."


def _busy(machine: Mapping[str, Any]) -> Iterator[str]:
    if machine.get("load") and machine["load"] > _BUSY * machine["cores"]:
        yield f"\nThe machine was busy (load {machine['load']} on {machine['cores']} cores): do not trust the times."


def _show_change(console: Console, change: Change) -> None:
    head = "better" if change.better else "worse"
    moved = ", ".join(f"{name} {_number(a)} → {_number(b)}" for name, (a, b) in change.moved.items())
    _write(console, f"\n{head}  {change.id}  {change.question}", "bold")
    _write(console, f"  {moved}")
    for side, text in (("A", change.a_text), ("B", change.b_text)):
        _write(console, f"  {side}: {shorten(text, _SHOWN_CHARS, placeholder=' …')}", "dim")


def _number(value: float | None) -> str:
    return NOTHING if value is None else f"{value:g}" if value in (0, 1) else f"{value:.2f}"


def _short(value: object) -> str:
    text = str(value)
    return f"{text[:12]}…" if len(text) == 64 else text


def _table(console: Console, title: str, heads: Sequence[str], rows: Iterator[tuple[str, ...]]) -> None:
    table = Table(box=None, pad_edge=False, header_style="dim", title=None)
    table.add_column(title, header_style="bold", overflow="fold")
    for head in heads:
        table.add_column(head, justify="right", no_wrap=True)
    for row in rows:
        table.add_row(*(Text(clean(cell)) for cell in row))
    if table.row_count:
        console.print()
        console.print(table)


def _write(console: Console, line: str, style: str = "") -> None:
    console.print(Text(clean(line), style), soft_wrap=not console.is_terminal)
