"""Other answerers over the same archive, for readers who choose their own. In memory only, shared by equal choices."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from pydantic import ValidationError

from rag.engine import Engine
from rag.errors import AnswererError
from ui.desk import Desk

MOST = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """Who answers: `llm` "provider:model" at `url`, or nobody but quotes, at most `quotes` of them."""

    quotes: int
    llm: str = ""
    url: str = ""


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
        changes = {"quotes": choice.quotes, "llm": choice.llm or None, "llm_url": choice.url or None}
        if choice.llm:
            from rag.chat_models import load

            load(choice.llm, url=choice.url or None, timeout_s=engine.settings.llm_timeout_s)
        try:
            settings = type(engine.settings).model_validate({**engine.settings.model_dump(), **changes})
        except ValidationError as error:
            raise AnswererError(f"This cannot be: {error.errors()[0]['msg']}.") from error
        return Desk(Engine(folder, settings=settings), folder)
