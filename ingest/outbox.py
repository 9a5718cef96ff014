"""What of an archive its derived indexes have yet to take in, and which are in use. Notes only; see `ingest.index`.

What vectors of removed transcripts may still lie in the vector index's files is noted here too.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest import rows
from ingest.database import Database
from ingest.errors import StorageError


class Outbox(Database):
    """The part of an archive that its indexes read and write."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._copy: TemporaryDirectory[str] | None = None
        self._copying = threading.Lock()

    @property
    def home(self) -> Path:
        """The folder that the indexes are in; on a disk that nobody may write, a copy that is deleted with `close`.

        Both indexes want to write while they are read. Raises StorageError when there is no room for a copy.
        """
        if not self.frozen:
            return self.path.parent
        with self._copying:
            if self._copy is None:
                self._copy = self._copied()
            return Path(self._copy.name)

    def _copied(self) -> TemporaryDirectory[str]:
        copy, folder = TemporaryDirectory(prefix="onrecord-"), self.path.parent
        try:
            for name in self.index_names() or ("words", "chroma"):
                if (folder / name).exists():
                    shutil.copytree(folder / name, Path(copy.name) / name)
        except (OSError, shutil.Error) as error:
            copy.cleanup()
            raise StorageError(
                f"The indexes of the archive in {folder}, which may not be written, could not be copied to "
                f"{copy.name}: {error}. Set TMPDIR to a folder with room for them."
            ) from error
        return copy

    def close(self) -> None:
        """Lets go of the files."""
        super().close()
        if self._copy is not None:
            self._copy.cleanup()
            self._copy = None

    def pending(self, limit: int) -> tuple[tuple[str, bool], ...]:
        """Up to `limit` changes that the indexes have yet to take in: (passage id, whether it is removed)."""
        found = self.db.execute("SELECT passage_id, removed FROM pending LIMIT ?", (limit,))
        return tuple((row[0], bool(row[1])) for row in found)

    def pending_count(self) -> int:
        """How many changes wait."""
        return int(self.db.execute("SELECT count(*) FROM pending").fetchone()[0])

    def index_names(self) -> tuple[str, ...]:
        """The folders of the indexes in use, as `ingest.building` names them; none before it named any."""
        row = self.db.execute("SELECT value FROM meta WHERE key = 'indexes'").fetchone()
        return tuple(row[0].split()) if row else ()

    def use_indexes(self, folders: Iterable[Path], *, settled: bool) -> None:
        """Names the folders of the indexes in use, which readers go over to; `settled` when nothing waits for them."""
        with self.writing() as db:
            names = " ".join(folder.name for folder in folders)
            db.execute("INSERT OR REPLACE INTO meta VALUES ('indexes', ?)", (names,))
            if settled:
                db.execute("DELETE FROM pending")
            rows.next_generation(db)

    def settle(self, changes: Iterable[tuple[str, bool]]) -> None:
        """Strikes out changes that the indexes have taken in, unless they were changed again since."""
        with self.writing() as db:
            db.executemany("DELETE FROM pending WHERE passage_id = ? AND removed = ?", changes)

    def dead_vectors(self) -> int:
        """How many vectors of removed transcripts may still lie in the vector index's files."""
        row = self.db.execute("SELECT value FROM meta WHERE key = 'dead_vectors'").fetchone()
        return int(row[0]) if row else 0

    def note_dead_vectors(self, count: int) -> None:
        """Notes how many there are now."""
        with self.writing() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES ('dead_vectors', ?)", (str(count),))
