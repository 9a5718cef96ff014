"""`onrecord users`: the file of those who may sign in to the page. What is typed, checked and passed on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ui.exits import reported
from ui.options import examples

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help="The users file.")]
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The user's name.")]
_MOST = 2_000

users = typer.Typer(no_args_is_help=True, help="Keep the file of those who may sign in to the page.")


@users.command(
    epilog=examples(
        "onrecord users add --role editor ada /etc/onrecord/users",
        "pass show onrecord/ada | onrecord users add ada /etc/onrecord/users",
    )
)
def add(
    name: NameArgument,
    file: FileArgument,
    role: Annotated[
        str, typer.Option(metavar="ROLE", help="reader: asks; editor: also puts in and removes.")
    ] = "reader",
) -> None:
    """Add a user, or give one another password and role. The password is asked, or read from stdin."""
    with reported():
        from ui.accounts import Account, Role, checked_name, read_users, write_users
        from ui.console import note
        from ui.passwords import hashed

        if role not in {*Role}:
            raise typer.BadParameter(f"{role!r} is no role. Choose {' or '.join(Role)}.", param_hint="--role")
        account = Account(checked_name(name), Role(role), hashed(_password()))
        before = {each.name: each for each in read_users(file)} if file.exists() else {}
        write_users(file, {**before, name: account}.values())
        note(f"{'Changed' if name in before else 'Added'} {name}, {role}.", quiet=False)


@users.command(epilog=examples("onrecord users remove ada /etc/onrecord/users"))
def remove(name: NameArgument, file: FileArgument) -> None:
    """Take a user out. Who is signed in under that name is out at once."""
    with reported():
        from ui.accounts import read_users, write_users
        from ui.console import note

        before = read_users(file)
        if name not in {each.name for each in before}:
            raise typer.BadParameter(f"{file} has no user {name}.", param_hint="NAME")
        write_users(file, [each for each in before if each.name != name])
        note(f"Removed {name}.", quiet=False)


@users.command("list", epilog=examples("onrecord users list /etc/onrecord/users"))
def list_users(file: FileArgument) -> None:
    """List the users and their roles."""
    with reported():
        from ui.accounts import read_users, seen_by_others
        from ui.console import complain

        for each in read_users(file):
            typer.echo(f"{each.name}\t{each.role}")
        if seen_by_others(file):
            complain(f"Others on this machine can read {file}. Keep it to yourself: chmod 600 {file}")


def _password() -> str:
    """Asked twice at a terminal, else the first line of stdin. Raises typer.BadParameter for a short one."""
    from ui.passwords import LONGEST, SHORTEST

    if sys.stdin.isatty():
        given: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        given = sys.stdin.readline(_MOST).rstrip("\r\n")
    if not SHORTEST <= len(given.encode()) <= LONGEST:
        raise typer.BadParameter(f"a password has {SHORTEST} to {LONGEST} bytes.", param_hint="the password")
    return given
