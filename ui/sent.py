"""Files that a browser or a program has uploaded, to be put in: which are taken, and that none of them stays behind.

Uploads lie in Gradio's upload folder until they are asked for. What is put in is kept elsewhere (`ui.uploads`).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from gradio.utils import get_upload_folder

from ingest.formats import SUFFIXES
from ingest.formats.bulk import SUFFIXES as BULK
from ui.errors import UiError

TAKEN = frozenset({*SUFFIXES, *BULK, ".zip", ".gz"})
Uploaded = Mapping[str, object]


class NotTaken(UiError):
    """What was sent to be put in is not taken; the message says why."""


@contextmanager
def taken(files: Sequence[Uploaded], most: int) -> Iterator[list[Path]]:
    """Where the uploads lie; they are gone once the block is left, and also when they are not taken.

    Raises NotTaken for none, for more than `most`, for a place that is no upload and a type that is not read.
    """
    places = [_place(each) for each in files]
    try:
        if not 1 <= len(places) <= most:
            raise NotTaken(f"Send 1 to {most} files at once, not {len(places)}.")
        yield [_checked(place) for place in places]
    finally:
        for place in filter(None, places):
            shutil.rmtree(place.parent, ignore_errors=True)


def _place(file: Uploaded) -> Path | None:
    path = Path(str(file.get("path"))).resolve()
    return path if path.parent.parent == Path(get_upload_folder()).resolve() and path.is_file() else None


def _checked(place: Path | None) -> Path:
    if place is None:
        raise NotTaken("Upload the files first; gradio_client's handle_file does it.")
    if not TAKEN & {ending.lower() for ending in place.suffixes[-2:]}:
        types = ", ".join(sorted(TAKEN))
        raise NotTaken(f"{place.name}: no type of transcript that is read here. Send one of {types}.")
    return place
