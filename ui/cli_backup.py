"""`onrecord backup` and `onrecord restore`: a copy of an archive in one file, and back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ui.exits import reported
from ui.given import settings_for
from ui.options import ArchiveFolder, Quiet

BACKUP_EXAMPLES = ("onrecord backup news-2024-05-01.onrecord", "onrecord backup --quiet /mnt/safe/news.onrecord")
RESTORE_EXAMPLES = ("onrecord restore news-2024-05-01.onrecord", "onrecord restore --yes --archive copy news.onrecord")

BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help="The backup's file.", dir_okay=False)]


def backup(file: BackupFile, archive: ArchiveFolder = None, quiet: Quiet = False) -> None:
    """Copy the archive into one file, also while it is in use.

    A file that is there already is replaced once the copy is complete.
    """
    with reported():
        from ingest.backup import backup as copy
        from ui.console import note
        from ui.progress import busy

        with busy("Copying…", quiet):
            copied = copy(settings_for(archive).archive, file)
        note(f"Copied {copied.transcripts:,} transcripts to {copied.path}.", quiet)


def restore(
    file: BackupFile,
    archive: ArchiveFolder = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before an archive is replaced.")] = False,
    quiet: Quiet = False,
) -> None:
    """Put a backup in the archive's place, also while it is in use; the old one answers meanwhile."""
    with reported():
        from ingest.archive import FILE
        from ingest.backup import restore as put_back
        from ui.console import note
        from ui.progress import busy

        folder = settings_for(archive).archive
        if (folder / FILE).exists() and not yes and not _confirmed(f"Replace the archive in {folder}?"):
            return
        with busy("Putting it back…", quiet):
            copied = put_back(folder, file)
        note(f"The archive in {copied.path} has {copied.transcripts:,} transcripts again.", quiet)


def _confirmed(question: str) -> bool:
    if not sys.stdin.isatty():
        raise typer.BadParameter("there is nobody to ask here.", param_hint="--yes")
    return typer.confirm(question)
