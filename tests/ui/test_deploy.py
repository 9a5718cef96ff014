"""The container file and the systemd unit, as far as they can be tested without an engine: what they name is there."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from configparser import ConfigParser
from pathlib import Path

import pytest
import typer

from ui.cli import app
from ui.health import PATH

ROOT = Path(__file__).parent.parent.parent
CONTAINER, UNIT = ROOT / "ui" / "deploy" / "Containerfile", ROOT / "ui" / "deploy" / "onrecord.service"


def steps() -> list[tuple[str, str]]:
    """The instructions of the container file."""
    joined = CONTAINER.read_text().replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
    return [(name, " ".join(rest.split())) for name, _, rest in (line.partition(" ") for line in lines)]


def unit() -> list[tuple[str, str]]:
    """The settings of the service, in order; some are given more than once."""
    lines = [line for line in UNIT.read_text().splitlines() if "=" in line and not line.startswith("#")]
    return [(name, value) for name, _, value in (line.partition("=") for line in lines)]


def understood(arguments: list[str]) -> dict[str, object]:
    """The options of `onrecord chat` as the command itself reads them."""
    group = typer.main.get_command(app)
    assert arguments[0] == "chat"
    command = group.get_command(typer.Context(group), "chat")  # type: ignore[attr-defined]
    context = command.make_context("chat", arguments[1:])
    return dict(context.params)


def test_what_is_copied_is_there_and_is_all_that_is_packaged() -> None:
    copied = [name for step, rest in steps() if step == "COPY" for name in rest.split()[:-1]]
    assert all((ROOT / name).exists() for name in copied)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert {each.partition(".")[0] for each in project["tool"]["setuptools"]["packages"]["find"]["include"]} <= {
        *copied
    }
    assert {project["project"]["readme"], *project["project"]["license-files"]} <= {*copied}


def test_it_installs_as_the_makefile_does() -> None:
    pip = re.search(r"^PIP := \$\(BIN\)/(.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert pip is not None
    ran = next(rest for step, rest in steps() if step == "RUN").replace(" --no-cache-dir", "").split(" && ")
    assert ran[0] == f"{pip[1]} torch"
    assert ran[1] == f'{pip[1]} ".[mcp]"'
    assert "mcp" in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]


def test_its_python_is_one_we_are_tested_with() -> None:
    image = next(rest for step, rest in steps() if step == "FROM")
    assert re.fullmatch(r"docker\.io/library/python:3\.1[12]-slim", image)


def test_it_runs_as_nobody_special_and_demands_a_login() -> None:
    assert dict(steps())["USER"] == "onrecord"
    given = understood(json.loads(dict(steps())["CMD"]))
    assert (given["host"], given["no_auth"], given["auth"]) == ("0.0.0.0", False, Path("/data/users"))
    assert dict(steps())["EXPOSE"] == str(given["port"])
    check = json.loads(dict(steps())["HEALTHCHECK"].partition("CMD ")[2])
    compile(check[2], "check", "exec")
    assert f":{given['port']}{PATH}'" in check[2]


def test_the_units_command_is_one_that_we_understand() -> None:
    program, *arguments = shlex.split(dict(unit())["ExecStart"])
    assert program == "/opt/onrecord/.venv/bin/onrecord"
    given = understood(arguments)
    assert (given["host"], given["root_path"], given["auth"]) == ("127.0.0.1", "/", Path("%d/users"))
    assert dict(unit())["LoadCredential"] == "users:/etc/onrecord/users"
    assert ("Environment", "ONRECORD_ARCHIVE=%S/onrecord/archive") in unit()


def test_the_unit_stops_as_a_person_would() -> None:
    from ui.exits import Exit

    assert dict(unit())["KillSignal"] == "SIGINT"
    assert dict(unit())["SuccessExitStatus"] == str(Exit.INTERRUPTED.value)


def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze here")
    copied = tmp_path / "onrecord.service"
    program = shlex.split(dict(unit())["ExecStart"])[0]
    copied.write_text(UNIT.read_text().replace(program, sys.executable))
    done = subprocess.run(["systemd-analyze", "verify", str(copied)], capture_output=True, text=True, check=False)
    assert "onrecord.service" not in done.stderr, done.stderr
    ConfigParser(strict=False, interpolation=None).read_string(copied.read_text())
