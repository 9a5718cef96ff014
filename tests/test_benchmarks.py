"""The rules, statistics and tables of `make bench`, and that its harness still fits the engine. Nothing is timed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.evaluate import Case, Evidence
from tests.benchmarks import worker
from tests.benchmarks.cases import Dataset, fewer, load
from tests.benchmarks.machine import Machine
from tests.benchmarks.match import holds, unmarked
from tests.benchmarks.pipelines import Passage, Quote, Reply, Written
from tests.benchmarks.score import judge, rank_of
from tests.benchmarks.stats import median, percentile
from tests.benchmarks.table import Row, Value, count, mebibytes, milliseconds, render, seconds, share

QUOTE = "the risk is now high enough and the threat is now immediate"


def case(kind: str = "number", *, answers: tuple[str, ...] = ("5-0",), evidence: int = 1) -> Case:
    quotes = tuple(Evidence(f"{number}.txt", QUOTE) for number in range(evidence))
    return Case(
        id="q",
        question="How did they vote?",
        kind=kind,
        answers=answers,
        evidence=quotes,
        answerable=bool(quotes),
        every=kind == "compare",
    )


def written(text: str, *quotes: Quote, refused: bool = False) -> Reply:
    return Reply((), 1.0, Written(text, refused, quotes, 2.0))


@pytest.mark.parametrize(
    ("passage", "verdict"),
    [
        (f"Well, {QUOTE}. Next.", True),
        (QUOTE.replace(" now ", "\n  now\t"), True),
        ("So the risk is now high enough and", True),  # ends within the quote with 7 of its 12 words
        ("and the threat is now immediate, he said", False),  # the comma is not in the quote: nothing is left
        ("and the threat is now immediate he said", True),  # begins within the quote with 6 of its 12 words
        ("the threat is now immediate he said", False),  # 5 of 12
        ("is now high enough and the threat", True),  # lies wholly within, 7 of 12
        ("he said the risk is now high enough and went home", False),  # 7 of 12, but nothing cuts it there
        ("", False),
    ],
)
def test_a_passage_holds_the_quote_or_half_of_it_where_it_is_cut(passage: str, verdict: bool) -> None:
    assert holds(passage, QUOTE) is verdict


def test_quotation_marks_count_as_straight_and_nothing_else_is_forgiven() -> None:
    assert holds("It’s “here” now", 'It\'s "here"')
    assert not holds("It’s – here", "It's - here")
    assert not holds("it's here", "It's here")
    assert not holds("anything", "  ")


def test_taking_markup_out_leaves_every_word() -> None:
    assert unmarked(r"<s>Suffolk</s> \[Southern\] a < b, c:\temp") == r"Suffolk [Southern] a < b, c:\temp"


spans = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda span: (span[0], span[0] + span[1]))


@given(spans, spans)
@example((0, 10), (5, 12))
@example((0, 10), (6, 12))
def test_a_stretch_of_a_text_holds_another_by_what_they_share(passage: tuple[int, int], quote: tuple[int, int]) -> None:
    words = [f"w{number}." for number in range(100)]
    shared = min(passage[1], quote[1]) - max(passage[0], quote[0])
    verdict = holds(" ".join(words[slice(*passage)]), " ".join(words[slice(*quote)]))
    assert verdict == (2 * shared >= quote[1] - quote[0])


def test_a_rank_is_that_of_the_first_passage_of_the_right_file() -> None:
    found = (Passage("b.txt", QUOTE), Passage("a.txt", "else"), Passage("a.txt", QUOTE), Passage("a.txt", QUOTE))
    assert rank_of("a.txt", QUOTE, found) == 3
    assert rank_of("c.txt", QUOTE, found) is None


def test_evidence_counts_up_to_the_rank_asked_for_and_a_comparison_has_two_sides() -> None:
    fillers = tuple(Passage("0.txt", "else") for _ in range(5))
    outcome = judge(case("compare", evidence=2), Reply((*fillers, Passage("1.txt", QUOTE)), 1.0), {})
    assert outcome.ranks == (None, 6)
    assert (outcome.found(5), outcome.found(6), outcome.all_found(10)) == (False, True, False)
    assert not judge(case(evidence=0), Reply(fillers, 1.0), {}).all_found(10)


def test_a_refusal_is_never_right_and_a_comparison_needs_both_answers() -> None:
    def right(reply: Reply, asked: Case) -> bool:
        answered = judge(asked, reply, {}).answered
        return answered is not None and answered.right

    assert right(written("They voted 5-0 [1]"), case())
    assert not right(written("Nothing mentions “5-0”.", refused=True), case())
    assert not right(written("They voted 5-0 [1]"), case("compare", answers=("5-0", "3-2")))


def test_quotes_are_looked_up_at_their_offsets_and_in_the_file() -> None:
    texts = ("a huge market", "a large market", "one of [its] kind")
    quotes = (Quote("a.txt", text, number == 0) for number, text in enumerate(texts))
    file = "it's a\nhuge market, <b>one</b> of \\[its\\] kind"
    answered = judge(case(), written("", *quotes), {"a.txt": file}).answered
    assert answered is not None
    assert (answered.quotes, answered.in_place, answered.in_file, answered.in_unmarked) == (3, 1, 1, 2)


def test_percentiles_are_values_that_were_measured() -> None:
    values = list(range(60, 0, -1))
    assert percentile(values, 0.95) == 57  # 0.95 × 60 = 57 values do not exceed it
    assert percentile(values, 0) == 1
    assert percentile(values, 1) == 60
    assert percentile([7], 0.95) == 7
    assert median([1, 2, 4, 8]) == 3


@pytest.mark.parametrize(("values", "part"), [([], 0.5), ([1.0], 1.5), ([1.0], -0.1)])
def test_no_percentile_of_nothing(values: list[float], part: float) -> None:
    with pytest.raises(ValueError, match="percentile"):
        percentile(values, part)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (count(12345.4), "12,345"),
        (seconds(3.137), "3.14 s"),
        (seconds(164.33), "164.3 s"),
        (milliseconds(38.06), "38.1 ms"),
        (milliseconds(1234), "1,234 ms"),
        (mebibytes(3 * 2**20), "3.0 MiB"),
        (mebibytes(900 * 2**20), "900 MiB"),
        (share(47, 53), "47/53 (89 %)"),
        (share(999, 1000), "999/1000 (99 %)"),
        (share(5, 5), "5/5 (100 %)"),
    ],
)
def test_values_show_their_unit_and_only_what_is_complete_is_100_percent(value: Value, shown: str) -> None:
    assert value.shown == shown


def test_a_ratio_needs_two_numbers_and_a_divisor() -> None:
    assert Row("", Value(3, "3"), Value(4, "4")).ratio == "0.75"
    assert Row("", Value(3, "3")).ratio == "–"
    assert Row("", Value(3, "3"), Value(0, "0")).ratio == "–"
    assert share(0, 0) is None


def test_a_table_is_markdown_with_its_columns_drawn_up() -> None:
    lines = render("time", [Row("median", Value(26, "26 ms"), Value(104, "104 ms")), Row("x", None)]).splitlines()
    assert lines == [
        "| time   | On the Record |  plain | ours/plain |",
        "|:-------|--------------:|-------:|-----------:|",
        "| median |         26 ms | 104 ms |       0.25 |",
        "| x      |             – |      – |          – |",
    ]


@pytest.mark.parametrize(("load_average", "busy"), [(1.07, False), (1.5, True), (7.1, True)])
def test_a_busy_machine_is_told_by_its_load_for_its_cores(load_average: float, busy: bool) -> None:
    assert Machine(cores=2, load=load_average, versions={}).busy is busy
    assert not Machine(cores=32, load=load_average, versions={}).busy


def test_without_the_briefings_the_samples_are_measured_and_that_is_said(tmp_path: Path) -> None:
    dataset = load(tmp_path)
    assert "packaged samples" in dataset.name
    assert dataset.words > 1000
    assert {each.source for case in dataset.cases for each in case.evidence} <= set(dataset.texts)


def test_the_rule_finds_every_evidence_of_the_samples_in_its_own_file(tmp_path: Path) -> None:
    dataset = load(tmp_path)
    evidence = [each for case in dataset.cases for each in case.evidence if not each.source.endswith(("srt", "vtt"))]
    assert evidence
    assert not [each for each in evidence if not holds(dataset.texts[each.source], each.quote)]


def test_the_quick_run_keeps_the_files_with_most_evidence_and_the_questions_they_answer() -> None:
    def about(*sources: str) -> Case:
        return Case("", "", answers=("x",), evidence=tuple(Evidence(source, "x") for source in sources))

    cases = (about("a", "b"), about("b"), about("b", "c"), about("c"), about())
    kept = fewer(Dataset("three", (Path("a"), Path("b"), Path("c")), cases), 2)
    assert kept.files == (Path("b"), Path("c"))
    assert kept.cases == cases[1:]


def test_our_own_pipeline_runs_in_a_process_of_its_own(tmp_path: Path, samples: tuple[Path, ...]) -> None:
    dataset = load(tmp_path)
    folder = tmp_path / "archive"
    done = worker.ingest("ours", [path for path in samples if "huawei" in path.name], folder)
    assert done.built.passages > 1
    assert done.disk_bytes == sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    asked = next(case for case in dataset.cases if case.question == "How did the FCC vote on the draft order?")
    with worker.asker("ours", folder) as pipeline:
        outcome = judge(asked, pipeline.ask(asked), dataset.texts)
    assert outcome.found(5)
    assert outcome.answered is not None
    assert outcome.answered.quotes == outcome.answered.in_place == outcome.answered.in_file > 0
    assert 0 < outcome.ms <= outcome.answered.ms
