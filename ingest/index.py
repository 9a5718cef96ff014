"""The derived indexes, words and vectors, kept in step with the archive; whatever is amiss with them heals from it.

A change is struck from the archive's outbox only after both indexes hold it durably, so a kill at any moment leaves
work to repeat, never work lost. An index that is missing, foreign, damaged or of the wrong size is built again, beside
the one in use (`ingest.building`): readers go over to the new one when it is complete.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from pathlib import Path

from ingest import seals, vectors, words
from ingest.archive import Archive
from ingest.building import KINDS, Told, build, discard, document, folders, left_over, matrix, spare, stamped
from ingest.chroma_server import chroma_server
from ingest.errors import ArchiveLocked, ArchiveMismatch, IndexDamaged, StorageError
from ingest.lock import write_lock
from ingest.probe import faults_of_vectors
from ingest.vectors import VectorIndex
from ingest.words import WordIndex

FEW_VECTORS, MOST_DEAD = 10_000, 0.05
"""So many vectors are indexed in about seven seconds; of more, building again waits for a twentieth to be dead."""
_BATCH = 2000
_LASTING = {"words": words.lasting, "chroma": vectors.lasting}


class Index:
    """Both indexes of an archive. Open it through `open_index`, which sees that they agree with the archive.

    `words` and `vectors` stay the same objects for as long as it is open.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._server = chroma_server(archive.stamps()["id"])
        self._model = archive.stamps()["embedder"]
        self._sound, self._touched, self._gone = True, False, 0
        self.generation = archive.generation()
        self._folders = folders(archive)
        try:
            self.words = WordIndex(self._folders["words"])
            self.vectors = VectorIndex(self._folders["chroma"], lambda: folders(archive)["chroma"], self._server)
        except OSError as error:
            raise StorageError(f"The search indexes in {self._archive.folder} could not be opened: {error}.") from error

    def agrees(self) -> bool:
        """Whether both indexes are this archive's, hold as many passages, and nothing waits."""
        return not self._amiss() and not self._archive.pending(1)

    def refresh(self) -> None:
        """Sees what another process has written since.

        Raises ArchiveMismatch when the archive was converted to another model in the meantime.
        """
        generation = self._archive.generation()
        if self.generation != generation:
            self._expect_the_same_model()
            self._reload()
            self.generation = generation

    def catch_up(self, progress: Callable[[int], None] = lambda done: None) -> None:
        """Takes in what waits in the outbox; `progress` is told the number of passages taken in."""
        done = 0
        while changes := self._archive.pending(_BATCH):
            self._apply([key for key, removed in changes if removed], [key for key, removed in changes if not removed])
            self._archive.settle(changes)
            progress(done := done + len(changes))
        self.generation = self._archive.generation()

    def rebuild(self, kinds: Collection[str] = KINDS, told: Told = lambda done: None) -> None:
        """Builds these indexes from the archive as it is, beside those in use, then puts them in their place.

        Within a transaction of the archive's, that is when the transaction ends: then call `settle_in`.
        """
        targets = {kind: spare(self._archive, kind) for kind in kinds}
        for kind in kinds:
            if targets[kind] == self._folders[kind] and kind == "chroma":
                self.vectors.close()
            discard(targets[kind])
        build(self._archive, targets, self._server, told)
        for kind, folder in targets.items():
            seals.seal(folder, _LASTING[kind](folder))
        self._archive.use_indexes({**self._folders, **targets}.values(), settled=set(kinds) == set(KINDS))
        if "chroma" in kinds and self._archive.dead_vectors():
            self._archive.note_dead_vectors(0)
        if not self._archive.db.in_transaction:
            self.settle_in()

    def erase(self, few: int = FEW_VECTORS) -> None:
        """Leaves no trace of what was removed since this was opened: both indexes keep it until they are built again.

        Vectors of an archive of more than `few` passages stay until MOST_DEAD of them are of such; the archive notes
        how many they are.
        """
        dead = self._archive.dead_vectors() + self._gone
        self._gone = 0
        self._archive.note_dead_vectors(dead)
        self.rebuild(KINDS if is_due(dead, self._archive.passage_count(), few) else ("words",))

    def has_left_dead(self, few: int = FEW_VECTORS) -> bool:
        """Whether an `erase` that was due was cut off."""
        return is_due(self._archive.dead_vectors(), self._archive.passage_count(), few)

    def settle_in(self) -> None:
        """Goes over to the indexes that the archive names now, and deletes those that it names no longer."""
        self._model = self._archive.stamps()["embedder"]
        self._reload()
        self.generation = self._archive.generation()
        self._sound = True
        for kind in KINDS:
            left = spare(self._archive, kind)
            if left != self._folders[kind] and left.exists():
                discard(left, self._server if kind == "chroma" else None)

    def heal(self) -> None:
        """Makes the indexes agree with the archive with as little work as that takes."""
        amiss = {kind for kind in KINDS if not stamped(self._archive, self._folders[kind])}
        if amiss:
            self.rebuild([kind for kind in KINDS if kind in amiss])
        self.catch_up()
        if amiss := self._amiss():
            self.rebuild([kind for kind in KINDS if kind in amiss])
        self._seal()

    def close(self) -> None:
        """Lets go of the folders; what was written is sealed."""
        if self._touched and self._sound:
            self._seal()
        self.vectors.close()

    def _seal(self) -> None:
        for kind, folder in self._folders.items():
            try:
                seals.seal(folder, _LASTING[kind](folder))
            except OSError:
                continue  # A disk too full for it leaves the index to be looked through at the next opening.
        self._touched = False

    def _amiss(self) -> set[str]:
        """The indexes that are not the archive's or hold more or fewer passages than it has."""
        count = self._archive.passage_count()
        sizes = {"words": len(self.words), "chroma": len(self.vectors)}
        return {kind for kind in KINDS if sizes[kind] != count or not stamped(self._archive, self._folders[kind])}

    def _reload(self) -> None:
        self._folders = folders(self._archive)
        self.words.reload(self._folders["words"])
        self.vectors.reload()

    def _expect_the_same_model(self) -> None:
        before, now = self._model, self._archive.stamps()["embedder"]
        if before != now:
            raise ArchiveMismatch(
                f"The archive in {self._archive.folder} was converted to the embedding model {now!r} meanwhile; this "
                f"program was told to ask with {before!r}. Start it again with ONRECORD_EMBEDDER='{now}', or convert "
                f"the archive back: onrecord reindex --archive '{self._archive.folder}' --embedder '{before}'"
            )

    def _apply(self, removed: Sequence[str], added: Sequence[str]) -> None:
        stored = self._archive.passages(added)
        gone = [*removed, *(key for key in added if key not in stored)]
        self._begin()
        self.words.apply(gone, [document(each) for each in stored.values()])
        self.vectors.apply(gone, list(stored), matrix(list(stored.values())))
        self._gone += len(gone)
        self._sound = True

    def _begin(self) -> None:
        self._sound, self._touched = False, True
        try:
            for folder in self._folders.values():
                seals.begin(folder)
        except OSError as error:
            raise StorageError(
                f"The search indexes in {self._archive.folder} may not be written: {error.strerror or error}. "
                "The archive itself is unharmed."
            ) from error


def is_due(dead: int, passages: int, few: int = FEW_VECTORS) -> bool:
    """Whether the vector index is to be built again to be rid of dead vectors."""
    return dead > 0 and (passages <= few or dead >= MOST_DEAD * passages)


def open_index(archive: Archive) -> Index:
    """The archive's indexes, healed where they need it and nobody else is at work on them.

    Raises IndexDamaged where they are damaged in a folder that may not be written.
    """
    _see_that_they_load(archive)
    try:
        index = Index(archive)
    except IndexDamaged:
        with write_lock(archive.folder):
            for folder in folders(archive).values():
                discard(folder)
        index = Index(archive)
    if archive.frozen and not index.agrees():
        index.close()
        raise IndexDamaged(
            f"The search indexes of the archive in {archive.folder} do not hold what it holds, and where they are they "
            f"may not be written. Copy it and ask the copy: cp -r '{archive.folder}' COPY"
        )
    if not index.agrees():
        with suppress(ArchiveLocked), write_lock(archive.folder, wait_s=0):
            index.heal()
    if left_over(archive):
        with suppress(ArchiveLocked, StorageError), write_lock(archive.folder, wait_s=0):
            for folder in left_over(archive):
                discard(folder)
    return index


def state_of(archive: Archive, kind: str) -> seals.Seal:
    """What can be told of an index's files from outside."""
    folder = folders(archive)[kind]
    return seals.inspect(folder, _LASTING[kind](folder))


def _see_that_they_load(archive: Archive) -> None:
    """Throws away what could end the program that opens it."""
    doubtful = {kind for kind in KINDS if state_of(archive, kind) is not seals.Seal.WHOLE}
    if not doubtful or not any(folder.exists() for folder in folders(archive).values()):
        return
    try:
        with write_lock(archive.folder, wait_s=0):
            for kind in doubtful:
                _secure(archive, kind, folders(archive)[kind])
    except ArchiveLocked:
        return
    except StorageError as error:
        if seals.Seal.BROKEN in {state_of(archive, kind) for kind in doubtful}:
            raise IndexDamaged(
                f"The search indexes in {archive.folder} are damaged and cannot be mended here. {error}"
            ) from error


def _secure(archive: Archive, kind: str, folder: Path) -> None:
    state = state_of(archive, kind)
    if state is seals.Seal.DOUBTFUL and folder.exists() and _SOUND[kind](archive, folder):
        seals.seal(folder, _LASTING[kind](folder))
    elif state is not seals.Seal.WHOLE:
        discard(folder)


def _vectors_load(archive: Archive, folder: Path) -> bool:
    return not any(vectors.lasting(folder)) or not faults_of_vectors(archive.folder)


def _words_load(archive: Archive, folder: Path) -> bool:
    try:
        WordIndex(folder).sweep()
    except IndexDamaged:
        return False
    return True


_SOUND = {"words": _words_load, "chroma": _vectors_load}
