"""Sidecars: small YAML files that state what the transcripts beside them do not.

`bridge.srt.meta.yaml` and `bridge.meta.yaml` are about `bridge.srt`, in this order; `meta.yaml` is about all files of
its folder and of the folders below. They hold keys and values as front matter does, and are no transcripts themselves.
Folders are looked at up to the top, wherever ingesting began, so that a file has the same facts each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.errors import Malformed
from ingest.formats.document import Metadata
from ingest.formats.facts import is_fact
from ingest.formats.keyed_yaml import Keyed, Place, read_keyed
from ingest.formats.source import is_file, read_bytes
from ingest.languages import is_plain_tag
from ingest.metadata import KEYS, BadFact, read_stated
from ingest.text import decode

_ENDINGS = (".meta.yaml", ".meta.yml")
_OF_FOLDERS = ("meta.yaml", "meta.yml")
_LARGEST = 100_000
_REMEDY = "Mend the sidecar; the files that it is about are left out until then."
_PLACE = Place("YAML", _REMEDY)


def is_sidecar(path: Path) -> bool:
    """Whether the file is a sidecar by its name."""
    name = path.name.lower()
    return name.endswith(_ENDINGS) or name in _OF_FOLDERS


class Sidecars:
    """The sidecars met in one run, each read once. `used` are those that were about a file asked for."""

    def __init__(self) -> None:
        self.used: set[Path] = set()
        self._folders: dict[Path, Metadata] = {}

    def facts(self, path: Path) -> Metadata:
        """What the sidecars of the file state, of two the nearer one's word.

        Raises Malformed, with the sidecar's path and line, when one is broken or has a key or a value that will not do;
        and TranscriptError as reading any file does.
        """
        path, facts = path.absolute(), Metadata()
        for name in _names(path):
            for ending in _ENDINGS:
                facts = facts.or_else(self._stated(path.with_name(name + ending), "sidecar {0.name}"))
        return facts.or_else(self._of_folder(path.parent))

    def _of_folder(self, folder: Path) -> Metadata:
        if folder not in self._folders:
            facts = Metadata()
            for name in _OF_FOLDERS:
                facts = facts.or_else(self._stated(folder / name, "sidecar {0.parent.name}/{0.name}"))
            above = self._of_folder(folder.parent) if folder.parent != folder else Metadata()
            self._folders[folder] = facts.or_else(above)
        return self._folders[folder]

    def _stated(self, path: Path, origin: str) -> Metadata:
        if not is_file(path):
            return Metadata()
        self.used.add(path)
        return _read(path).told_by(origin.format(path))


def _names(path: Path) -> Iterator[str]:
    """The names a sidecar may give the file: whole, without its ending, and without ".gz" or ".en" before that."""
    yield path.name
    yield path.stem
    inner = Path(path.stem)
    if inner.suffix and (path.suffix.lower() == ".gz" or is_plain_tag(inner.suffix[1:])):
        yield inner.stem


def _read(path: Path) -> Metadata:
    data = read_bytes(path, max_bytes=_LARGEST)
    text = decode(data, path) if data.strip() else ""
    if not any(line.strip() and not line.lstrip().startswith("#") for line in text.split("\n")):
        return Metadata()
    facts = Metadata()
    for keyed in read_keyed(text, path, _PLACE):
        facts = facts.or_else(_fact(keyed, path))
    return facts


def _fact(keyed: Keyed, path: Path) -> Metadata:
    key, value, line = keyed
    if not is_fact(key):
        known = f"The keys are: {', '.join(KEYS)}, duration."
        raise Malformed(path, f"has the key {key[:40]!r}, which is none we know.", f"{known} {_REMEDY}", line)
    if value is None:
        raise Malformed(path, f"has a list or more keys under {key!r} where a value belongs.", _REMEDY, line)
    try:
        return read_stated(key, value)
    except BadFact as error:
        raise Malformed(path, f"has a value that will not do: {error}", _REMEDY, line) from error
