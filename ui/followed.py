"""Long work in a thread of its own, followed step by step from a generator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

from ingest.errors import IngestError
from ingest.sync import Progress
from rag.errors import RagError
from ui.escape import plain

T = TypeVar("T")
Tell = Callable[[Progress], None]
_STAGES = {"read": "Reading", "embed": "Preparing", "index": "Indexing", "ask": "Asking"}
BROKEN = "Something went wrong on our side, and the terminal that runs this page says what."


@dataclass(frozen=True, slots=True)
class Ended(Generic[T]):
    """How the work ended: with what it gave, or with a sentence that says what was wrong."""

    given: T | None
    problem: str = ""


def followed(work: Callable[[Tell], T]) -> Iterator[Progress | Ended[T]]:
    """Each step that the work tells, then how it ended. The work goes on to its end also where nobody follows."""
    told: SimpleQueue[Progress | Ended[T]] = SimpleQueue()

    def run() -> None:
        ended: Ended[T] = Ended(None, BROKEN)
        try:
            ended = Ended(work(told.put))
        except (IngestError, RagError, OSError) as error:
            ended = Ended(None, str(error))
        finally:
            told.put(ended)

    Thread(target=run, name="followed", daemon=True).start()
    while isinstance(news := told.get(), Progress):
        yield news
    yield news


def progress_bar(news: Progress) -> str:
    """A step as HTML: what is done, how far it is, with which file or question."""
    stage = _STAGES.get(news.stage, news.stage)
    most = max(news.total, news.done, 1)
    return (
        f"<p><label>{plain(stage)} {news.done:,} of {news.total:,} "
        f'<progress max="{most}" value="{news.done}"></progress></label> {plain(news.detail)}</p>'
    )


def problem(sentence: str) -> str:
    """What was wrong, as HTML."""
    return f'<p class="problem" dir="auto">{plain(sentence)}</p>'
