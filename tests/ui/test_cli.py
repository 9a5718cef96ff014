"""The command on real archives: what it prints where, what it leaves, and with which exit code it ends."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from ui.cli import app
from ui.exits import MEANINGS

COMMANDS = ("ingest", "ask", "search", "chat", "list", "show", "remove", "reindex")
WHY_EUROPE = "Why is Huawei pivoting to Europe?"
NO_ANSWER = "What is the capital of France?"
Run = Callable[..., Result]


@pytest.fixture
def run(sample_archive: Path) -> Run:
    """Runs the command in this process on the archive of samples, unless another is given."""

    def on_samples(*arguments: str, archive: Path = sample_archive, **environment: str) -> Result:
        texts = [*arguments, "--archive", str(archive)]
        return CliRunner().invoke(app, texts, prog_name="onrecord", env=environment)

    return on_samples


@pytest.fixture
def own_archive(sample_archive: Path, tmp_path: Path) -> Path:
    """A copy of the archive of samples, to change."""
    return Path(shutil.copytree(sample_archive, tmp_path / "archive"))


def parsed(result: Result) -> Any:
    return json.loads(result.stdout)


def transcript_named(run: Run, word: str) -> dict[str, Any]:
    [entry] = [each for each in parsed(run("list", "--json")) if word in each["title"]]
    assert isinstance(entry, dict)
    return entry


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_has_examples(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"], prog_name="onrecord")
    assert result.exit_code == 0
    assert f"Examples:\n    onrecord {command}" in result.stdout
    assert "--archive" in result.stdout
    assert "--quiet" in result.stdout


def test_help_lists_every_command_and_exit_code() -> None:
    text = CliRunner().invoke(app, ["--help"], prog_name="onrecord").stdout
    assert all(f"\n  {command} " in text for command in COMMANDS)
    assert all(f"    {code.value:<4} {meaning}\n" in text for code, meaning in MEANINGS.items())


def test_an_answer_names_speaker_source_and_exact_words(run: Run) -> None:
    result = run("ask", WHY_EUROPE)
    assert result.exit_code == 0, result.stderr
    assert "[1]" in result.stdout
    assert "— Huawei" in result.stdout
    assert " at ≈" in result.stdout
    assert "\x1b" not in result.stdout


def test_json_holds_only_quotes_that_are_in_the_transcript(run: Run) -> None:
    answer = parsed(run("ask", "--json", WHY_EUROPE))
    assert answer["status"] == "grounded"
    assert answer["citations"]
    for citation in answer["citations"]:
        text = parsed(run("show", "--json", citation["transcript_id"]))["text"]
        assert text[citation["char_start"] : citation["char_end"]] == citation["quote"]


def test_a_refusal_is_exit_4_with_the_nearest_passages(run: Run) -> None:
    result = run("ask", NO_ANSWER)
    assert result.exit_code == 4
    assert "Nearest passages" in result.stdout
    assert result.stderr == ""


def test_a_refusal_as_json_is_exit_4_too(run: Run) -> None:
    result = run("ask", "--json", NO_ANSWER)
    assert result.exit_code == 4
    assert parsed(result)["status"] == "refused"
    assert parsed(result)["citations"] == []
    assert parsed(result)["hits"]


@pytest.mark.parametrize("question", ["", "  ", "why " * 12_500], ids=["empty", "blank", "50,000 characters"])
def test_a_question_that_cannot_be_asked_is_exit_2(run: Run, question: str) -> None:
    result = run("ask", question)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "question" in result.stderr.lower()
    assert len(result.stderr) < 500


def test_a_model_that_is_not_there_is_exit_5(run: Run) -> None:
    result = run("ask", "--llm", "nosuchprovider:model", WHY_EUROPE)
    assert result.exit_code == 5
    assert "nosuchprovider" in result.stderr


def test_a_model_server_that_is_not_there_gives_quotes_and_says_so(run: Run) -> None:
    nowhere = ("--llm", "openai:smollm2", "--llm-url", "http://127.0.0.1:9/v1")
    answer = parsed(run("ask", "--json", *nowhere, WHY_EUROPE))
    assert "cannot be reached" in answer["notice"]
    assert answer["citations"] == parsed(run("ask", "--json", WHY_EUROPE))["citations"]


def test_list_shows_every_sample_with_its_id(run: Run, samples: tuple[Path, ...]) -> None:
    entries = parsed(run("list", "--json"))
    assert len(entries) == len(samples)
    table = run("list").stdout
    assert all(entry["id"] in table and entry["title"].split()[0] in table for entry in entries)
    assert run("list", "--quiet").stdout.split() == [entry["id"] for entry in entries]


def test_show_prints_the_transcript_by_the_start_of_its_id(run: Run) -> None:
    entry = transcript_named(run, "Huawei")
    text = run("show", entry["id"][:10]).stdout
    assert text.startswith(entry["title"])
    assert f"File:      {entry['place']}" in text
    assert all(speaker in text for speaker in entry["speakers"])
    assert "≈0:" in text


@pytest.mark.parametrize("command", [("show",), ("show", "--json"), ("remove", "--yes")], ids=" ".join)
def test_an_unknown_id_is_exit_2(run: Run, command: tuple[str, ...]) -> None:
    result = run(*command, "nosuchid")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "nosuchid" in result.stderr


def test_remove_takes_a_transcript_out_of_lists_and_answers(run: Run, own_archive: Path) -> None:
    entry = transcript_named(run, "Huawei")
    removed = run("remove", "--yes", entry["id"], archive=own_archive)
    assert removed.exit_code == 0
    assert entry["title"] in removed.stdout
    assert entry["id"] not in run("list", archive=own_archive).stdout
    hits = parsed(run("ask", "--json", WHY_EUROPE, archive=own_archive))["hits"]
    assert entry["id"] not in [hit["passage"]["transcript_id"] for hit in hits]


def test_remove_asks_nobody_where_nobody_is(run: Run, own_archive: Path) -> None:
    entry = transcript_named(run, "Huawei")
    result = run("remove", entry["id"], archive=own_archive)
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert entry["id"] in run("list", archive=own_archive).stdout


def test_reindex_mends_indexes_that_were_lost(run: Run, own_archive: Path) -> None:
    for index in ("words", "chroma"):
        shutil.rmtree(own_archive / index)
    assert run("reindex", archive=own_archive).exit_code == 0
    assert run("ask", WHY_EUROPE, archive=own_archive).stdout == run("ask", WHY_EUROPE).stdout


@pytest.mark.parametrize(
    "command", [("ask", "Why?"), ("list",), ("show", "a"), ("remove", "a"), ("reindex",)], ids=" ".join
)
def test_no_archive_is_exit_3_and_makes_none(run: Run, command: tuple[str, ...], tmp_path: Path) -> None:
    result = run(*command, archive=tmp_path / "none")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert str(tmp_path / "none") in result.stderr
    assert "onrecord ingest" in result.stderr
    assert not (tmp_path / "none").exists()


def test_an_archive_of_another_model_is_exit_3_and_says_what_mends_it(run: Run) -> None:
    result = run("ask", WHY_EUROPE, ONRECORD_EMBEDDER="another-model")
    assert result.exit_code == 3
    assert "all-MiniLM-L6-v2" in result.stderr
    assert "onrecord reindex" in result.stderr


def test_a_damaged_archive_is_exit_3(run: Run, tmp_path: Path) -> None:
    (tmp_path / "archive.sqlite3").write_bytes(os.urandom(8192))
    result = run("list", archive=tmp_path)
    assert result.exit_code == 3
    assert str(tmp_path) in result.stderr


def test_a_setting_that_will_not_do_is_exit_2_and_named(run: Run) -> None:
    result = run("ask", WHY_EUROPE, ONRECORD_TOP_K="many")
    assert result.exit_code == 2
    assert "ONRECORD_TOP_K" in result.stderr


def test_the_archive_may_come_from_the_environment(run: Run, sample_archive: Path) -> None:
    result = CliRunner().invoke(app, ["list"], env={"ONRECORD_ARCHIVE": str(sample_archive)})
    assert result.stdout == run("list").stdout
