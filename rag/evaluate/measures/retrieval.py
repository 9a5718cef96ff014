"""Did the search find the evidence, and how far up? trec_eval's measures through ir-measures, and MultiHop-RAG's own.

Judged only where a question has evidence and all of it stands in the archive. For trec_eval a document is a unit of
evidence, at the place of the first hit that overlaps it; every other hit is a document that nobody needs.
"""

from __future__ import annotations

import ir_measures
from ir_measures import RR, R, nDCG

from rag.evaluate.metric import Metric, Parts
from rag.evaluate.record import FoundEvidence, Record

_TREC = "trec_eval (NIST) through ir-measures (MacAvaney, Macdonald, Ounis 2022, doi 10.1007/978-3-030-99739-7_38)"
_GAINS = "Järvelin, Kekäläinen 2002, doi 10.1145/582415.582418; " + _TREC
_FIRST = "Voorhees 1999, The TREC-8 Question Answering Track Report; " + _TREC
_MULTIHOP = "Tang, Yang 2024, arXiv 2401.15391; retrieval_evaluate.py of yixuantt/MultiHop-RAG"
_HERE = "defined here"

_STANDARD = {f"recall@{k}": R @ k for k in (1, 5, 10, 20)} | {"ndcg@10": nDCG @ 10, "mrr@10": RR @ 10}
_NAMES = {measure: name for name, measure in _STANDARD.items()}
_WHOLE = (5, 10)
_HITS = (4, 10)


def _recall(k: int) -> Metric:
    among = "the first hit" if k == 1 else f"a hit among the first {k}"
    formula = f"units of evidence that {among} overlaps / units of evidence; mean over questions"
    return Metric(f"recall@{k}", f"Recall at {k}", "retrieval", formula, _TREC)


def _whole(k: int) -> Metric:
    formula = f"quotes of evidence that stand wholly within one hit of the first {k} / quotes of evidence"
    return Metric(f"whole@{k}", f"Whole quotes at {k}", "retrieval", formula, _HERE)


def _multihop_hits(k: int) -> Metric:
    formula = (
        f"1 if a hit of the first {k} holds any one quote of evidence whole, else 0; mean over questions."
        f" The standard Recall@{k} asks for the share of all evidence instead"
    )
    return Metric(f"multihop-hits@{k}", f"MultiHop-RAG Hits@{k}", "retrieval", formula, _MULTIHOP)


RETRIEVAL = (
    *(_recall(k) for k in (1, 5, 10, 20)),
    Metric(
        "all@5",
        "All evidence at 5",
        "retrieval",
        "1 if the first 5 hits find every unit of evidence, else 0; mean over questions",
        _HERE,
    ),
    Metric(
        "ndcg@10",
        "nDCG at 10",
        "retrieval",
        "DCG / DCG of the ideal ranking, DCG = Σ relevance_i / log2(i + 1) over the first 10; mean over questions",
        _GAINS,
    ),
    Metric(
        "mrr@10",
        "MRR at 10",
        "retrieval",
        "1 / rank of the first hit that overlaps evidence, 0 beyond rank 10; mean over questions",
        _FIRST,
    ),
    *(_whole(k) for k in _WHOLE),
    *(_multihop_hits(k) for k in _HITS),
    Metric(
        "multihop-map@10",
        "MultiHop-RAG MAP@10",
        "retrieval",
        "Σ over ranks r up to 10 of (quotes first held whole by hit r) / r, by min(quotes, 10); mean over questions."
        " The standard AP counts all relevant found up to r, this only those new at r: two quotes at ranks 1 and 2"
        " give (1/1 + 1/2) / 2, not 1",
        _MULTIHOP,
    ),
    Metric(
        "multihop-mrr@10",
        "MultiHop-RAG MRR@10",
        "retrieval",
        "1 / rank of the first hit that holds a quote of evidence whole, 0 beyond rank 10; mean over questions."
        " mrr@10 is content with an overlap",
        _MULTIHOP,
    ),
)


def judgements(record: Record) -> dict[str, int]:
    """The record's line of qrels: relevance by document id, that of a unit being the largest of its pieces'."""
    grades: dict[str, int] = {}
    for each in record.relevant:
        document = _unit_id(each.unit)
        grades[document] = max(grades.get(document, 0), each.relevance)
    return grades


def ranking(record: Record) -> dict[str, float]:
    """The record's run: score by document id, best first. Scores fall by rank, so that no tie is left to break.

    A hit that finds a unit goes by the unit's id, any other by its passage's.
    """
    run: dict[str, float] = {}
    for rank, hit in enumerate(record.hits, 1):
        document = hit.passage_id if hit.unit is None else _unit_id(hit.unit)
        run[f"{document}#{rank}" if document in run else document] = float(len(record.hits) - rank + 1)
    return run


def measure(record: Record) -> dict[str, Parts]:
    """The parts of every measure above; nothing where evidence is lacking or stands nowhere in the archive."""
    if not record.located:
        return {}
    return _standard(record) | _by_quote([each for each in record.relevant if each.quote.strip()])


def _standard(record: Record) -> dict[str, Parts]:
    query = record.id
    scored = ir_measures.iter_calc(_STANDARD.values(), {query: judgements(record)}, {query: ranking(record)})
    values: dict[str, Parts] = {_NAMES[each.measure]: (float(each.value), 1.0) for each in scored}
    return values | {"all@5": (float(values["recall@5"][0] == 1), 1.0)}


def _by_quote(quotes: list[FoundEvidence]) -> dict[str, Parts]:
    if not quotes:
        return {}
    whole = {f"whole@{k}": (float(sum(_within(each, k) for each in quotes)), float(len(quotes))) for k in _WHOLE}
    hits = {f"multihop-hits@{k}": (float(any(_within(each, k) for each in quotes)), 1.0) for k in _HITS}
    ranks = _first_ranks(quotes)
    return {
        **whole,
        **hits,
        "multihop-map@10": (sum(1 / rank for rank in ranks) / min(len(quotes), 10), 1.0),
        "multihop-mrr@10": (1 / min(ranks) if ranks else 0.0, 1.0),
    }


def _first_ranks(quotes: list[FoundEvidence]) -> list[int]:
    """Where each quote is first held whole, within 10; a quote given twice counts once, as in the original."""
    ranks = {(each.transcript_id, "".join(each.quote.split())): each.rank_whole for each in quotes}
    return [rank for rank in ranks.values() if rank is not None and rank <= 10]


def _within(evidence: FoundEvidence, k: int) -> bool:
    return evidence.rank_whole is not None and evidence.rank_whole <= k


def _unit_id(unit: int) -> str:
    return f"evidence-{unit}"
