"""What other tools read of a run: their own readers and their own numbers decide whether it is right."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path

import ir_measures
import pytest
import pytrec_eval
from ir_measures import RR, R, nDCG

from ingest.transcript import Transcript
from rag.errors import ResultsError
from rag.evaluate.cases import Case, Evidence
from rag.evaluate.estimate import ALL, summarise
from rag.evaluate.exports import NOTHING_FOUND, texts_of, write_qrels, write_ragas, write_trec_run
from rag.evaluate.formats import read_questions
from rag.evaluate.record import FoundEvidence, Ranked, Record
from rag.evaluate.units import ranked
from tests.rag.builders import transcript
from tests.rag.evaluate.questions_on_disk import cases, error, to_jsonl
from tests.rag.evaluate.records import evidence, hits, lost, record, run, unanswered

STANDARD = {
    "recall@1": R @ 1, "recall@5": R @ 5, "recall@10": R @ 10, "recall@20": R @ 20, "ndcg@10": nDCG @ 10,
    "mrr@10": RR @ 10,
}  # fmt: skip


def written(folder: Path, records: tuple[Record, ...]) -> tuple[Path, Path]:
    run_file, qrels = folder / "run.trec", folder / "qrels.trec"
    write_trec_run(run_file, records, "on record")
    write_qrels(qrels, records)
    return run_file, qrels


def calculated(measure: ir_measures.Measure, run_file: Path, qrels: Path) -> float:
    """By the files alone."""
    judged = ir_measures.read_trec_qrels(str(qrels))  # type: ignore[no-untyped-call]
    ranking = ir_measures.read_trec_run(str(run_file))  # type: ignore[no-untyped-call]
    return float(ir_measures.calc_aggregate([measure], judged, ranking)[measure])


def graded() -> tuple[Record, ...]:
    """Rankings with ties in score, several units and grades, evidence found again, and evidence never found."""
    three = (
        evidence("one", unit=0, relevance=3, rank=2),
        evidence("two", unit=1, relevance=1, rank=4),
        evidence("three", unit=2, relevance=2, rank=None),
        evidence("not it", unit=3, relevance=0, rank=1),
    )
    tied = tuple(replace(hit, score=0.5) for hit in hits([None, 0, None, 1, *[None] * 8]))
    return (
        record(20, "Tied?", evidence=three, hits=tied),
        record(21, "Far?", evidence=(evidence("far", rank=12),), hits=hits([*[None] * 11, 0, None])),
        record(22, "Nothing?", hits=(), status="refused"),
        replace(record(23, "Named?"), id="a b\t50 %\u00a0ü"),
    )


@pytest.mark.parametrize("name", STANDARD)
def test_trec_eval_over_the_files_gives_the_numbers_of_the_report(tmp_path: Path, name: str) -> None:
    records = run() + graded()
    run_file, qrels = written(tmp_path, records)
    told = summarise(records, resamples=10).groups[ALL][name]
    assert calculated(STANDARD[name], run_file, qrels) == pytest.approx(told.value, abs=1e-12)


def test_trec_eval_itself_leaves_no_question_out(tmp_path: Path) -> None:
    records = run() + graded()
    run_file, qrels = written(tmp_path, records)
    with qrels.open() as qrels_lines, run_file.open() as run_lines:
        judged, ranking = pytrec_eval.parse_qrel(qrels_lines), pytrec_eval.parse_run(run_lines)
    scores = pytrec_eval.RelevanceEvaluator(judged, {"recall_5", "ndcg_cut_10"}).evaluate(ranking)
    assert len(scores) == sum(each.located for each in records if each.variant == "as asked")
    told = summarise(records, resamples=10).groups[ALL]
    for measure, name in (("recall_5", "recall@5"), ("ndcg_cut_10", "ndcg@10")):
        mean = sum(each[measure] for each in scores.values()) / len(scores)
        assert mean == pytest.approx(told[name].value, abs=1e-9)


def test_the_run_has_six_columns_and_scores_that_fall(tmp_path: Path) -> None:
    run_file, _ = written(tmp_path, run() + graded())
    scores: dict[str, list[float]] = defaultdict(list)
    for line in run_file.read_text(encoding="utf-8").splitlines():
        question, q0, _, rank, score, tag = line.split(" ")
        assert (q0, tag) == ("Q0", "on%20record")
        assert int(rank) == len(scores[question]) + 1
        scores[question].append(float(score))
    assert all(each == sorted(set(each), reverse=True) for each in scores.values())
    assert len(scores["s-020"]) == 12


def test_ids_with_white_space_stay_one_column_and_stay_apart(tmp_path: Path) -> None:
    ids = ("a b", "a%20b", "a\u00a0b", "a\tb", "a\nb", "a_b", "a\x85b", "ab", "a\u2028b")
    records = tuple(replace(record(1, "Why?"), id=each) for each in ids)
    run_file, qrels = written(tmp_path, records)
    for path in (run_file, qrels):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len({line.split()[0] for line in lines}) == len(ids)
        assert {len(line.split()) for line in lines} == {6 if path == run_file else 4}


def test_what_is_relevant_is_each_unit_with_its_highest_grade(tmp_path: Path) -> None:
    pieces = (
        evidence("a", unit=0, relevance=1),
        evidence("b", unit=0, relevance=2),
        evidence("c", unit=1, relevance=1, rank=3),
        evidence("d", unit=2, relevance=0, rank=2),
    )
    _, qrels = written(tmp_path, (record(1, "Why?", evidence=pieces),))
    assert qrels.read_text() == "s-001 0 evidence-0 2\ns-001 0 evidence-1 1\n"


def test_a_question_whose_evidence_is_not_in_the_archive_is_in_the_run_alone(tmp_path: Path) -> None:
    here = record(1, "Why?", evidence=(evidence("a"), lost("b", "c.txt", "its source is not in the archive")))
    run_file, qrels = written(tmp_path, (here,))
    assert qrels.read_text() == ""
    assert len(run_file.read_text().splitlines()) == 20


def test_a_question_for_which_nothing_was_found_counts_as_zero(tmp_path: Path) -> None:
    run_file, qrels = written(tmp_path, (record(1, "Why?", hits=()),))
    assert run_file.read_text() == f"s-001 Q0 {NOTHING_FOUND} 1 1 on%20record\n"
    assert calculated(R @ 5, run_file, qrels) == 0


def test_ranks_worked_out_from_offsets_export_as_they_were_found(tmp_path: Path) -> None:
    """From spans to files by the real pairing: the second hit overlaps, the third again, which counts once."""
    here = replace(evidence("words"), spans=((100, 200),), transcript_id="t", rank=None, rank_whole=None)
    passages = tuple(Ranked(f"p{at}", "t", at * 90, at * 90 + 90, 1 - at / 10) for at in range(4))
    found, marked = ranked((here,), passages)
    assert [hit.unit for hit in marked] == [None, 0, None, None]
    run_file, _ = written(tmp_path, (record(1, "Why?", evidence=found, hits=marked),))
    documents = [line.split()[2] for line in run_file.read_text().splitlines()]
    assert documents == ["p0", "evidence-0", "p2", "p3"]


def text_of(hit: Ranked) -> str:
    return f"the words of {hit.passage_id}"


def samples(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_ragas_gets_its_own_names(tmp_path: Path) -> None:
    path = tmp_path / "ragas.jsonl"
    write_ragas(path, run(), text_of)
    found = {str(each["id"]): each for each in samples(path)}
    assert list(found) == [f"s-{number:03d}" for number in range(1, 10)]
    assert found["s-003"]["reference"] == "a mistake; a chance"
    assert found["s-004"]["reference"] == "Mara Lindqvist"
    assert found["s-004"]["history"] == ["Why is Huawei turning to Europe?", "Since when?"]
    assert found["s-006"]["reference"] is None
    assert found["s-006"]["reference_contexts"] == []
    first = found["s-001"]
    assert first["user_input"] == "Why is Huawei turning to Europe?"
    assert first["response"] == "Mara Lindqvist: “the American market has become harder to enter” [1]"
    assert first["retrieved_contexts"] == [f"the words of passage-{rank}" for rank in range(1, 21)]
    assert first["reference_contexts"] == ["the American market has become harder to enter"]


def test_what_is_written_for_ragas_is_read_as_a_question_set(tmp_path: Path) -> None:
    path = tmp_path / "ragas.jsonl"
    write_ragas(path, run(), text_of)
    cases = {case.id: case for case in read_questions(path).cases()}
    asked = {each.id: each for each in run() if each.variant == "as asked"}
    assert cases.keys() == asked.keys()
    for name, case in cases.items():
        assert case.question == asked[name].question
        assert [each.quote for each in case.evidence] == [each.quote for each in asked[name].relevant]
        assert bool(case.answers) == bool(asked[name].answers)


CASES = (
    Case("plain", "Why?", answers=("because",), evidence=(Evidence("a.txt", "because of it"),), answerable=True),
    Case("bare", "And?"),
    Case("no", "Who?", kind="unanswerable", answerable=False),
    Case("several", "How many?", kind="number", answers=("5", "five"), answerable=True),
    Case(
        "both",
        "What did each say?",
        kind="compare",
        history=("Who spoke?", "When?"),
        answers=("yes; no", "no"),
        evidence=(Evidence("a.txt", "yes"), Evidence("b.txt", "no")),
        answerable=True,
        every=True,
        draft=True,
    ),
    Case("any", "What did one say?", kind="compare", answers=("yes", "no"), answerable=True, every=False),
    Case("graded", "Where?", evidence=(Evidence("d1", "", 3), Evidence("d2", "", 0), Evidence("d3", "x", 0))),
    Case("unsure", "Is it?", answers=("yes",), evidence=(Evidence("", "it is"),), answerable=None),
)


def asked_of(case: Case) -> Record:
    found = tuple(FoundEvidence(each.source, each.quote, each.relevance) for each in case.evidence)
    same = {each.name: getattr(case, each.name) for each in fields(Case) if each.name not in {"evidence", "line"}}
    return Record(**same, variant="as asked", status="refused", evidence=found)


def as_csv(path: Path) -> Path:
    """As a table, lists as Python prints them and nothing for what is null: what pandas makes of it."""
    read = samples(path)
    with (path.with_suffix(".csv")).open("w", newline="") as file:
        writer = csv.DictWriter(file, list(read[0]))
        writer.writeheader()
        writer.writerows(read)
    return path.with_suffix(".csv")


@pytest.mark.parametrize("then", [lambda path: path, as_csv], ids=["jsonl", "csv"])
def test_a_question_comes_back_from_ragas_with_all_its_fields(tmp_path: Path, then: Callable[[Path], Path]) -> None:
    path = tmp_path / "ragas.jsonl"
    write_ragas(path, map(asked_of, CASES), text_of)
    assert [replace(case, line=0) for case in cases(then(path))] == list(CASES)


@pytest.mark.parametrize(
    ("edited", "told"),
    [
        ({"reference": "another answer"}, "`reference` is not what `answers`, `evidence` and `every` say"),
        ({"reference": None}, "`reference` is not what"),
        ({"reference_contexts": ["other words"]}, "`reference_contexts` is not what"),
        ({"answers": ["another answer"]}, "`reference` is not what"),
    ],
)
def test_an_export_edited_in_one_of_two_places_is_not_guessed_at(
    tmp_path: Path, edited: dict[str, object], told: str
) -> None:
    path = tmp_path / "ragas.jsonl"
    write_ragas(path, [asked_of(CASES[0])], text_of)
    [sample] = samples(path)
    assert told in error(to_jsonl(path, [sample | edited]))
    theirs = {name: value for name, value in (sample | edited).items() if name not in {"answers", "evidence"}}
    assert [case.question for case in cases(to_jsonl(path, [theirs]))] == ["Why?"]


def test_a_set_of_somebody_elses_may_have_columns_of_these_names(tmp_path: Path) -> None:
    sample = {"user_input": "Why?", "reference": "so", "history": 3, "kind": {"a": 1}, "answers": 7, "every": "day"}
    [case] = cases(to_jsonl(tmp_path / "set.jsonl", [sample]))
    assert (case.answers, case.history, case.kind) == (("so",), (), "")


def test_a_transcript_is_read_once_for_all_its_passages() -> None:
    made, read = transcript(), []

    def reading(key: str) -> Transcript:
        read.append(key)
        return made

    text = texts_of(reading)
    places = [(0, 5), (6, 12), (0, 5)]
    found = [text(Ranked("p", made.id, start, end, 1.0)) for start, end in places]
    assert found == [made.text[start:end] for start, end in places]
    assert read == [made.id]


def test_few_transcripts_are_held_at_a_time() -> None:
    made, read = transcript(), []

    def reading(key: str) -> Transcript:
        read.append(key)
        return made

    text = texts_of(reading)
    for key in (*map(str, range(100)), "0"):
        text(Ranked("p", key, 0, 5, 1.0))
    assert len(read) == 100 + 1


def test_whatever_a_text_holds_stays_on_its_line(tmp_path: Path) -> None:
    path, text = tmp_path / "ragas.jsonl", 'a\nb\r\n"c"\u2028</script>\x00\\'
    write_ragas(path, [record(1, text, text=text)], lambda hit: text)
    assert path.read_bytes().count(b"\n") == 1
    (sample,) = (json.loads(line) for line in path.read_bytes().split(b"\n")[:-1])
    assert (sample["user_input"], sample["response"], sample["retrieved_contexts"][0]) == (text, text, text)


def test_records_stream_through(tmp_path: Path) -> None:
    """A record is written before the next one is asked for a text: nothing is gathered first."""
    seen: list[str] = []

    def reading() -> Iterator[Record]:
        for each in (record(1, "One?", hits=hits([0])), unanswered(2, "Two?", hits=hits([None]))):
            seen.append(f"read {each.id}")
            yield each

    def text(hit: Ranked) -> str:
        seen.append("text")
        return ""

    write_ragas(tmp_path / "ragas.jsonl", reading(), text)
    assert seen == ["read s-001", "text", "read s-002", "text"]


@pytest.mark.parametrize("name", ["run.trec", "qrels.trec", "ragas.jsonl"])
def test_what_was_there_stays_when_writing_ends_early(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("before\n")

    def ending() -> Iterator[Record]:
        yield record(1, "Why?")
        raise ResultsError("results.jsonl", "line 2 is no record")

    write = {
        "run.trec": lambda: write_trec_run(path, ending(), "t"),
        "qrels.trec": lambda: write_qrels(path, ending()),
        "ragas.jsonl": lambda: write_ragas(path, ending(), text_of),
    }
    with pytest.raises(ResultsError, match="line 2"):
        write[name]()
    assert path.read_text() == "before\n"
    assert [each.name for each in tmp_path.iterdir()] == [name]
