"""What the browser calls to learn why an answer was made from these passages."""

from __future__ import annotations

from collections.abc import Callable

from ingest.errors import IngestError
from rag.errors import RagError
from ui.desk import Desk
from ui.heard import said_in
from ui.narrowing import read_filters
from ui.why import SHOWN, why

_MOST_HISTORY = 50


def explaining(desk: Desk) -> Callable[[object], dict[str, str]]:
    """The function for {"question", "history", "filters"}; it gives {"html"} or {"problem"}."""

    def explain(told: object = None) -> dict[str, str]:
        said = said_in(told)
        before = said.get("history")
        listed = before[-_MOST_HISTORY:] if isinstance(before, list) else []
        history = [each for each in listed if isinstance(each, str)]
        try:
            filters = read_filters(said.get("filters"))
            found = desk.engine.explain(str(said.get("question") or ""), SHOWN, history, filters=filters)
        except (IngestError, RagError) as error:
            return {"problem": str(error)}
        return {"html": why(found)} if found.hits else {"problem": "Nothing was found for this question."}

    return explain
