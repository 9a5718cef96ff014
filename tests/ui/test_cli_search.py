"""`onrecord search` on the archive of samples: what it prints where, and with which exit code it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ingest.archive import Archive
from ui.cli import app
from ui.given import given_filters

Run = Callable[..., Result]


@pytest.fixture
def run(sample_archive: Path) -> Run:
    def search(*arguments: str, archive: Path = sample_archive) -> Result:
        return CliRunner().invoke(app, ["search", *arguments, "--archive", str(archive)], prog_name="onrecord")

    return search


def test_passages_come_with_where_they_are_from(run: Run) -> None:
    result = run("Which rocket carried the Webb telescope?", "--limit", "3")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("1. Webb telescope leaves Earth on Christmas morning (2021-12-25) at ≈0:")
    assert [f"\n{rank}. " in result.stdout for rank in (2, 3, 4)] == [True, True, False]
    assert "BM25" not in result.stdout
    assert "\x1b" not in result.stdout


def test_explain_tells_what_each_search_gave(run: Run) -> None:
    period = ("--since", "2018", "--until", "2018-12")
    text = run("Who voted “5-0” on Huawey?", "--explain", "--limit", "2", *period).stdout
    assert "Searched for: Who voted “5-0” on Huawei?" in text
    assert "Not in the archive, so Huawey read as Huawei" in text
    assert "Word for word: “5-0”" in text
    assert "Filters: 2018" in text
    assert "vectors: cosine 0." in text
    assert "5 0 " in text
    assert "quoted phrases: 100% of them stand in it" in text


def test_json_has_the_hits_and_with_explain_the_reasons(run: Run) -> None:
    plain = json.loads(run("Webb telescope", "--json", "-n", "2").stdout)
    assert [hit["rank"] for hit in plain["hits"]] == [1, 2]
    assert plain["hits"][0]["parts"].keys() >= {"words", "vectors", "from_words", "from_vectors"}
    assert plain["filters"] == {"speakers": [], "since": None, "until": None, "sources": [], "only": False}
    told = json.loads(run("Webb telescope", "--json", "-n", "2", "--explain").stdout)
    assert [each["hit"] for each in told["hits"]] == plain["hits"]
    assert told["hits"][0]["terms"].keys() <= {"webb", "telescop"}
    assert told["searched"] == ["Webb telescope"]


def test_filters_by_hand(run: Run) -> None:
    arguments = ("the phone market", "--speaker", "mara lindqvist", "--json", "-n", "100")
    hits = json.loads(run(*arguments).stdout)["hits"]
    assert hits
    assert all("Mara Lindqvist" in hit["passage"]["speakers"] for hit in hits)
    days = json.loads(run("the market", "--since", "2023-04", "--until", "2023-04", "--json").stdout)["hits"]
    assert {hit["published"][:7] for hit in days} == {"2023-04"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("x", "--since", "2022-13"), "2022-13"),
        (("x", "--until", "yesterday"), "yesterday"),
        (("x", "--since", "2022-02-30"), "2022-02-30"),
        (("x", "--since", "2023", "--until", "2022"), "Swap"),
        (("x", "--speaker", "Nobody At All"), "Nobody At All"),
        (("x", "--source", "No Such Outlet"), "No Such Outlet"),
        (("x", "--limit", "0"), "--limit"),
        (("   ",), "empty"),
    ],
    ids=str,
)
def test_what_cannot_be_searched_is_exit_2_and_said(run: Run, arguments: tuple[str, ...], told: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert told in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("question", ['text:"FCC" AND (', "[a-z]+ .* \\", "the of and", "🙂 x", "为什么", "x" * 1999])
def test_signs_are_only_text(run: Run, question: str) -> None:
    assert run(question).exit_code == 0


def test_an_archive_of_nothing_is_exit_4(run: Run, tmp_path: Path) -> None:
    Archive.open(tmp_path / "archive", create=True).close()
    result = run("anything", archive=tmp_path / "archive")
    assert result.exit_code == 4
    assert result.stdout == "No passage is found.\n"
    assert json.loads(run("anything", "--json", archive=tmp_path / "archive").stdout)["hits"] == []


def test_no_archive_is_exit_3(run: Run, tmp_path: Path) -> None:
    assert run("anything", archive=tmp_path / "none").exit_code == 3


def test_help_has_examples_that_name_the_options() -> None:
    text = CliRunner().invoke(app, ["search", "--help"], prog_name="onrecord").stdout
    assert "Examples:\n    onrecord search" in text
    assert all(option in text for option in ("--explain", "--speaker", "--since", "--until", "--source", "--limit"))


def test_without_options_nothing_is_filtered() -> None:
    assert given_filters(None, None, None, None) is None
