"""Results as text: the circumstances, then a table for ingest, for time, for evidence and for answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from tests.benchmarks.measure import COLD_RUNS, Measured, Results
from tests.benchmarks.pipelines import NAMES
from tests.benchmarks.score import Answered, Outcome
from tests.benchmarks.stats import median, percentile
from tests.benchmarks.table import Row, Value, count, mebibytes, milliseconds, render, seconds, share

_PLAIN = (
    "plain: RecursiveCharacterTextSplitter 1000/200, HuggingFaceEmbeddings with the same model, Chroma on"
    " disk, everything else as it comes; it finds passages and writes no answers"
)
_BUSY = " (**the machine was busy: do not use the times below**)"
_RULE = (
    "A passage counts when it is from the right file and contains the evidence (white space collapsed, quotation"
    " marks straightened), or at least half of its words in one run where the passage's border cuts it. With a"
    " follow-up, On the Record is given the conversation before it, plain the question alone."
)


def report(results: Results, command: str) -> str:
    """Everything there is to print, in Markdown that reads as plain text."""
    tables = (
        render("ingest", _ingest(results)),
        render("time", _time(results)),
        f"{render('evidence found', _evidence(results))}\n\n{_RULE}",
        render("answers", _answers(results)),
    )
    return "\n\n".join([_listed(_circumstances(results, command)), *tables])


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _circumstances(results: Results, command: str) -> Iterator[str]:
    machine = results.machine
    built = {name: results.measured[name].ingested.built for name in NAMES}
    yield f"`{command}`, {machine.date}"
    yield f"{results.dataset}: {results.files} files, {results.words:,} words, {results.questions} questions"
    yield f"{machine.processor}, {machine.cores} cores, {machine.memory_bytes / 2**30:.0f} GiB, {machine.system}"
    yield f"load {machine.load:.1f} before, {results.load_after:.1f} after{_BUSY if machine.busy else ''}"
    yield f"model precision in ingest: {', '.join(f'{name} {each.precision}' for name, each in built.items())}"
    yield f"Python {machine.python}, {', '.join(' '.join(pair) for pair in machine.versions.items())}"
    yield _PLAIN


def _ingest(results: Results) -> list[Row]:
    def row(measure: str, shown: Callable[[Measured], Value]) -> Row:
        return Row(measure, *(shown(results.measured[name]) for name in NAMES))

    return [
        row("words per second, whole process", lambda each: count(results.words / each.ingested.seconds)),
        row("wall time", lambda each: seconds(each.ingested.seconds)),
        row("peak memory", lambda each: mebibytes(each.ingested.peak_bytes)),
        row("size on disk", lambda each: mebibytes(each.ingested.disk_bytes)),
        row("passages", lambda each: count(each.ingested.built.passages)),
    ]


def _time(results: Results) -> list[Row]:
    ours, plain = (results.measured[name] for name in NAMES)
    finding = [[outcome.ms for outcome in each.outcomes] for each in (ours, plain)]
    answering = [each.ms for each in _answered(ours.outcomes)]
    return [
        Row("10 passages for a question, median", *(milliseconds(median(each)) for each in finding)),
        Row("10 passages for a question, p95", *(milliseconds(percentile(each, 0.95)) for each in finding)),
        Row("whole answer, warm, median", milliseconds(median(answering))),
        Row("whole answer, warm, p95", milliseconds(percentile(answering, 0.95))),
        Row(
            f"cold process to answer (plain: to 4 passages), median of {COLD_RUNS}",
            *(seconds(median(each.cold_s)) for each in (ours, plain)),
        ),
        Row("peak memory, asking", *(mebibytes(each.asking_peak_bytes) for each in (ours, plain))),
    ]


def _evidence(results: Results) -> list[Row]:
    both = [_answerable(results.measured[name].outcomes) for name in NAMES]
    rows = [_found(f"top {top}, all answerable", top, both) for top in (4, 5, 10)]
    for kind in _kinds(both[0]):
        of_kind = [[each for each in outcomes if each.kind == kind] for outcomes in both]
        rows += _compared(of_kind) if kind == "compare" else _either(kind, of_kind)
    return rows


def _either(measure: str, both: Sequence[Sequence[Outcome]]) -> list[Row]:
    return [_found(f"top {top}, {measure}", top, both) for top in (5, 10)]


def _compared(both: Sequence[Sequence[Outcome]]) -> list[Row]:
    """Comparisons rest on two pieces of evidence: either found, and both."""
    whole = [[_share(each.all_found(top) for each in side) for side in both] for top in (5, 10)]
    return [
        *_either("compare, either side", both),
        *(Row(f"top {top}, compare, both sides", *shares) for top, shares in zip((5, 10), whole, strict=True)),
    ]


def _answers(results: Results) -> list[Row]:
    outcomes = results.measured["ours"].outcomes
    answerable = _answered(_answerable(outcomes))
    unanswerable = _answered([each for each in outcomes if not each.answerable])
    every = _answered(outcomes)
    quotes = sum(each.quotes for each in every)
    return [
        Row("answerable: an accepted answer is in the text", _share(each.right for each in answerable)),
        Row("answerable: refused (false refusals)", _share(each.refused for each in answerable)),
        Row("unanswerable: refused", _share(each.refused for each in unanswerable)),
        Row("quotes verbatim at the offsets cited", share(sum(each.in_place for each in every), quotes)),
        Row("quotes verbatim in the file as it is", share(sum(each.in_file for each in every), quotes)),
        Row("quotes verbatim in the file without markup", share(sum(each.in_unmarked for each in every), quotes)),
    ]


def _found(measure: str, top: int, both: Sequence[Sequence[Outcome]]) -> Row:
    return Row(measure, *(_share(each.found(top) for each in side) for side in both))


def _share(verdicts: Iterable[bool]) -> Value | None:
    told = list(verdicts)
    return share(sum(told), len(told))


def _answerable(outcomes: Sequence[Outcome]) -> list[Outcome]:
    return [each for each in outcomes if each.answerable]


def _answered(outcomes: Sequence[Outcome]) -> list[Answered]:
    return [each.answered for each in outcomes if each.answered]


def _kinds(outcomes: Sequence[Outcome]) -> list[str]:
    """The kinds of question, the most frequent first."""
    kinds = [each.kind for each in outcomes]
    return sorted(dict.fromkeys(kinds), key=lambda kind: -kinds.count(kind))
