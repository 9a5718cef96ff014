"""`--nli`: the user's own model for entailment, asked for on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from rag import Engine
from tests.rag.chat_server import Act, serving
from tests.rag.test_entails import saved
from ui.cli import app
from ui.exits import Exit

QUESTION = "How did the FCC vote?"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)), prog_name="onrecord", env={"OPENAI_API_KEY": "none"})


@pytest.mark.parametrize(("favoured", "shown"), [(1, True), (2, False)])
def test_it_has_the_last_word_on_what_is_written(
    sample_archive: Path, tmp_path: Path, favoured: int, shown: bool
) -> None:
    with Engine(sample_archive) as engine:
        place = next(n for n, hit in enumerate(engine.search(QUESTION), 1) if "5-0" in hit.passage.text)
    says = f"The US Federal Communications Commission voted 5-0 for a draft order [{place}]."
    name = saved(tmp_path, favoured)
    with serving([Act(says=says)]) as served:
        llm = ("--llm", "openai:x", "--llm-url", served.url)
        answer = json.loads(run("ask", "--json", *llm, "--nli", name, "--archive", sample_archive, QUESTION).stdout)
    assert ("“" not in answer["text"]) is shown  # quotes take over where nothing written is left
    reasons = [each["reason"] for each in answer["rejected"]]
    assert reasons == ([] if shown else [f"The model {name} does not find it in the passage it cites."])


@pytest.mark.parametrize("command", [("ask", QUESTION), ("chat",), ("eval",)], ids=lambda command: command[0])
def test_one_that_cannot_be_loaded_is_told_in_a_line_before_a_language_model_is_asked(
    sample_archive: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text(json.dumps({"id": "1", "question": QUESTION, "answers": ["5-0"]}) + "\n")
    given = (*command, questions) if command == ("eval",) else command
    with serving([Act(says="It did.")]) as served:
        llm = ("--llm", "openai:x", "--llm-url", served.url, "--nli", tmp_path / "gone")
        result = run(*given, *llm, "--archive", sample_archive)
        assert served.asked == []
    assert result.exit_code == Exit.ARCHIVE
    assert "The NLI model" in result.stderr
    assert "gone" in result.stderr
    assert "Give a folder" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", [("ask", QUESTION), ("chat",), ("eval", "questions.jsonl")])
def test_without_a_language_model_there_is_nothing_to_check(sample_archive: Path, command: tuple[str, ...]) -> None:
    result = run(*command, "--nli", "some-model", "--archive", sample_archive)
    assert result.exit_code == Exit.BAD_INPUT
    assert "--llm" in result.stderr
