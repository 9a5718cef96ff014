"""`onrecord users` makes the file that `onrecord chat --auth` reads; chat opens no door that nobody asked for."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ui.accounts import Accounts, Role
from ui.cli import app
from ui.passwords import matches


def run(*arguments: object, typed: str = "") -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)], input=typed, prog_name="onrecord")


def test_a_user_is_added_changed_listed_and_removed(tmp_path: Path) -> None:
    path = tmp_path / "users"
    assert (
        run("users", "add", "ada", path, "--role", "editor", typed="correct horse\n").stdout == "Added ada, editor.\n"
    )
    assert run("users", "add", "ben", path, typed="battery staple\n").stdout == "Added ben, reader.\n"
    assert run("users", "list", path).stdout == "ada\teditor\nben\treader\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "horse" not in path.read_text()
    assert run("users", "add", "ada", path, typed="another password\n").stdout == "Changed ada, reader.\n"
    ada = Accounts(path).get("ada")
    assert ada is not None
    assert ada.role is Role.READER
    assert matches("another password", ada.password)
    assert run("users", "remove", "ada", path).stdout == "Removed ada.\n"
    assert run("users", "list", path).stdout == "ben\treader\n"


@pytest.mark.parametrize(
    ("arguments", "typed", "told"),
    [
        (("add", "ada", "FILE"), "short\n", "a password has 10 to 1024 bytes"),
        (("add", "ada", "FILE"), "", "a password has 10 to 1024 bytes"),
        (("add", "ada", "FILE", "--role", "chief"), "correct horse\n", "'chief' is no role. Choose reader or editor."),
        (("add", "a:b", "FILE"), "correct horse\n", "'a:b' is no user name"),
        (("add", "ada", "FILE/in/none"), "correct horse\n", "cannot be written"),
        (("remove", "eve", "FILE"), "", "cannot be read"),
        (("list", "FILE"), "", "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_told(tmp_path: Path, arguments: tuple[str, ...], typed: str, told: str) -> None:
    result = run("users", *(each.replace("FILE", str(tmp_path / "users")) for each in arguments), typed=typed)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.replace("│", " ").split())


def test_a_file_that_others_can_read_is_warned_about(tmp_path: Path) -> None:
    path = tmp_path / "users"
    run("users", "add", "ada", path, typed="correct horse\n")
    path.chmod(0o644)
    assert "chmod 600" in run("users", "list", path).stderr


@pytest.mark.parametrize("given", [("--host", "0.0.0.0"), ("--host", "::"), ("--root-path", "/archive")])
def test_chat_lets_nobody_else_in_unless_told_whom(tmp_path: Path, given: tuple[str, ...]) -> None:
    result = run("chat", "--archive", tmp_path / "archive", *given)
    assert result.exit_code == 2
    assert "--auth USERS_FILE" in result.stderr
    assert "--no-auth" in result.stderr


def test_chat_reads_the_users_file_before_all_else(tmp_path: Path) -> None:
    (tmp_path / "users").write_text("eve:chief:x\n")
    result = run("chat", "--archive", tmp_path / "archive", "--auth", tmp_path / "users")
    assert result.exit_code == 2
    assert "users, line 1: 'chief' is no role. Write reader or editor." in result.stderr
