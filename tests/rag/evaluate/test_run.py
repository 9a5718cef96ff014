"""A whole run: real archive, real engine where it matters, and answerers that lie to see whether it is noticed."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ingest import Progress
from ingest.archive import Archive
from ingest.errors import ArchiveMissing
from ingest.samples import questions_path
from ingest.transcript import Passage, Transcript
from rag.config import Settings
from rag.engine import Engine
from rag.errors import AnswererError, EvaluationError, QuestionError, QuestionSetError
from rag.evaluate import evaluate
from rag.evaluate.estimate import ALL, FOLLOW_UPS, WITHHELD
from rag.refusal import REFUSAL
from rag.results import Answer, Citation, Hit
from tests.rag.builders import Saying
from tests.rag.evaluate.asking import HUAWEI, VOTE, Answering, one, only, question_set, run


def test_an_honest_answer(tmp_path: Path, sample_archive: Path, quote: Callable[[str], Citation]) -> None:
    right = Answer("How?", "It “voted 5-0 for a draft order” [1].", (quote(VOTE),), ())
    results = run(tmp_path, sample_archive, lambda *_: right, one())
    record = only(results)
    assert record.status == "grounded"
    assert (record.contained, record.evidence[0].cited) == (True, True)
    assert (record.citations[0].verbatim, record.citations[0].as_stored, record.citations[0].on_evidence) == (True,) * 3
    assert results.summary.groups[ALL]["verbatim"].value == 1
    assert record.timings["total"] >= 0


def test_a_quote_that_was_changed_is_noticed(
    tmp_path: Path, sample_archive: Path, quote: Callable[[str], Citation]
) -> None:
    forged = replace(quote(VOTE), quote="voted 6-0 for a draft order")
    lying = Answer("How?", "It “voted 6-0 for a draft order” [1].", (forged,), ())
    record = only(run(tmp_path, sample_archive, lambda *_: lying, one()))
    assert not record.citations[0].verbatim
    assert record.contained is False


def test_words_put_into_anothers_mouth_are_noticed(
    tmp_path: Path, sample_archive: Path, quote: Callable[[str], Citation]
) -> None:
    words = "it does not want to choose sides"
    put = Answer("How?", f"“{words}” [1]", (replace(quote(words), speaker="Mara Lindqvist"),), ())
    asked = one(evidence=[{"source": HUAWEI, "quote": words}], answers=[])
    record = only(run(tmp_path, sample_archive, lambda *_: put, asked))
    assert record.citations[0].verbatim
    assert not record.citations[0].as_stored
    assert record.citations[0].right_speaker is False


def test_a_transcript_that_does_not_exist_is_noticed(
    tmp_path: Path, sample_archive: Path, quote: Callable[[str], Citation]
) -> None:
    invented = Answer("How?", "“voted” [1]", (replace(quote(VOTE), transcript_id="f" * 16),), ())
    record = only(run(tmp_path, sample_archive, lambda *_: invented, one()))
    assert not record.citations[0].verbatim
    assert not record.citations[0].as_stored


def test_refusing_an_unanswerable_question_is_right_and_has_no_citation_score(
    tmp_path: Path, sample_archive: Path
) -> None:
    no = Answer("How?", REFUSAL, (), (), confidence=0.1)
    results = run(tmp_path, sample_archive, lambda *_: no, one(answers=[], evidence=[]))
    estimates = results.summary.groups[ALL]
    assert estimates["refusal-f1"].value == 1
    assert {estimates[name].n for name in ("citation-precision", "citation-recall", "answer", "recall@5")} == {0}


def test_a_question_nobody_can_ask_has_failed(tmp_path: Path, sample_archive: Path) -> None:
    def complain(question: str, _: Sequence[str]) -> Answer:
        raise QuestionError("The question is empty.")

    results = run(tmp_path, sample_archive, complain, one())
    assert only(results).error == "The question is empty."
    assert results.summary.counts.failed == 1
    assert results.summary.groups[ALL]["answer"].value == 0


def test_follow_ups_are_asked_twice(tmp_path: Path, sample_archive: Path, quote: Callable[[str], Citation]) -> None:
    with_history = Answer("And?", f"“{VOTE}” [1]", (quote(VOTE),), ())
    answerer = Answering(lambda _, history: with_history if history else Answer("And?", REFUSAL, (), ()))
    questions = question_set(tmp_path, one(id="f", question="And how?", history=["What did the FCC do?"]), one(id="g"))
    results = evaluate(questions, sample_archive, answerer=answerer)
    assert answerer.asked == [("And how?", ("What did the FCC do?",)), ("And how?", ()), ("How?", ())]
    groups = results.summary.groups
    assert (groups[FOLLOW_UPS]["answer"].value, groups[WITHHELD]["answer"].value) == (1, 0)
    assert groups[ALL]["answer"].value == (1 + 0) / 2


def test_evidence_that_stands_nowhere_is_counted_and_not_scored(tmp_path: Path, sample_archive: Path) -> None:
    elsewhere = one(id="a", evidence=[{"source": "gone.txt", "quote": VOTE}])
    misquoted = one(id="b", evidence=[{"source": HUAWEI, "quote": "voted 9-0"}])
    no = Answer("How?", REFUSAL, (), ())
    results = run(tmp_path, sample_archive, lambda *_: no, elsewhere, misquoted, one(id="c"))
    counts = results.summary.counts
    assert (counts.questions, counts.unlocated_questions, counts.unlocated_pieces) == (3, 2, 2)
    assert sorted(results.summary.problems) == [
        f"its quote is not found in '{HUAWEI}'",
        "its source 'gone.txt' is not in the archive",
    ]
    assert results.summary.groups[ALL]["recall@5"].n == 1
    assert results.summary.groups[ALL]["answer"].n == 3


def test_the_engine_on_the_samples_finds_and_cites(tmp_path: Path, sample_archive: Path) -> None:
    told: list[Progress] = []
    lines = questions_path().read_text().splitlines()[:4]
    (tmp_path / "some.jsonl").write_text("\n".join(lines))
    out = tmp_path / "out"
    results = evaluate(tmp_path / "some.jsonl", sample_archive, out=out, progress=told.append)
    estimates = results.summary.groups[ALL]
    assert estimates["verbatim"].value == estimates["as-stored"].value == 1
    assert (estimates["recall@20"].value or 0) > 0.5
    assert {"understand", "retrieve", "answer", "total"} <= set(next(results.records()).timings)
    assert (told[-1].stage, told[-1].done, told[-1].total) == ("ask", 4, 4)
    names = {path.name for path in out.iterdir()}
    assert {
        "report.html",
        "results.jsonl",
        "run.json",
        "summary.json",
        "run.trec",
        "qrels.trec",
        "ragas.jsonl",
    } <= names
    about = json.loads((out / "run.json").read_text())
    assert about["versions"]["onrecord"]
    assert about["machine"]["cores"]
    assert about["fingerprint"]["archive"]
    assert about["finished"] >= about["started"]


def test_evidence_is_found_where_the_word_index_is_gone(tmp_path: Path, sample_archive: Path) -> None:
    archive = Path(shutil.copytree(sample_archive, tmp_path / "archive"))
    shutil.rmtree(archive / "words")
    no = Answer("How?", REFUSAL, (), ())
    record = only(run(tmp_path, archive, lambda *_: no, one(evidence=[{"quote": VOTE}])))
    assert record.evidence[0].problem == ""


def test_an_engine_over_another_archive_is_refused(tmp_path: Path, sample_archive: Path) -> None:
    Archive.open(tmp_path / "empty", create=True).close()
    with (
        Engine(tmp_path / "empty") as engine,
        pytest.raises(EvaluationError, match="The engine answers over another archive than"),
    ):
        evaluate(question_set(tmp_path, one()), sample_archive, answerer=engine)


def test_an_engine_is_recorded_with_its_own_settings(tmp_path: Path, sample_archive: Path) -> None:
    questions = question_set(tmp_path, one())
    settings = Settings(archive=sample_archive, top_k=3, today=date(2020, 1, 1))
    with Engine(settings=settings, llm=Saying(says="It voted 5-0 [1].")) as engine:
        about = evaluate(questions, sample_archive, answerer=engine).about
    assert (about["fingerprint"]["settings"]["top_k"], about["fingerprint"]["settings"]["today"]) == (3, "2020-01-01")
    assert "quotes" not in about["answerer"]


@pytest.mark.parametrize("question", ["How " + "very " * 500_000 + "?", "How?\r\n\tAnd why?"])
def test_what_is_shown_of_a_question_while_it_is_asked_is_one_short_line(
    tmp_path: Path, sample_archive: Path, question: str
) -> None:
    told: list[Progress] = []
    no = Answering(lambda *_: Answer("How?", REFUSAL, (), ()))
    results = evaluate(
        question_set(tmp_path, one(question=question)), sample_archive, answerer=no, progress=told.append
    )
    assert only(results).question == question
    assert 4 <= len(told[-1].detail) <= 80
    assert told[-1].detail.isprintable()


def test_what_no_file_can_hold_ends_no_run(
    tmp_path: Path, sample_archive: Path, quote: Callable[[str], Citation], huawei: Transcript
) -> None:
    """Half a character, scores and times that are no numbers: such a record could not be read back."""
    passage = Passage("p", huawei.id, 0, 0, 0, 20, (), None, None, huawei.text[:20])
    odd = Answer(
        "How?",
        f"It is \ud83d “{VOTE}” [1].",
        (quote(VOTE),),
        (Hit(passage, math.nan, 1), Hit(passage, -math.inf, 2)),
        timings={"answer": math.inf},
        confidence=math.nan,
    )
    record = only(run(tmp_path, sample_archive, lambda *_: odd, one()))
    assert record.text == f"It is ? “{VOTE}” [1]."
    assert [hit.score for hit in record.hits] == [0, 0]
    assert (record.confidence, list(record.timings)) == (None, ["total"])
    assert record.contained is True


def test_a_model_that_is_not_there_ends_the_run(tmp_path: Path, sample_archive: Path) -> None:
    def unreachable(question: str, _: Sequence[str]) -> Answer:
        raise AnswererError("No such model.")

    with pytest.raises(AnswererError):
        run(tmp_path, sample_archive, unreachable, one())


def test_a_set_that_brings_its_texts_is_asked_about_them(tmp_path: Path) -> None:
    paragraph = "The old bridge at Calder was opened in 1871. It is 120 metres long and made of iron."
    qas = [
        {"id": "1", "question": "How long is the bridge?", "answers": [{"text": "120 metres", "answer_start": 51}]},
        {"id": "2", "question": "Who painted the bridge?", "answers": [], "is_impossible": True},
    ]
    data = {"version": "v2.0", "data": [{"title": "Bridge", "paragraphs": [{"context": paragraph, "qas": qas}]}]}
    (tmp_path / "squad.json").write_text(json.dumps(data))
    results = evaluate(tmp_path / "squad.json", out=tmp_path / "out")
    assert results.summary.groups[ALL]["recall@1"].value == 1
    assert (tmp_path / "out" / "set-archive" / "archive.sqlite3").exists()
    again = evaluate(tmp_path / "squad.json", out=tmp_path / "out")
    assert again.about["started"] == results.about["started"]


def test_whole_transcripts_are_ranked_by_their_best_passage(tmp_path: Path) -> None:
    folder = tmp_path / "beir"
    (folder / "qrels").mkdir(parents=True)
    texts = {"d1": "The ferry to the island was cancelled by the storm.", "d2": "The orchard had its best year."}
    corpus = [{"_id": key, "title": key, "text": text} for key, text in texts.items()]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)))
    (folder / "queries.jsonl").write_text(json.dumps({"_id": "q", "text": "Why was the ferry cancelled?"}))
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\td1\t1\n")
    results = evaluate(folder)
    record = only(results)
    assert record.evidence[0].rank == 1
    assert [hit.passage_id for hit in record.hits] == [hit.transcript_id for hit in record.hits]
    assert results.summary.groups[ALL]["recall@1"].value == 1
    assert results.summary.groups[ALL]["answer"].n == 0


def test_what_is_missing_is_told(tmp_path: Path, sample_archive: Path) -> None:
    with pytest.raises(QuestionSetError):
        evaluate(tmp_path / "none.jsonl", sample_archive)
    with pytest.raises(ArchiveMissing):
        evaluate(question_set(tmp_path, one()), tmp_path / "none")
    assert not (tmp_path / "none").exists()
