"""The README is true: its Python runs, its commands run, its settings and files exist."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.chroma_server import CERTIFICATES, TOKEN, VARIABLE
from ingest.samples import questions_path
from rag.config import Settings
from rag.evaluate import evaluate
from ui.exits import Exit

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
SHELL = [line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines() if line]
MAKE = sorted(set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE)))


@pytest.fixture(scope="module")
def measured(sample_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three questions and the results of two runs of them."""
    folder = tmp_path_factory.mktemp("measured")
    (folder / "questions.jsonl").write_text("\n".join(questions_path().read_text().splitlines()[:3]))
    evaluate(folder / "questions.jsonl", sample_archive, out=folder / "results-before")
    shutil.copytree(folder / "results-before", folder / "results")
    return folder


@pytest.fixture
def home(tmp_path: Path, sample_archive: Path, measured: Path) -> Path:
    """A newcomer's folder: two transcripts of their own, test questions, and the samples in their archive."""
    shutil.copytree(measured, tmp_path, dirs_exist_ok=True)
    mine = tmp_path / "transcripts"
    mine.mkdir()
    (mine / "council.txt").write_text('01:00\nThe council met.\nANNA BELL, MAYOR "The bridge opens in May."\n')
    (tmp_path / "interview.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:04.000\n<v Jo Day>The harbour is full.\n")
    subprocess.run(["cp", "-r", str(sample_archive), str(tmp_path / "archive")], check=True)
    return tmp_path


def environment(home: Path) -> dict[str, str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "HOME": str(home), "ONRECORD_ARCHIVE": str(home / "archive"), "PATH": path}


@pytest.mark.parametrize("code", PYTHON, ids=lambda code: code.splitlines()[0])
def test_its_python_runs(code: str, home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=home, env=environment(home), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("line", [line for line in SHELL if " chat" not in line])
def test_its_commands_run(line: str, home: Path) -> None:
    words = [word.replace("~", str(home)) for word in shlex.split(line)]
    done = subprocess.run(words, cwd=home, env=environment(home), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_there_is_something_to_run() -> None:
    assert len(PYTHON) >= 3
    assert len(SHELL) >= 5


@pytest.mark.parametrize("target", MAKE)
def test_its_make_targets_exist(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


def test_its_settings_exist() -> None:
    named = set(re.findall(r"ONRECORD_[A-Z_]+", README))
    known = {f"ONRECORD_{name.upper()}" for name in Settings.model_fields} | {VARIABLE, TOKEN, CERTIFICATES}
    assert named <= known


def test_its_exit_codes_are_the_commands() -> None:
    assert "4 the transcripts do not answer" in README
    assert Exit.NO_ANSWER.value == 4


def test_its_picture_is_there() -> None:
    for picture in re.findall(r"!\[.*?\]\((.*?)\)", README, re.DOTALL):
        assert (ROOT / picture).stat().st_size > 10_000
