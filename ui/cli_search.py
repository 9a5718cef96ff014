"""`onrecord search`: the passages that fit a question best, and why. What is typed, checked and passed on."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.exits import Exit, reported
from ui.given import given_filters, print_json, settings_for
from ui.options import ArchiveFolder, Json, Quiet, Reranker, Since, Sources, Speakers, Until

EXAMPLES = (
    'onrecord search "the vote in the FCC"',
    'onrecord search --explain "F-35 deliveries" --since 2022-03 --speaker "Jen Psaki"',
    "onrecord search --json \"Webb telescope\" | jq -r '.hits[].passage.text'",
)


def search(  # noqa: PLR0913, PLR0917
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="A question or words, in quotation marks.")],
    archive: ArchiveFolder = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many passages at most.")] = 10,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show what words, vectors, phrases and the reader gave to each passage.")
    ] = False,
    speakers: Speakers = None,
    since: Since = None,
    until: Until = None,
    sources: Sources = None,
    reranker: Reranker = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find the passages that fit a question best, best first. Nothing is answered.

    Where none is found the exit code is 4.
    """
    with reported():
        from rag.engine import Engine
        from ui.console import output
        from ui.printing_search import plain_search, show_search
        from ui.progress import busy

        settings, filters = settings_for(archive, reranker=reranker), given_filters(speakers, since, until, sources)
        with busy("Searching…", quiet or json), Engine(settings.archive, settings=settings) as engine:
            found = engine.explain(question, limit, filters=filters)
        if json:
            print_json(found if explain else plain_search(found))
        else:
            show_search(output(), found, explain=explain, quiet=quiet)
        if not found.hits:
            raise typer.Exit(Exit.NO_ANSWER)
