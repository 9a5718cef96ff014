"""`onrecord watch`: folders kept an eye on; and what is told of files that are in twice or have moved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.exits import reported
from ui.given import settings_for
from ui.options import ArchiveFolder, Quiet

if TYPE_CHECKING:
    from ingest import IngestReport

EXAMPLES = ("onrecord watch incoming/", "onrecord watch --prune --settle 10 incoming/ corrections/")


def watch(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER", help="Folders.", exists=True, file_okay=False)],
    archive: ArchiveFolder = None,
    prune: Annotated[bool, typer.Option("--prune", help="Take out transcripts whose file is gone.")] = False,
    settle: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.1, help="How long a file must have stayed the same to be read.")
    ] = 2.0,
    quiet: Quiet = False,
) -> None:
    """Put transcripts into the archive as they appear or change in folders, until Ctrl-C.

    What is asked in the meantime, in other windows too, is answered from what is in.
    """
    with reported():
        from ingest.embed import bulk_embedder
        from ingest.watch import watch as keep_watching
        from ui.console import note
        from ui.printing import show_report

        def tell(report: IngestReport) -> None:
            show_report(report, quiet)
            show_elsewhere(report, quiet)

        settings = settings_for(archive)
        note(f"Watching {', '.join(map(str, folders))}. Ctrl-C ends it.", quiet)
        keep_watching(
            folders, settings.archive, bulk_embedder(settings.embedder), prune=prune, settle_s=settle, told=tell
        )


def show_elsewhere(report: IngestReport, quiet: bool) -> None:
    """Files that are in the archive already, from another place."""
    from ui.console import note

    for moved in report.moved:
        note(f"{moved.place}: moved from {moved.before}.", quiet)
    for duplicate in report.duplicates:
        note(f"{duplicate.place}: the same as {duplicate.same_as}, which is in already.", quiet)
