"""Seals on an index's files: whether they are as the last writer left them, told before anything opens them.

Damaged files of a vector index can end the program that loads them, without a word, so they are looked at from outside.
A seal has the size, time and hash of each file; where size and time are as they were, nothing is read. It does not
know what is in the files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path

_SEAL, _OPEN = "seal.json", "being-written"

OWN = frozenset((_SEAL, _OPEN))
"""The files in a folder that are seals themselves."""

Sealed = Mapping[str, tuple[int, int, str]]


class Seal(Enum):
    """What the files are: as they were sealed; left by a writer that was cut off, or never sealed; or meddled with."""

    WHOLE = "whole"
    DOUBTFUL = "doubtful"
    BROKEN = "broken"


def begin(folder: Path) -> None:
    """Notes that the files are going to change."""
    (folder / _OPEN).touch()


def seal(folder: Path, files: Iterable[Path]) -> None:
    """Notes the files as they are now, with no writer at work on them."""
    known = _read(folder)
    found = {_name(folder, path): _state(folder, path, known) for path in files}
    fresh = folder / f"{_SEAL}.new"
    fresh.write_text(json.dumps(found))
    fresh.replace(folder / _SEAL)
    (folder / _OPEN).unlink(missing_ok=True)


def inspect(folder: Path, files: Iterable[Path]) -> Seal:
    """Whether the files are those that were sealed, neither more nor fewer, with nothing in them changed."""
    known, found = _read(folder), {_name(folder, path): path for path in files}
    unchanged = (_state(folder, path, known) == known[name] or _same(path, known[name]) for name, path in found.items())
    if (folder / _SEAL).exists() and known.keys() == found.keys() and all(unchanged):
        return Seal.WHOLE
    written = (folder / _OPEN).exists() or not (folder / _SEAL).exists()
    return Seal.DOUBTFUL if written else Seal.BROKEN


def _same(path: Path, known: tuple[int, int, str]) -> bool:
    return path.stat().st_size == known[0] and _hash(path) == known[2]


def _state(folder: Path, path: Path, known: Sealed) -> tuple[int, int, str]:
    """Size, time and hash; the hash as it is known where size and time are."""
    now = path.stat()
    size, changed, digest = known.get(_name(folder, path), (-1, -1, ""))
    same = (size, changed) == (now.st_size, now.st_mtime_ns)
    return now.st_size, now.st_mtime_ns, digest if same else _hash(path)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()[:32]


def _name(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _read(folder: Path) -> Sealed:
    try:
        found = json.loads((folder / _SEAL).read_text())
        return {str(name): (int(size), int(changed), str(digest)) for name, (size, changed, digest) in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
