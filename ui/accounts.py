"""Who may ask, and who may also change the archive: a users file, and the person behind a request.

The file has a line "name:role:hash" for each user. It is read again when it has changed, so that a user taken out is
out at once. Logging in is `ui.login`; the hash is `ui.passwords`.
"""

from __future__ import annotations

import os
import re
import stat
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.requests import Request

from ui.errors import UsersFileError
from ui.passwords import is_hash

if TYPE_CHECKING:
    import gradio as gr

SCOPE_KEY = "onrecord.person"
_NAME = re.compile(r"[\w.@+-]{1,64}")


class Role(StrEnum):
    """What a person may do: readers ask and read, editors also put transcripts in and take them out."""

    READER = "reader"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class Account:
    """A line of the users file."""

    name: str
    role: Role
    password: str


@dataclass(frozen=True, slots=True)
class Person:
    """Who is behind a request; the name is None where nobody logs in."""

    name: str | None
    role: Role


class Accounts:
    """The users of a file, as the file is now. Raises UsersFileError when it cannot be read or does not read."""

    def __init__(self, path: Path) -> None:
        self._path, self._lock = path, threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._accounts: dict[str, Account] = {}
        self.get("")

    def get(self, name: str) -> Account | None:
        """The user of that name, if there is one."""
        with self._lock:
            try:
                now = self._path.stat()
            except OSError as error:
                raise _unreadable(self._path, error) from error
            seen = (now.st_mtime_ns, now.st_size, now.st_ino)
            if seen != self._seen:
                self._accounts = {account.name: account for account in read_users(self._path)}
                self._seen = seen
            return self._accounts.get(name)


def read_users(path: Path) -> tuple[Account, ...]:
    """The users in a file, in its order. Raises UsersFileError with the line that does not read."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, error) from error
    accounts: dict[str, Account] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        account = _account(path, number, line)
        if account.name in accounts:
            raise UsersFileError(f"{path}, line {number}: {account.name} is there twice. Take one of the lines out.")
        accounts[account.name] = account
    return tuple(accounts.values())


def write_users(path: Path, accounts: Iterable[Account]) -> None:
    """Writes the file anew, all or nothing, readable by its owner only. Raises UsersFileError."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    text = "".join(f"{each.name}:{each.role}:{each.password}\n" for each in accounts)
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise UsersFileError(f"{path} cannot be written: {error.strerror}.") from error


def seen_by_others(path: Path) -> bool:
    """Whether other users of this machine can read the file."""
    return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def checked_name(name: str) -> str:
    """The name, if it can stand in a users file. Raises UsersFileError."""
    if not _NAME.fullmatch(name):
        raise UsersFileError(f"{name!r} is no user name. Use up to 64 letters, digits and . @ + - _")
    return name


def may_edit(request: gr.Request | Request | None) -> bool:
    """Whether who is behind the request may change the archive; no, for a request that came by no door of ours.

    Gradio gives its own requests to events and Starlette's to functions of components.
    """
    inner = request if isinstance(request, Request) else getattr(request, "request", None)
    person = inner.scope.get(SCOPE_KEY) if isinstance(inner, Request) else None
    return isinstance(person, Person) and person.role is Role.EDITOR


def _account(path: Path, number: int, line: str) -> Account:
    name, _, rest = line.strip().partition(":")
    role, _, password = rest.partition(":")
    where = f"{path}, line {number}"
    if not _NAME.fullmatch(name) or not password:
        raise UsersFileError(f'{where}: not "name:role:hash". Make lines with: onrecord users add')
    if role not in {*Role}:
        raise UsersFileError(f"{where}: {role!r} is no role. Write {' or '.join(Role)}.")
    if not is_hash(password):
        raise UsersFileError(f"{where}: no password hash of ours. Make the line with: onrecord users add {name}")
    return Account(name, Role(role), password)


def _unreadable(path: Path, error: OSError | UnicodeDecodeError) -> UsersFileError:
    why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
    return UsersFileError(f"{path} cannot be read: {why}. Make a users file with: onrecord users add NAME {path}")
