"""Looks through an archive's vector index in a process of its own, which damaged files may end without harm.

That process prints a line for each fault. Every vector is compared with the archive's; what waits
in the outbox is left aside, since the index need not have it yet.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ingest.archive import Archive
from ingest.building import folders
from ingest.chroma_server import chroma_server
from ingest.embed import Vectors
from ingest.errors import IngestError
from ingest.vectors import VectorIndex

_BATCH = 2000
_SHOWN = 3
_ASKED = 20


def faults_of_vectors(folder: Path) -> tuple[str, ...]:
    """What is wrong with the vector index of the archive in the folder; empty where all is well."""
    home = Path(__file__).parent.parent
    code = f"import sys; sys.path.insert(0, {str(home)!r}); from ingest.probe import main; main()"
    command = [sys.executable, "-c", code, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
    if done.returncode < 0:
        return (f"its files end the program that loads them (signal {-done.returncode})",)
    if done.returncode:
        return (f"it does not load ({(done.stderr.strip().splitlines() or ['no reason given'])[-1]})",)
    return tuple(done.stdout.splitlines())


def main() -> None:
    """Prints the faults of the index of the archive in the folder that the first argument names."""
    with Archive.open(Path(sys.argv[1]), embedder=None) as archive:
        try:
            for fault in _faults(archive):
                sys.stdout.write(" ".join(fault.split()) + "\n")
        except IngestError as error:
            sys.stdout.write(" ".join(str(error).split()) + "\n")


def _faults(archive: Archive) -> Iterator[str]:
    index = VectorIndex(folders(archive)["chroma"], server=chroma_server(archive.stamps()["id"]))
    waiting = dict(archive.pending(archive.pending_count()))
    wanted = [key for key in archive.passage_ids() if key not in waiting]
    missing, other = list[str](), list[str]()
    for first in range(0, len(wanted), _BATCH):
        ids = wanted[first : first + _BATCH]
        stored, held = archive.passages(ids), index.vectors(ids)
        missing += [key for key in ids if key not in held]
        other += [key for key in held if not _same(held[key], stored[key].vector)]
    if missing:
        yield f"{len(missing):,} passages have no vector in it ({', '.join(missing[:_SHOWN])} …)"
    if other:
        yield f"{len(other):,} passages have another vector in it ({', '.join(other[:_SHOWN])} …)"
    if not waiting and len(index) > len(wanted):
        yield f"it holds {len(index) - len(wanted):,} passages more than the archive"
    if not missing and not other and (lost := _not_found(archive, index, wanted)):
        yield f"{lost} of {min(_ASKED, len(wanted))} passages looked for are not found by their own vectors"
    index.close()


def _not_found(archive: Archive, index: VectorIndex, ids: list[str]) -> int:
    """How many of some passages are not the nearest to themselves, or as near as any."""
    asked = ids[:: max(1, len(ids) // _ASKED)][:_ASKED]
    stored = archive.passages(asked)
    best = (next(iter(index.search(each.vector, 1).values()), -1.0) for each in stored.values())
    return sum(score < 0.999 for score in best)


def _same(one: Vectors, other: Vectors) -> bool:
    return one.shape == other.shape and bool(np.allclose(one, other, atol=1e-5))
