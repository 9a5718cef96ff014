"""What must hold when anything at all is read: a sound transcript comes out, or a TranscriptError, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.containers import is_archive
from ingest.errors import TranscriptError
from ingest.formats import Format
from ingest.formats.assemble import assemble
from ingest.formats.document import NOTHING, Document
from ingest.many import Source, columns_in, entries, records
from ingest.outcomes import Failure, Skipped
from ingest.passages import split
from ingest.transcript import Transcript
from tests.ingest.sound import assert_sound, outcome


def read_whole(data: bytes, name: str) -> Transcript | TranscriptError:
    """Reads the bytes as a file of that name, and cuts passages from what comes out."""
    found = outcome(data, name)
    assert_sound(found, name)
    if isinstance(found, Transcript):
        assert all(found.text[each.char_start : each.char_end] == each.text for each in split(found))
    return found


def read_as(form: Format, text: str, name: str) -> Transcript | TranscriptError | None:
    """Reads the text with one parser, whether or not it looks like its format; None where it is passed on."""
    found: Transcript | TranscriptError
    try:
        read = form.parse(text, Path(name), NOTHING)
        if not isinstance(read, Document):
            return None
        found = assemble(read, path=Path(name), identity="x", form=form.name)
    except TranscriptError as error:
        found = error
    assert_sound(found, name)
    return found


def read_many(data: bytes, name: str, folder: Path) -> list[Transcript | TranscriptError]:
    """Reads the bytes as a file of many transcripts, if that is what it looks like: what comes of each of them."""
    path = folder / name
    path.write_bytes(data)
    try:
        columns = columns_in(path, {})
        found = entries(path, {}) if is_archive(path) else records(path, {}) if columns else ()
        return [read for each in found for read in _read_source(each)]
    except TranscriptError as error:
        assert_sound(error, str(path))
        return [error]
    finally:
        path.unlink()


def _read_source(found: Source | Failure | Skipped) -> Iterator[Transcript | TranscriptError]:
    if isinstance(found, Failure):
        assert found.error.cause
        yield found.error
    elif isinstance(found, Source):
        try:
            read = found.parse(NOTHING)
        except TranscriptError as error:
            yield error
        else:
            assert_sound(read, found.place)
            yield read
