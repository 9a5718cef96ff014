"""`onrecord eval` as a person types it: tables, files, exit codes, and what is said when it cannot be done."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from ingest.samples import questions_path
from rag.evaluate.measures import METRICS
from ui.cli import app
from ui.exits import Exit

ASKED = 5


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["eval", *map(str, arguments)], prog_name="onrecord")


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("set") / "few.jsonl"
    path.write_text("\n".join(questions_path().read_text().splitlines()[:ASKED]))
    return path


@pytest.fixture(scope="module")
def evaluated(few: Path, sample_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    out = tmp_path_factory.mktemp("eval") / "out"
    return out, run(few, "--archive", sample_archive, "--out", out)


def test_the_table_has_every_measure_of_what_was_asked(evaluated: tuple[Path, Result]) -> None:
    out, result = evaluated
    assert result.exit_code == 0, result.output
    assert f"{ASKED} questions of" in result.stdout
    shown = [metric for metric in METRICS.values() if metric.group != "cost"]
    assert all(f"({metric.name})" in result.stdout for metric in shown)
    assert "n/a" in result.stdout
    assert f"Report: {out / 'report.html'}" in " ".join(result.stdout.split("\n"))
    assert "<title>" in (out / "report.html").read_text()


def test_json_is_all_there_is_on_stdout(few: Path, sample_archive: Path) -> None:
    result = run(few, "--archive", sample_archive, "--json")
    value: Any = json.loads(result.stdout)
    assert value["summary"]["counts"]["questions"] == ASKED
    assert value["summary"]["groups"]["all"]["verbatim"]["value"] == 1
    assert value["about"]["judge"] == "word alignment"


def test_a_gate_that_is_met_and_one_that_is_not(
    evaluated: tuple[Path, Result], few: Path, sample_archive: Path
) -> None:
    out, _ = evaluated
    again = (few, "--archive", sample_archive, "--out", out, "--quiet", "--fail-under")
    assert run(*again, "verbatim=1,recall@20=0.1").exit_code == 0
    below = run(*again, "verbatim=1,em=0.99")
    assert below.exit_code == Exit.BELOW
    assert "em is 0.000, at least 0.99 is asked for" in below.stderr
    assert "verbatim" not in below.stderr


def test_a_run_beside_itself(evaluated: tuple[Path, Result]) -> None:
    out, _ = evaluated
    result = run("--compare", out, out)
    assert result.exit_code == 0
    assert "No question changed" in result.stdout
    assert json.loads(run("--compare", out, out, "--json").stdout)["changes"] == []


def test_drafts_can_be_asked_at_once(sample_archive: Path, tmp_path: Path) -> None:
    drafts = tmp_path / "drafts.jsonl"
    assert run("--make", "6", "--archive", sample_archive, "--out", drafts).exit_code == 0
    lines = [json.loads(line) for line in drafts.read_text().splitlines()]
    assert len(lines) == 6
    assert all(line["draft"] for line in lines)
    result = run(drafts, "--archive", sample_archive)
    assert result.exit_code == 0, result.output
    assert "6 of the questions are drafts" in result.stdout
    assert "stand nowhere" not in result.stdout


def test_edited_drafts_are_not_written_over(sample_archive: Path, tmp_path: Path) -> None:
    (tmp_path / "drafts.jsonl").write_text("edited")
    result = run("--make", "3", "--archive", sample_archive, "--out", tmp_path / "drafts.jsonl")
    assert result.exit_code == Exit.BAD_INPUT
    assert (tmp_path / "drafts.jsonl").read_text() == "edited"


def test_a_model_that_cannot_be_reached_leaves_no_empty_file_in_the_way(sample_archive: Path, tmp_path: Path) -> None:
    drafts = tmp_path / "drafts.jsonl"
    to = ("--make", "3", "--archive", sample_archive, "--out", drafts)
    failed = run(*to, "--llm", "openai:none", "--llm-url", "http://127.0.0.1:9/v1")
    assert failed.exit_code == Exit.NO_MODEL, failed.output
    assert not drafts.exists()
    assert run(*to).exit_code == 0
    assert len(drafts.read_text().splitlines()) == 3


def test_the_measures_can_be_read(root: Path) -> None:
    assert run("--measures").stdout == (root / "rag" / "evaluate" / "METRICS.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "none was given"),
        (("a.jsonl", "--make", "3"), "QUESTIONS and --make was given"),
        (("none.jsonl",), "none.jsonl"),
        (("--compare", "nowhere", "neither"), "nowhere: holds no results"),
        (("none.jsonl", "--fail-under", "beauty=1"), "no measure 'beauty'"),
        (("--make", "0"), "--make"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(arguments: tuple[str, ...], told: str) -> None:
    result = run(*arguments)
    assert result.exit_code == Exit.BAD_INPUT
    assert told in " ".join(result.stderr.split())
    assert "Traceback" not in result.output
