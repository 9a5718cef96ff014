"""A whole run: real archive, real engine where it matters, and answerers that lie to see whether it is noticed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest import Progress
from ingest.archive import Archive
from ingest.errors import ArchiveMissing
from ingest.samples import questions_path
from ingest.transcript import Transcript
from rag.cite import cite
from rag.engine import Engine
from rag.errors import AnswererError, QuestionError, QuestionSetError, ResultsError
from rag.evaluate import ModelJudge, Record, Results, evaluate
from rag.evaluate.estimate import ALL, FOLLOW_UPS, WITHHELD
from rag.refusal import REFUSAL
from rag.results import Answer, Citation
from tests.rag.builders import Saying

HUAWEI = "2018-04-19_huawei-turns-to-europe.txt"
VOTE = "voted 5-0 for a draft order"
ROOT = Path(__file__).parents[3]
Ask = Callable[[str, Sequence[str]], Answer]


class Answering:
    """An answerer of a function, which counts what it is asked."""

    name = "a test's own"

    def __init__(self, answer: Ask) -> None:
        self._answer = answer
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        self.asked.append((question, tuple(history)))
        return self._answer(question, history)


@pytest.fixture(scope="module")
def huawei(sample_archive: Path) -> Iterator[Transcript]:
    with Archive.open(sample_archive) as archive:
        yield archive.transcript(next(entry.id for entry in archive.entries() if entry.place.endswith(HUAWEI)))


@pytest.fixture
def quote(huawei: Transcript) -> Callable[[str], Citation]:
    def cited(words: str) -> Citation:
        start = huawei.text.index(words)
        return cite(huawei, start, start + len(words), 1)

    return cited


def question_set(folder: Path, *questions: dict[str, Any]) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in questions))
    return path


def one(**changed: Any) -> dict[str, Any]:
    evidence = [{"source": HUAWEI, "quote": VOTE}]
    return {"id": "q", "kind": "number", "question": "How?", "answers": ["5-0"], "evidence": evidence, **changed}


def run(tmp_path: Path, archive: Path, answer: Ask, *questions: dict[str, Any]) -> Results:
    return evaluate(question_set(tmp_path, *questions), archive, answerer=Answering(answer))


def only(results: Results) -> Record:
    [record] = results.records()
    return record


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


def test_what_a_language_model_costs_and_what_a_judge_says_is_kept_apart(tmp_path: Path, sample_archive: Path) -> None:
    questions = question_set(tmp_path, one(question="How did the FCC vote on the draft order?"))
    judge = ModelJudge(Saying(says="wrong: it is not about the vote"), "a judge")
    with Engine(sample_archive, llm=Saying(says="It voted 5-0 for a draft order [1].")) as engine:
        results = evaluate(questions, sample_archive, answerer=engine, judge=judge, out=tmp_path / "out")
    record = only(results)
    assert record.usage["calls"] == 1
    assert {"write", "verify"} <= set(record.timings)
    assert (record.judged, results.summary.groups[ALL]["judge"].value) == ("wrong", 0)
    assert record.sentences == ()
    about = json.loads((tmp_path / "out" / "run.json").read_text())
    assert about["judge"] == "a judge"
    assert about["judge_usage"]["calls"] >= 1


def test_a_stopped_run_goes_on_where_it_was(tmp_path: Path, sample_archive: Path) -> None:
    asked = [one(id=str(number), question=f"How {number}?") for number in range(6)]
    questions, out = question_set(tmp_path, *asked), tmp_path / "out"
    no = Answer("How?", REFUSAL, (), ())

    def stop_at_three(question: str, _: Sequence[str]) -> Answer:
        if question == "How 3?":
            raise KeyboardInterrupt
        return no

    with pytest.raises(KeyboardInterrupt):
        evaluate(questions, sample_archive, answerer=Answering(stop_at_three), out=out)
    going_on = Answering(lambda *_: no)
    results = evaluate(questions, sample_archive, answerer=going_on, out=out)
    assert [question for question, _ in going_on.asked] == ["How 3?", "How 4?", "How 5?"]
    assert [record.id for record in results.records()] == list("012345")


def test_changed_questions_are_another_run(tmp_path: Path, sample_archive: Path) -> None:
    no = Answering(lambda *_: Answer("How?", REFUSAL, (), ()))
    out = tmp_path / "out"
    evaluate(question_set(tmp_path, one()), sample_archive, answerer=no, out=out)
    with pytest.raises(ResultsError, match="changed: questions"):
        evaluate(question_set(tmp_path, one(answers=["6-0"])), sample_archive, answerer=no, out=out)
    again = evaluate(question_set(tmp_path, one(answers=["6-0"])), sample_archive, answerer=no, out=out, fresh=True)
    assert only(again).answers == ("6-0",)


def test_a_model_that_is_not_there_ends_the_run(tmp_path: Path, sample_archive: Path) -> None:
    def unreachable(question: str, _: Sequence[str]) -> Answer:
        raise AnswererError("No such model.")

    with pytest.raises(AnswererError):
        run(tmp_path, sample_archive, unreachable, one())


def test_without_out_nothing_stays(tmp_path: Path, sample_archive: Path) -> None:
    code = (
        "import sys; from rag.evaluate import evaluate; from tests.rag.evaluate.test_run import *\n"
        "no = Answering(lambda *_: Answer('How?', REFUSAL, (), ()))\n"
        "print(evaluate(sys.argv[1], sys.argv[2], answerer=no).folder)"
    )
    command = [sys.executable, "-c", code, str(question_set(tmp_path, one())), str(sample_archive)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert not Path(done.stdout.strip()).exists()


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
    assert (tmp_path / "out" / "archive" / "archive.sqlite3").exists()
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


def test_a_killed_run_goes_on(tmp_path: Path, sample_archive: Path) -> None:
    asked = [one(id=str(number), question=f"How did the FCC vote on order {number}?") for number in range(24)]
    questions, out = question_set(tmp_path, *asked), tmp_path / "out"
    command = [
        str(Path(sys.executable).with_name("onrecord")),
        "eval",
        str(questions),
        "--archive",
        str(sample_archive),
    ]
    command += ["--out", str(out)]
    results = out / "results.jsonl"
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        while not results.exists() or results.stat().st_size < 20_000:
            assert running.poll() is None
            time.sleep(0.02)
        os.kill(running.pid, signal.SIGKILL)
    before = results.read_bytes()
    whole = before[: before.rfind(b"\n") + 1]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    after = results.read_bytes()
    assert after.startswith(whole)
    assert [json.loads(line)["id"] for line in after.splitlines()] == [str(number) for number in range(24)]
