"""Runs that were stopped, and runs beside which something changed: gone on with, or refused with nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.archive import Archive
from rag.errors import ResultsError
from rag.evaluate import evaluate
from rag.refusal import REFUSAL
from rag.results import Answer
from tests.rag.evaluate.asking import Answering, one, only, question_set

ROOT = Path(__file__).parents[3]


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


def test_a_run_gone_on_with_another_day_counts_from_the_day_it_began(tmp_path: Path, sample_archive: Path) -> None:
    """ "Last week" must not mean another week in the second half of a run."""
    questions, out = question_set(tmp_path, one(question="What was said last week?")), tmp_path / "out"
    first = evaluate(questions, sample_archive, out=out)
    assert first.about["fingerprint"]["settings"]["today"] is not None
    about = json.loads((out / "run.json").read_text())
    about["fingerprint"]["settings"]["today"] = "2018-04-24"
    (out / "run.json").write_text(json.dumps(about))
    (out / "results.jsonl").write_bytes(b"")
    again = evaluate(questions, sample_archive, out=out)
    assert again.about["fingerprint"]["settings"]["today"] == "2018-04-24"
    assert only(again).id == "q"


def test_asking_nothing_more_changes_nothing_of_when_it_was_asked(tmp_path: Path, sample_archive: Path) -> None:
    no, out = Answering(lambda *_: Answer("How?", REFUSAL, (), ())), tmp_path / "out"
    questions = question_set(tmp_path, one())
    evaluate(questions, sample_archive, answerer=no, out=out)
    about = json.loads((out / "run.json").read_text())
    (out / "run.json").write_text(json.dumps({**about, "finished": "2020-01-01T00:00:00+00:00"}))
    again = evaluate(questions, sample_archive, answerer=no, out=out)
    assert again.about["finished"] == "2020-01-01T00:00:00+00:00"
    assert len(no.asked) == 1


def test_an_archive_that_is_changed_while_it_is_asked_makes_no_result(tmp_path: Path, sample_archive: Path) -> None:
    archive = Path(shutil.copytree(sample_archive, tmp_path / "archive"))

    def removing(question: str, _: Sequence[str]) -> Answer:
        with Archive.open(archive) as held:
            held.remove(held.entries()[0].id)
        return Answer(question, REFUSAL, (), ())

    questions = question_set(tmp_path, one(evidence=[]))
    with pytest.raises(ResultsError, match=r"archive was changed while it was asked.*--fresh"):
        evaluate(questions, archive, answerer=Answering(removing), out=tmp_path / "out")
    assert not (tmp_path / "out" / "report.html").exists()


@pytest.mark.parametrize("name", ["results.jsonl", "ragas.jsonl"])
def test_results_asked_as_questions_are_not_replaced_by_theirs(tmp_path: Path, sample_archive: Path, name: str) -> None:
    no, out = Answering(lambda *_: Answer("How?", REFUSAL, (), ())), tmp_path / "out"
    evaluate(question_set(tmp_path, one()), sample_archive, answerer=no, out=out)
    before = (out / name).read_bytes()
    with pytest.raises(ResultsError, match=rf"{name}: would be replaced"):
        evaluate(out / name, sample_archive, answerer=no, out=out, fresh=True)
    assert (out / name).read_bytes() == before
    assert only(evaluate(out / name, sample_archive, answerer=no, out=tmp_path / "other")).id == "q"


def test_changed_questions_are_another_run(tmp_path: Path, sample_archive: Path) -> None:
    no = Answering(lambda *_: Answer("How?", REFUSAL, (), ()))
    out = tmp_path / "out"
    evaluate(question_set(tmp_path, one()), sample_archive, answerer=no, out=out)
    with pytest.raises(ResultsError, match="changed: questions"):
        evaluate(question_set(tmp_path, one(answers=["6-0"])), sample_archive, answerer=no, out=out)
    again = evaluate(question_set(tmp_path, one(answers=["6-0"])), sample_archive, answerer=no, out=out, fresh=True)
    assert only(again).answers == ("6-0",)


def test_without_out_nothing_stays(tmp_path: Path, sample_archive: Path) -> None:
    code = (
        "import sys; from rag.evaluate import evaluate; from rag.refusal import REFUSAL\n"
        "from rag.results import Answer\n"
        "from tests.rag.evaluate.asking import Answering\n"
        "no = Answering(lambda *_: Answer('How?', REFUSAL, (), ()))\n"
        "print(evaluate(sys.argv[1], sys.argv[2], answerer=no).folder)"
    )
    command = [sys.executable, "-c", code, str(question_set(tmp_path, one())), str(sample_archive)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert not Path(done.stdout.strip()).exists()


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
