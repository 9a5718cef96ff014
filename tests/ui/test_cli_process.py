"""The command as a process of its own: what it loads, how it stops, and what a full disk does to it."""

from __future__ import annotations

import json
import re
import resource
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingest.archive import Archive
from ui.cli import app

ROOT = Path(__file__).parent.parent.parent
COMMAND = [sys.executable, "-m", "ui.cli"]
HEAVY = {"torch", "transformers", "sentence_transformers", "chromadb", "gradio", "langchain_core"}
FILES = 100
A_WHILE_S = 120


def started(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)], cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def loaded_by(*arguments: object) -> set[str]:
    """The top-level modules in memory after the command has run."""
    code = (
        "import json, sys\nfrom ui.cli import app\n"
        "try: app(sys.argv[1:])\nexcept SystemExit: pass\n"
        "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder of files that take a while to ingest."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(FILES):
        said = " ".join(f"In district {number} the council voted on item {item}." for item in range(40))
        (folder / f"{number:04}.txt").write_text(f"02:00\nCouncil {number}\n{said}\n")
    return folder


def test_help_loads_nothing_heavy() -> None:
    assert not loaded_by("--help") & (HEAVY | {"numpy", "pydantic"})


def test_list_loads_no_model_and_no_vectors(sample_archive: Path) -> None:
    assert not loaded_by("list", "--archive", sample_archive) & HEAVY


def test_a_question_loads_no_training_library_and_no_page(sample_archive: Path) -> None:
    loaded = loaded_by("ask", "How did the FCC vote?", "--archive", sample_archive)
    assert not loaded & {"sentence_transformers", "transformers", "gradio"}


def test_the_installed_command_tells_its_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    command = [str(Path(sys.executable).with_name("onrecord")), "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"onrecord {project['version']}\n"


def test_ctrl_c_stops_with_130_and_the_same_command_goes_on(many: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    process = started("ingest", many, "--archive", archive)
    wait_until_some_are_in(archive, process)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=A_WHILE_S)
    assert process.returncode == 130, err
    assert err.startswith("Stopped.")
    assert err.count("\n") == 1
    kept = count(archive)
    assert 0 < kept < FILES

    again = CliRunner().invoke(app, ["ingest", str(many), "--archive", str(archive)])
    assert (again.exit_code, again.stderr) == (0, "")
    assert again.stdout == f"{FILES - kept} added, {kept} unchanged.\n"
    assert count(archive) == FILES


def count(archive: Path) -> int:
    with Archive.open(archive) as store:
        return len(store.entries())


def wait_until_some_are_in(archive: Path, process: subprocess.Popen[str]) -> None:
    while process.poll() is None:
        if (archive / "archive.sqlite3").exists() and archive_has_rows(archive):
            return
        time.sleep(0.05)
    pytest.fail(f"it ended by itself: {process.communicate()}")


def archive_has_rows(archive: Path) -> bool:
    with Archive.open(archive, create=True) as store:
        return bool(store.places())


def test_a_disk_that_is_full_is_exit_3_and_loses_nothing(many: Path, tmp_path: Path) -> None:
    """A limit on the size of any file written stands for the full disk: the system refuses the same way."""
    archive = tmp_path / "archive"
    done = subprocess.run(
        [*COMMAND, "ingest", str(many), "--archive", str(archive)],
        cwd=ROOT, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)),
    )  # fmt: skip
    assert done.returncode == 3, done
    assert "Traceback" not in done.stderr
    assert str(archive) in done.stderr
    again = CliRunner().invoke(app, ["ingest", str(many), "--archive", str(archive)])
    assert again.exit_code == 0
    assert count(archive) == FILES


def test_chat_tells_where_it_is_and_stops_on_ctrl_c(sample_archive: Path) -> None:
    process = started("chat", "--archive", sample_archive, "--port", free_port())
    assert process.stdout
    found = None
    while not found:
        line = process.stdout.readline()
        assert line, process.communicate()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
    with urllib.request.urlopen(found.group(), timeout=A_WHILE_S) as page:
        assert page.status == 200
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=A_WHILE_S)
    assert process.returncode in {0, 130}
    assert "Traceback" not in err


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_a_port_that_is_taken_is_exit_2(sample_archive: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        process = started("chat", "--archive", sample_archive, "--port", port)
        _, err = process.communicate(timeout=A_WHILE_S)
    assert process.returncode == 2
    assert str(port) in err
    assert "--port" in err
    assert "Traceback" not in err
