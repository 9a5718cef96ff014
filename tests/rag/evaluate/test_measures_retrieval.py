"""Retrieval measures: worked by hand, and held against trec_eval on files as anybody would write them."""

from __future__ import annotations

from io import StringIO
from math import log2
from typing import Any

import ir_measures
import pytest
import pytrec_eval
from hypothesis import given, settings
from hypothesis import strategies as st
from ir_measures import RR, R, nDCG

from rag.evaluate.measures.retrieval import RETRIEVAL, judgements, measure, ranking
from rag.evaluate.record import FoundEvidence, Record
from tests.rag.evaluate.measured import hits, lost, piece, record

TWO_UNITS = record(
    evidence=(piece(0, rank=2, rank_whole=7), piece(1, rank=6, rank_whole=6)),
    hits=hits([None, 0, None, None, None, 1, None]),
)


def values(one: Record) -> dict[str, float]:
    return {name: parts[0] / parts[1] for name, parts in measure(one).items()}


def test_every_measure_is_given() -> None:
    assert set(measure(TWO_UNITS)) == {each.name for each in RETRIEVAL}


def test_recall_is_the_share_of_units_found() -> None:
    found = values(TWO_UNITS)
    assert [found[f"recall@{k}"] for k in (1, 5, 10, 20)] == [0 / 2, 1 / 2, 2 / 2, 2 / 2]
    assert found["all@5"] == 0
    assert values(record(evidence=TWO_UNITS.evidence, hits=hits([1, None, 0])))["all@5"] == 1


def test_ndcg_and_mrr_by_hand() -> None:
    found = values(TWO_UNITS)
    ideal = 1 / log2(1 + 1) + 1 / log2(2 + 1)
    assert found["ndcg@10"] == pytest.approx((1 / log2(2 + 1) + 1 / log2(6 + 1)) / ideal)
    assert found["mrr@10"] == 1 / 2


def test_grades_are_gains_and_a_unit_has_the_largest_of_its_pieces() -> None:
    evidence = (piece(0, relevance=1), piece(0, relevance=3, quote="more"), piece(1, relevance=2))
    found = values(record(evidence=evidence, hits=hits([1, None, 0])))
    assert found["ndcg@10"] == pytest.approx((2 / log2(2) + 3 / log2(4)) / (3 / log2(2) + 2 / log2(3)))
    assert found["recall@1"] == 1 / 2


def test_evidence_judged_irrelevant_is_nothing_to_be_found() -> None:
    evidence = (piece(0), piece(1, relevance=0))
    assert judgements(record(evidence=evidence)) == {"evidence-0": 1}
    assert values(record(evidence=evidence, hits=hits([1, 0])))["mrr@10"] == 1 / 2


def test_what_is_found_beyond_the_cut_off_counts_nothing() -> None:
    late = values(record(evidence=(piece(0, rank=11, rank_whole=11),), hits=hits([None] * 10 + [0])))
    assert late == {**dict.fromkeys(late, 0.0), "recall@20": 1.0}


def test_no_hits_at_all_score_zero() -> None:
    assert set(values(record(evidence=(piece(0),))).values()) == {0.0}


def test_whole_quotes_are_counted_by_piece() -> None:
    evidence = (piece(0, rank_whole=5), piece(0, rank_whole=6, quote="b"), piece(1, rank_whole=None, quote="c"))
    parts = measure(record(evidence=evidence, hits=hits([0])))
    assert {name: parts[name] for name in ("whole@5", "whole@10")} == {"whole@5": (1, 3), "whole@10": (2, 3)}


def test_multihop_rag_by_its_own_definitions() -> None:
    """Its precision at a rank counts what is new there alone, so two quotes at ranks 1 and 2 do not make 1."""
    perfect = record(evidence=(piece(0, rank_whole=1), piece(1, rank_whole=2)), hits=hits([0, 1]))
    found = values(perfect)
    assert found["multihop-map@10"] == (1 / 1 + 1 / 2) / 2
    assert found["multihop-hits@4"] == found["multihop-hits@10"] == found["multihop-mrr@10"] == 1
    far = values(record(evidence=(piece(0, rank_whole=5), piece(1, rank_whole=11), piece(2)), hits=hits([])))
    assert far["multihop-map@10"] == (1 / 5) / 3
    assert (far["multihop-hits@4"], far["multihop-hits@10"], far["multihop-mrr@10"]) == (0, 1, 1 / 5)


def test_multihop_rag_divides_by_ten_at_most_and_counts_a_repeated_quote_once() -> None:
    many = tuple(piece(unit, rank_whole=1) for unit in range(12))
    assert values(record(evidence=many))["multihop-map@10"] == (12 * 1 / 1) / 10
    twice = (piece(0, quote="one  two", rank_whole=1), piece(0, quote="one two", rank_whole=1))
    assert values(record(evidence=twice))["multihop-map@10"] == (1 / 1) / 2


def test_a_whole_transcript_has_no_quote_to_hold_whole() -> None:
    found = measure(record(evidence=(piece(0, quote=""),), hits=hits([0])))
    assert {name: found[name] for name in ("recall@1", "all@5")} == {"recall@1": (1, 1), "all@5": (1, 1)}
    assert not [name for name in found if name.startswith(("whole", "multihop"))]


@pytest.mark.parametrize(
    "evidence",
    [(), (lost(),), (piece(0), lost()), (piece(0, relevance=0),)],
    ids=["none", "lost", "partly lost", "irrelevant"],
)
def test_without_located_evidence_there_is_nothing_to_measure(evidence: tuple[FoundEvidence, ...]) -> None:
    assert measure(record(evidence=evidence, hits=hits([0]))) == {}


def test_a_passage_listed_twice_keeps_both_ranks() -> None:
    same = hits([None, None, 0])
    doubled = record(evidence=(piece(0),), hits=(same[0], same[0], same[2]))
    assert list(ranking(doubled)) == ["p1", "p1#2", "evidence-0"]
    assert values(doubled)["mrr@10"] == 1 / 3


GRADES = st.lists(st.integers(1, 3), min_size=4, max_size=4)
LAYOUTS = st.integers(0, 30).flatmap(lambda size: st.tuples(st.permutations([*range(4), *[None] * size]), GRADES))


@given(LAYOUTS, st.integers(0, 34))
@settings(max_examples=60, deadline=None)
def test_agrees_with_trec_eval_on_text_files(layout: tuple[list[int | None], list[int]], cut: int) -> None:
    """The run and the judgements, written as TREC text and read by trec_eval's own code, give the same numbers."""
    units, grades = layout
    evidence = tuple(piece(unit, relevance=grade) for unit, grade in enumerate(grades))
    one = record(evidence=evidence, hits=hits(units[:cut]))
    run = "".join(f"q1 Q0 {doc} 0 {score} tag\n" for doc, score in ranking(one).items())
    qrels = "".join(f"q1 0 {doc} {grade}\n" for doc, grade in judgements(one).items())
    theirs = _trec_eval(qrels, run)
    ours = values(one)
    for name, value in theirs.items():
        assert ours[name] == pytest.approx(value, abs=1e-9), name


def _trec_eval(qrels: str, run: str) -> dict[str, float]:
    """trec_eval leaves a question without hits out of its list; it counts 0 (its option -c)."""
    names = {f"recall@{k}": f"recall_{k}" for k in (1, 5, 10, 20)} | {"ndcg@10": "ndcg_cut_10"}
    wanted = {"recall.1,5,10,20", "ndcg_cut.10", "recip_rank"}
    judge = pytrec_eval.RelevanceEvaluator(pytrec_eval.parse_qrel(StringIO(qrels)), wanted)
    lines = run.splitlines(keepends=True)
    whole, first = (pytrec_eval.parse_run(StringIO("".join(part))) for part in (lines, lines[:10]))
    found: dict[str, Any] = judge.evaluate(whole).get("q1", {})
    ahead: dict[str, Any] = judge.evaluate(first).get("q1", {})
    if not lines:
        return dict.fromkeys([*names, "mrr@10"], 0.0)
    return {name: found[theirs] for name, theirs in names.items()} | {"mrr@10": ahead["recip_rank"]}


def test_agrees_with_ir_measures_over_several_questions(tmp_path: Any) -> None:
    """Means over questions from files are the sums of our parts, one by the other."""
    layouts: list[list[int | None]] = [[0, None, 1], [None, None, None], [], [None] * 9 + [1, 0], [1, 0]]
    records = [
        record(id=f"q{at}", evidence=(piece(0, relevance=2), piece(1)), hits=hits(units))
        for at, units in enumerate(layouts)
    ]
    run, qrels = tmp_path / "run.txt", tmp_path / "qrels.txt"
    run.write_text("".join(f"{r.id} Q0 {d} 0 {s} tag\n" for r in records for d, s in ranking(r).items()))
    qrels.write_text("".join(f"{r.id} 0 {d} {g}\n" for r in records for d, g in judgements(r).items()))
    measures = {"recall@5": R @ 5, "ndcg@10": nDCG @ 10, "mrr@10": RR @ 10}
    theirs = ir_measures.calc_aggregate(
        measures.values(),
        list(ir_measures.read_trec_qrels(str(qrels))),  # type: ignore[no-untyped-call]
        list(ir_measures.read_trec_run(str(run))),  # type: ignore[no-untyped-call]
    )
    for name, each in measures.items():
        parts = [measure(one)[name] for one in records]
        assert sum(value for value, _ in parts) / sum(n for _, n in parts) == pytest.approx(theirs[each])
