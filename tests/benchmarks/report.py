"""Results as text: the circumstances, then a table for ingest, for time, for evidence and for answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from tests.benchmarks.measure import COLD_RUNS, Measured, Results
from tests.benchmarks.pipelines import NAMES
from tests.benchmarks.score import Answered, Outcome
from tests.benchmarks.stats import median, percentile
from tests.benchmarks.table import Row, Value, count, mebibytes, milliseconds, render, seconds, share

_PLAIN = (
    "plain: RecursiveCharacterTextSplitter 1000/200, HuggingFaceEmbeddings with the same model, Chroma on disk,"
    " everything else as it comes; finds passages, writes no answers"
)
_RULE = (
    "A passage counts when it is from the right file and contains the evidence (white space collapsed, quotation marks"
    " straightened), or at least half of its words in one run where the passage's border cuts it. Ours gets the"
    " conversation before a follow-up, plain the question alone."
)


def report(results: Results, command: str) -> str:
    """Everything there is to print, in Markdown that reads as plain text."""
    tables = (
        render("ingest", _ingest(results)),
        render("time", _time(results)),
        f"{render('evidence found', _evidence(results))}\n\n{_RULE}",
        render("answers", _answers(results)),
    )
    return "\n\n".join([_circumstances(results, command), *tables])


def _circumstances(results: Results, command: str) -> str:
    machine = results.machine
    built = {name: results.measured[name].ingested.built for name in NAMES}
    lines = (
        f"{command}, {machine.date}",
        f"data: {results.dataset}: {results.files} files, {results.words:,} words, {results.questions} questions",
        f"machine: {machine.processor}, {machine.cores} cores, {machine.memory_bytes / 2**30:.0f} GiB, {machine.system},"
        f" load {machine.load:.1f} before and {results.load_after:.1f} after",
        f"model precision in ingest: {', '.join(f'{name} {each.precision}' for name, each in built.items())}",
        f"Python {machine.python}, {', '.join(f'{name} {number}' for name, number in machine.versions.items())}",
        _PLAIN,
    )
    return "\n".join(f"- {line}" for line in lines)


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
            f"cold process, start to end (ours answers, plain prints 4 passages), median of {COLD_RUNS}",
            *(seconds(median(each.cold_s)) for each in (ours, plain)),
        ),
        Row("peak memory, asking", *(mebibytes(each.asking_peak_bytes) for each in (ours, plain))),
    ]


def _evidence(results: Results) -> Iterator[Row]:
    ours, plain = (_answerable(results.measured[name].outcomes) for name in NAMES)
    yield from (_found(f"top {top}, all answerable", top, ours, plain) for top in (4, 5, 10))
    for kind in _kinds(ours):
        sides = [[each for each in outcomes if each.kind == kind] for outcomes in (ours, plain)]
        named = f"{kind} (either side)" if kind == "compare" else kind
        for top in (5, 10):
            yield _found(f"top {top}, {named}", top, *sides)
            if kind == "compare":
                yield Row(f"top {top}, {kind} (both sides)", *(_share(each.all_found(top) for each in side) for side in sides))


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
        Row("quotes that equal the transcript at their offsets", share(sum(each.in_place for each in every), quotes)),
        Row("quotes found word for word in the file", share(sum(each.in_file for each in every), quotes)),
    ]


def _found(measure: str, top: int, ours: Sequence[Outcome], plain: Sequence[Outcome]) -> Row:
    return Row(measure, *(_share(each.found(top) for each in side) for side in (ours, plain)))


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
