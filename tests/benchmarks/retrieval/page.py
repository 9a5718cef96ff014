"""The figures as Markdown that reads as plain text too: a table of all sets, then each set in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rag.evaluate.metric import Estimate
from tests.benchmarks.retrieval.figures import COMPARED, SHOWN, Run

Runs = Mapping[str, Run]
NOTHING = "–"
_HEAD = ("recall@5", "mrr@10", "answer")


def overview(sets: Mapping[str, Runs]) -> str:
    """Pipelines by sets, for each of the measures that matter most."""
    names = list(dict.fromkeys(pipeline for runs in sets.values() for pipeline in runs))
    rows = [
        [f"{pipeline}: {SHOWN[measure]}", *(_of(runs.get(pipeline), measure) for runs in sets.values())]
        for measure in _HEAD
        for pipeline in names
    ]
    return _table(["", *sets], rows)


def circumstances(machine: Mapping[str, Any]) -> str:
    """What it ran on, and whether others were at work there, so that no time is to be trusted."""
    load, cores = machine["load"] or 0.0, machine["cores"]
    busy = " Others were at work: trust no time here." if load > 1.5 * cores else ""
    return f"{machine['processor']}, {cores} cores, {machine['system']}; load {load:.1f} at the end.{busy}"


def chapter(name: str, about: str, runs: Runs) -> str:
    """One set in full: every pipeline, its follow-ups apart, what could not be judged, and the differences."""
    rows = [_row(pipeline, run) for pipeline, run in runs.items()]
    apart = {f"{pipeline}, follow-ups": run.follow_ups() for pipeline, run in runs.items()}
    rows += [_row(pipeline, run) for pipeline, run in apart.items() if run.records]
    lost = [f"{pipeline}: {count} × {why}" for pipeline, run in runs.items() for why, count in run.lost().items()]
    head = ["", "n", *SHOWN.values(), "ms p50"]
    parts = [f"## {name}\n\n{about}", _table(head, rows), *(f"Not judged: {'; '.join(lost)}" for _ in lost[:1])]
    return "\n\n".join([*parts, *differences(runs)])


def differences(runs: Runs) -> list[str]:
    """The first pipeline less each other, a line each."""
    first, *others = runs
    lines = (f"{first} less {other}: {_differences(runs[first], runs[other])}" for other in others)
    return ["\n".join(f"- {line}" for line in lines)] if others else []


def _differences(one: Run, other: Run) -> str:
    found = {name: one.against(other, name) for name in COMPARED}
    told = (
        f"{SHOWN[name]} {_points(each.difference)} [{_points(each.low)}, {_points(each.high)}], "
        f"{each.better} better, {each.worse} worse, p {each.p:.3f}"
        for name, each in found.items()
        if each.n and each.p is not None
    )
    return "; ".join(told) or NOTHING


def _row(name: str, run: Run) -> list[str]:
    counted = run.estimate("recall@5").n
    return [name, str(counted), *(_shown(run.estimate(measure)) for measure in SHOWN), f"{run.ms:.0f}"]


def _of(run: Run | None, measure: str) -> str:
    return _shown(run.estimate(measure)) if run else NOTHING


def _shown(found: Estimate) -> str:
    if found.value is None:
        return NOTHING
    if found.low is None or found.high is None:
        return f"{100 * found.value:.1f}"
    return f"{100 * found.value:.1f} [{100 * found.low:.0f}–{100 * found.high:.0f}]"


def _points(share: float | None) -> str:
    return NOTHING if share is None else f"{100 * share:+.1f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    rule = [f":{'-' * (widths[0] + 1)}", *(f"{'-' * (width + 1)}:" for width in widths[1:])]
    lines = [_line(head, widths), f"|{'|'.join(rule)}|", *(_line(row, widths) for row in rows)]
    return "\n".join(lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = zip(cells, widths, strict=True)
    return "| " + " | ".join([f"{first[0]:<{first[1]}}", *(f"{cell:>{width}}" for cell, width in rest)]) + " |"
