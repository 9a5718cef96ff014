"""Citations: exact, on the evidence, by the right speaker, and enough for what is said."""

from __future__ import annotations

from rag.evaluate.measures.citations import measure
from rag.evaluate.record import Sentence
from tests.rag.evaluate.measured import cited, lost, piece, record


def test_citations_against_evidence() -> None:
    one = record(
        evidence=(piece(0, cited=True), piece(0, quote="b"), piece(1, cited=True), piece(2, relevance=0, cited=True)),
        citations=(cited(), cited(on_evidence=False, right_speaker=False), cited(verbatim=False, as_stored=False)),
    )
    assert measure(one) == {
        "verbatim": (2, 3),
        "as-stored": (2, 3),
        "right-speaker": (2, 3),
        "citation-precision": (2, 3),
        "citation-recall": (2, 3),
    }


def test_a_refused_answerable_question_cites_nothing_of_its_evidence() -> None:
    for status in ("refused", "failed"):
        assert measure(record(status=status, evidence=(piece(0), piece(1)))) == {"citation-recall": (0, 2)}


def test_unanswerable_questions_give_no_score_rather_than_zero() -> None:
    assert measure(record(answerable=False, status="refused")) == {}
    unfounded = record(
        answerable=False,
        citations=(cited(on_evidence=None, right_speaker=None),),
        sentences=(Sentence("Yes.", (1,), supported=True, idle=0),),
    )
    assert measure(unfounded) == {"verbatim": (1, 1), "as-stored": (1, 1)}


def test_evidence_that_stands_nowhere_gives_no_score_against_it() -> None:
    one = record(evidence=(piece(0, cited=True), lost()), citations=(cited(on_evidence=None, right_speaker=None),))
    assert measure(one) == {"verbatim": (1, 1), "as-stored": (1, 1)}


def test_where_nobody_named_speaks_the_evidence_there_is_no_right_speaker() -> None:
    one = record(evidence=(piece(0, cited=True),), citations=(cited(right_speaker=None), cited(right_speaker=True)))
    assert measure(one)["right-speaker"] == (1, 1)
    assert measure(one)["citation-precision"] == (2, 2)


def test_alce_counts_sentences_and_citations_of_an_answer() -> None:
    """Three of four sentences are supported; of six citations one supports nothing and one is idle."""
    one = record(
        sentences=(
            Sentence("A.", (1,), supported=True, idle=0),
            Sentence("B.", (1, 2, 3), supported=True, idle=1),
            Sentence("C.", (4,), supported=False, idle=0),
            Sentence("D.", (5,), supported=True, idle=0),
        )
    )
    assert measure(one) == {"alce-recall": (3 / 4, 1), "alce-precision": ((1 + (3 - 1) + 1) / 6, 1)}


def test_alce_of_an_answer_without_citations_is_zero() -> None:
    bare = record(sentences=(Sentence("A.", (), supported=False, idle=0), Sentence("B.", (), supported=True, idle=0)))
    assert measure(bare) == {"alce-recall": (0 / 2, 1), "alce-precision": (0, 1)}


def test_alce_without_sentences_is_nothing() -> None:
    assert measure(record()) == {}
