"""`onrecord doctor`: what is wrong with an archive, and mending it. What is typed, checked and passed on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ui.exits import Exit, reported
from ui.given import print_json, settings_for
from ui.options import ArchiveFolder, Json, Quiet

if TYPE_CHECKING:
    from ingest.doctor import Diagnosis

EXAMPLES = ("onrecord doctor", "onrecord doctor --mend", "onrecord doctor --json | jq '.faults[].what'")


def doctor(
    archive: ArchiveFolder = None,
    mend: Annotated[bool, typer.Option("--mend", help="Build again what is derived and damaged.")] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Look the whole archive through: database, texts, and both indexes against them.

    Where something is wrong, and stays so, the exit code is 3.
    """
    with reported():
        from ingest.doctor import examine
        from ui.progress import busy

        folder = settings_for(archive).archive
        with busy("Looking it through…", quiet or json):
            found = examine(folder, mend=mend)
        if json:
            print_json(found)
        else:
            _show(found, quiet)
        if not found.ok:
            raise typer.Exit(Exit.ARCHIVE)


def _show(found: Diagnosis, quiet: bool) -> None:
    from ui.console import complain, note

    for fault in found.mended:
        note(f"Mended: {fault.where}: {fault.what}", quiet)
    for fault in found.faults:
        complain(f"{fault.where}: {fault.what} {fault.remedy}")
    if found.ok:
        held = f"{found.transcripts:,} transcripts, {found.passages:,} passages"
        note(f"The archive in {found.folder} is sound: {held}, and both indexes agree with it.", quiet)
