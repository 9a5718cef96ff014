"""Other answerers over the same archive, for readers who choose their own. In memory only, shared by equal choices."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from pydantic import ValidationError

from rag.config import Settings
from rag.engine import Engine
from rag.errors import AnswererError
from ui.desk import Desk

MOST = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """Who answers: `llm` "provider:model" at `url` with `key`, or nobody but quotes, at most `quotes` of them."""

    quotes: int
    llm: str = ""
    url: str = ""
    key: str = field(default="", repr=False)


@dataclass(slots=True)
class Answerers:
    """Desks by choice. Those chosen longest ago are let go, and close when the last tab that uses them does."""

    desk: Desk
    _made: OrderedDict[Choice, Desk] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, choice: Choice) -> Desk:
        """The desk that answers so. Raises AnswererError where it cannot be, ArchiveError as `Engine` does."""
        with self._lock:
            desk = self._made.pop(choice, None) or self._make(choice)
            self._made[choice] = desk
            if len(self._made) > MOST:
                self._made.popitem(last=False)
            return desk

    def _make(self, choice: Choice) -> Desk:
        engine, folder = self.desk.engine, self.desk.folder
        if not isinstance(engine, Engine) or folder is None:
            raise AnswererError("Nobody else can answer on this page.")
        from rag.chat_models import load

        changes = {"quotes": choice.quotes, "llm": choice.llm or None, "llm_url": choice.url or None}
        model = load(choice.llm, **_told(choice, engine.settings)) if choice.llm else None
        try:
            settings = type(engine.settings).model_validate(
                {**engine.settings.model_dump(exclude_unset=True), **changes}
            )
        except ValidationError as error:
            raise AnswererError(f"This cannot be: {error.errors()[0]['msg']}.") from error
        return Desk(Engine(folder, settings=settings, llm=model), folder)


def _told(choice: Choice, own: Settings) -> dict[str, Any]:
    """What the model is loaded with. This program's keys go nowhere but where it was told to send them."""
    elsewhere = bool(choice.url) and choice.url != own.llm_url
    return {
        "url": choice.url or None,
        "timeout_s": own.llm_timeout_s,
        "requests_per_minute": own.llm_requests_per_minute,
        "context": own.llm_context,
        "key": choice.key or ("" if elsewhere else None),
    }
