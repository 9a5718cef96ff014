"""What stands before the page, from outside in: headers, guard, who it is, how much. Only put together here."""

from __future__ import annotations

import gradio as gr
from fastapi import FastAPI
from starlette.requests import Request

from ui.accounts import SCOPE_KEY, Accounts, Person, Role
from ui.guard import Guard
from ui.headers import SecurityHeaders
from ui.limits import Limits, key_of
from ui.login import Everybody, Login
from ui.serving import Serving


def shut(outer: FastAPI, page: gr.Blocks, serving: Serving, host: str) -> None:
    """Puts the doors before an application. Raises OpenDoorError, UsersFileError."""
    serving.check(host)

    def waiting(key: str) -> int:
        return sum(key_of(each.request.scope) == key for each in page._queue.event_ids_to_events.values())

    outer.add_middleware(Limits, serving=serving, host=host, waiting=waiting)
    if serving.users:
        outer.add_middleware(Login, accounts=Accounts(serving.users), prefix=serving.prefix)
    else:
        role = Role.READER if serving.reached_by_others(host) else Role.EDITOR
        outer.add_middleware(Everybody, role=role)
    outer.add_middleware(Guard, serving=serving, host=host)
    outer.add_middleware(SecurityHeaders)


def name_of(request: Request) -> str | None:
    """Who is behind a request, for Gradio."""
    person = request.scope.get(SCOPE_KEY)
    return person.name if isinstance(person, Person) else None
