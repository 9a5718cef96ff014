"""The report: one HTML file that a newsroom can read, print and pass on. It fetches nothing.

Everything from a question set, a transcript or a model is text here, never markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rag.evaluate.atomic import replacing
from rag.evaluate.estimate import ALL, Summary
from rag.evaluate.record import Record
from rag.evaluate.report import page
from rag.evaluate.report.asked import Asked, asked, only
from rag.evaluate.report.figures import figures
from rag.evaluate.report.head import head
from rag.evaluate.report.survey import Survey, survey
from rag.evaluate.report.templates import page_template

__all__ = ["write_report"]

_BUFFERED = 64


def write_report(
    path: Path, summary: Summary, records: Callable[[], Iterator[Record]], about: Mapping[str, object]
) -> None:
    """Writes report.html. `records` gives all records anew each time it is called; `about` is run.json's content.

    At most SHOWN questions are shown, failures first; how many are left out is said. Raises ResultsError when the file
    cannot be written; then an earlier one is still there, whole.
    """
    found = survey(asked(records()))

    def shown(numbers: Sequence[int]) -> Iterator[Asked]:
        return only(asked(records()), numbers)

    stream = page_template().stream(
        about=about,
        head=head(about),
        failing=shown(found.failing),
        passing=shown(found.passing),
        **_numbers(summary, found),
    )
    stream.enable_buffering(_BUFFERED)
    with replacing(path) as file:
        file.writelines(stream)


def _numbers(summary: Summary, found: Survey) -> dict[str, Any]:
    """What the page tells before its questions."""
    return {
        "summary": summary,
        "survey": found,
        "shown_numbers": frozenset((*found.failing, *found.passing)),
        "tiles": page.lines(summary.groups[ALL], page.TILES),
        "figures": figures(summary, found),
        "table": page.table(summary.groups[ALL]),
        "kinds": page.kinds(summary),
        "known_kinds": frozenset(summary.kinds),
        "follow_ups": page.follow_ups(summary),
    }
