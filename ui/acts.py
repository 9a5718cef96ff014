"""What a reader can do with a conversation besides asking. One function each, chosen from `ACTS` by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ingest.errors import IngestError
from ui import feedback, stored
from ui.desk import Desk
from ui.export import File, export
from ui.session import Session

Told = Mapping[str, Any]
NOWHERE = "This page has no folder to keep it in."
THANKS = "Kept in {path}, a question set that onrecord eval reads."


@dataclass(frozen=True, slots=True)
class Done:
    """What to tell the reader of it, a file to save, and whether all exchanges are to be sent anew."""

    said: str = ""
    problem: str = ""
    file: File | None = None
    anew: bool = False


def clear(desk: Desk, session: Session, told: Told) -> Done:
    """Begins a new conversation."""
    session.clear()
    return Done(anew=True)


def restore(desk: Desk, session: Session, told: Told) -> Done:
    """Goes on with a conversation that the browser has kept."""
    session.begin_with(stored.load(told.get("exchanges"), desk.engine))
    return Done(anew=True)


def send(desk: Desk, session: Session, told: Told) -> Done:
    """Sends all exchanges anew."""
    return Done(anew=True)


def save(desk: Desk, session: Session, told: Told) -> Done:
    """Gives the conversation as a file."""
    try:
        return Done(file=export(session.conversation, str(told.get("kind"))))
    except KeyError:
        return Done(problem="A conversation is saved as markdown or json.")


def judge(desk: Desk, session: Session, told: Told) -> Done:
    """Keeps what the reader thinks of an answer."""
    if desk.folder is None:
        return Done(problem=NOWHERE)
    at, right = told.get("at"), told.get("right") is True
    try:
        comment = str(told.get("comment") or "")
        record = feedback.line(session.conversation, _place(at), right, comment, desk.engine.entries())
        path = feedback.append(record, desk.folder)
    except (IndexError, ValueError):
        return Done(problem="There is no such answer any more. Reload the page.")
    except IngestError as error:
        return Done(problem=str(error))
    session.conversation = session.conversation.judging(_place(at), right)
    return Done(said=THANKS.format(path=path), anew=True)


def _place(at: object) -> int:
    """The number of an exchange, from 0. Raises ValueError for what is none."""
    if not isinstance(at, int) or at < 0:
        raise ValueError(at)
    return at


ACTS: Mapping[str, Callable[[Desk, Session, Told], Done]] = {
    "clear": clear,
    "restore": restore,
    "send": send,
    "save": save,
    "judge": judge,
}
