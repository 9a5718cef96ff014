"""`onrecord ask` with --speaker, --since, --until, --source and --anywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ui.cli import app
from ui.exits import Exit

WANTED = "What did Mara Lindqvist say about the American phone market?"


def run(archive: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["ask", *arguments, "--archive", str(archive)], prog_name="onrecord")


def test_filters_found_are_shown_with_the_answer_and_can_be_switched_off(sample_archive: Path) -> None:
    assert "Looked only at: said by Mara Lindqvist." in run(sample_archive, WANTED).stdout
    assert "Looked only at" not in run(sample_archive, WANTED, "--anywhere").stdout


def test_filters_by_hand_narrow_and_are_in_the_json(sample_archive: Path) -> None:
    given = ("--speaker", "lindqvist", "--since", "2018-04", "--until", "2018")
    answer = json.loads(run(sample_archive, "Why is the market harder to enter?", "--json", *given).stdout)
    assert answer["filters"] == {
        "speakers": ["Mara Lindqvist"],
        "since": "2018-04-01",
        "until": "2018-12-31",
        "sources": [],
        "only": False,
    }
    assert {hit["title"] for hit in answer["hits"]} == {"Huawei turns to Europe as American doors close"}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--since", "yesterday"), "Write 2022, 2022-03 or 2022-03-31"),
        (("--since", "2022-02-30"), "is no day"),
        (("--since", "2023", "--until", "2022"), "Swap them"),
        (("--speaker", "Mara Lindquest"), "nearest: Mara Lindqvist"),
        (("--source", "No Such Paper"), "It has: Harbor Street Press Club"),
        (("--anywhere", "--since", "2022"), "contradicts"),
    ],
)
def test_filters_that_cannot_be_are_clear_errors(sample_archive: Path, given: tuple[str, ...], told: str) -> None:
    result = run(sample_archive, "Why?", *given)
    assert result.exit_code not in (0, Exit.NO_ANSWER.value)
    assert told in " ".join(result.output.split()).replace("│ ", "")
    assert "Traceback" not in result.output
