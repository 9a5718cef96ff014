"""The small model's server where it cannot run: one line that says what to do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from rag import llm_server


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The server's file by itself, in a Python that sees no installed package."""
    command = [sys.executable, "-I", "-S", str(Path(llm_server.__file__)), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_what_is_missing_is_told_in_one_line() -> None:
    done = run()
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "The small language model is not installed. Run: make llm\n"


def test_help_tells_the_address_and_the_port() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert "127.0.0.1" not in done.stderr
    assert "this machine only" in done.stdout
    assert "8089" in done.stdout


def test_a_port_that_is_no_number_is_refused() -> None:
    done = run("--port", "high")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
