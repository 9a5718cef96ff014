"""The users file: written whole, read strictly, followed when it changes. Passwords are kept as hashes only."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.ui.served import PASSWORD, users_file
from ui.accounts import Account, Accounts, Role, checked_name, may_edit, read_users, seen_by_others, write_users
from ui.errors import OpenDoorError, UsersFileError
from ui.passwords import hashed, is_hash, matches
from ui.serving import Serving, is_loopback


def test_a_password_is_known_again_and_no_other() -> None:
    kept = hashed(PASSWORD)
    assert PASSWORD not in kept
    assert is_hash(kept)
    assert matches(PASSWORD, kept)
    assert not matches(PASSWORD + " ", kept)
    assert hashed(PASSWORD) != kept


@pytest.mark.parametrize(
    "kept", ["", "secret", "scrypt$2$8$1$AAAA$AAAA", "scrypt$32768$8$3$AAAA$!!!!", "scrypt$32768$8$3$AAAA$AAAA"]
)
def test_what_is_no_hash_of_ours_is_told(kept: str) -> None:
    assert not is_hash(kept)


def test_what_is_written_is_read_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = users_file(tmp_path)
    assert [(each.name, each.role) for each in read_users(path)] == [("ada", Role.EDITOR), ("ben", Role.READER)]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not seen_by_others(path)
    path.chmod(0o640)
    assert seen_by_others(path)
    assert [each.name for each in tmp_path.iterdir()] == ["users"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("nonsense", 'not "name:role:hash"'),
        ("eve:admin:HASH", "'admin' is no role. Write reader or editor."),
        ("eve:reader:letmein", "no password hash of ours"),
        (":reader:HASH", 'not "name:role:hash"'),
        ("e v e:reader:HASH", 'not "name:role:hash"'),
        ("ada:reader:HASH", "ada is there twice"),
    ],
)
def test_a_line_that_does_not_read_is_named(tmp_path: Path, line: str, told: str) -> None:
    path = users_file(tmp_path)
    kept = read_users(path)[0].password
    path.write_text(f"# who may ask\nada:editor:{kept}\n\n{line.replace('HASH', kept)}\n")
    with pytest.raises(UsersFileError, match="users, line 4: ") as raised:
        Accounts(path)
    assert told in str(raised.value)


def test_a_missing_file_and_one_that_is_no_text_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsersFileError, match=r"cannot be read: No such file.*onrecord users add"):
        Accounts(tmp_path / "users")
    (tmp_path / "users").write_bytes(b"\xff\xfe")
    with pytest.raises(UsersFileError, match="not UTF-8"):
        Accounts(tmp_path / "users")


def test_a_file_that_changes_is_followed(tmp_path: Path) -> None:
    path = users_file(tmp_path)
    accounts = Accounts(path)
    ada = accounts.get("ada")
    assert ada is not None
    write_users(path, [Account("cyd", Role.READER, ada.password)])
    assert accounts.get("ada") is None
    assert accounts.get("cyd") is not None


@pytest.mark.parametrize("name", ["", "a:b", "a\nb", "x" * 65, "a b"])
def test_a_name_that_could_not_stand_in_the_file_is_refused(name: str) -> None:
    with pytest.raises(UsersFileError, match="no user name"):
        checked_name(name)


def test_nobody_may_edit_without_a_request() -> None:
    assert not may_edit(None)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "news.example", ""])
def test_others_are_let_in_only_when_it_is_said_whom(host: str, tmp_path: Path) -> None:
    with pytest.raises(OpenDoorError, match=r"--auth USERS_FILE.*--no-auth"):
        Serving().check(host)
    Serving(open_to_all=True).check(host)
    Serving(users=tmp_path).check(host)
    with pytest.raises(OpenDoorError, match="contradict"):
        Serving(users=tmp_path, open_to_all=True).check(host)


def test_a_proxy_lets_others_in_too() -> None:
    Serving().check("127.0.0.1")
    with pytest.raises(OpenDoorError, match="Behind a proxy"):
        Serving(root_path="/archive").check("127.0.0.1")
    assert Serving(root_path="archive/").prefix == "/archive"
    assert Serving(root_path="/").prefix == ""


@pytest.mark.parametrize(("host", "loopback"), [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True),
    ("[::1]", True), ("LOCALHOST", True), ("page.localhost", True), ("localhost.evil.example", False),
    ("0.0.0.0", False), ("10.0.0.1", False), ("127.0.0.1.evil.example", False)])  # fmt: skip
def test_which_hosts_are_this_machine_only(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback
    assert Serving().limit(host) == (0 if loopback else 120)
