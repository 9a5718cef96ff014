"""What a person sees while waiting: a bar for counted work, a spinner for the rest.

On stderr, and only where that is a terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING

from ui.console import clean, errors

if TYPE_CHECKING:
    from ingest import Progress

_STAGES = {"read": "Reading", "embed": "Embedding", "index": "Indexing", "ask": "Asking"}


@contextmanager
def bar(quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """Gives the function to tell how far it is; each stage gets a bar of its own."""
    from rich import progress as rich

    columns = (
        rich.TextColumn("{task.description:<10}", markup=False),
        rich.BarColumn(),
        rich.MofNCompleteColumn(),
        rich.TimeRemainingColumn(),
        rich.TextColumn("{task.fields[detail]}", markup=False),
    )
    tasks: dict[str, rich.TaskID] = {}
    hidden = quiet or not errors.is_terminal
    with rich.Progress(*columns, console=errors, transient=True, disable=hidden) as shown:

        def tell(told: Progress) -> None:
            if told.stage not in tasks:
                tasks[told.stage] = shown.add_task(_STAGES.get(told.stage, told.stage), detail="")
            shown.update(tasks[told.stage], completed=told.done, total=told.total, detail=clean(told.detail))

        yield tell


def busy(what: str, quiet: bool) -> AbstractContextManager[object]:
    """Shows what is going on until the block ends."""
    return nullcontext() if quiet or not errors.is_terminal else errors.status(what)
