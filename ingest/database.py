"""An SQLite file in use: a connection for each thread, transactions that nest, errors a person can act on.

It knows no tables but `meta`, which has the layout the file is in; what each layout holds is in `ingest.schema`.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import ArchiveDamaged, StorageError
from ingest.schema import SCHEMA_VERSION, migrate


class Database:
    """The file, opened when it is first asked. Safe to read from several threads, to write from one process at a time.

    `layout` is the layout it is known to be in.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.layout = SCHEMA_VERSION
        self.frozen = is_frozen(path)
        self._found = self._state()
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []

    @property
    def db(self) -> sqlite3.Connection:
        """This thread's connection. Raises StorageError where a file that nobody was to write has been written."""
        if self.frozen and self._state() != self._found:
            raise StorageError(f"{self.path} was changed from elsewhere while it was being read. Start again.")
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            where = f"{self.path.as_uri()}?immutable=1" if self.frozen else str(self.path)
            connection = sqlite3.connect(
                where, timeout=30, isolation_level=None, check_same_thread=False, uri=self.frozen
            )
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            self._local.connection = connection
            self._connections.append(connection)
        return connection

    def _state(self) -> tuple[int, int]:
        """What changes with the file; nothing of one that may be written, where SQLite itself keeps watch."""
        if not self.frozen:
            return 0, 0
        now = self.path.stat()
        return now.st_size, now.st_mtime_ns

    def close(self) -> None:
        """Lets go of the file, in every thread."""
        while self._connections:
            self._connections.pop().close()
        self._local = threading.local()

    def scrub(self) -> None:
        """Leaves nothing of what was deleted in the file beside the database, as far as nobody is reading there.

        In the database itself SQLite writes zeros over it.
        """
        self.db.execute("PRAGMA busy_timeout = 500")
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self.db.execute("PRAGMA busy_timeout = 30000")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing. Within another it is part of that one.

        An older layout is brought up to date first. Raises StorageError when the disk is full or may not be written.
        """
        db = self.db
        nested = db.in_transaction
        if nested:
            yield db
            return
        try:
            db.execute("BEGIN IMMEDIATE")
            if self.layout != SCHEMA_VERSION:
                migrate(db)
            yield db
            db.execute("COMMIT")
            self.layout = SCHEMA_VERSION
        except sqlite3.OperationalError as error:
            raise StorageError(
                f"The archive in {self.path.parent} could not be written: {error}. Nothing was lost."
            ) from error
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Says what is the matter with a file that does not read. Raises StorageError, ArchiveDamaged."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise StorageError(f"{self.path} cannot be read: {error}. {_why(self.path.parent)}") from error
        except sqlite3.DatabaseError as error:
            raise ArchiveDamaged(
                f"{self.path} does not read as an archive ({error}). Restore it from a copy, or move it away "
                "and ingest the files again."
            ) from error


def is_frozen(path: Path) -> bool:
    """Whether the database is on a disk that nobody may write, and can be read there: all of it is in the one file."""
    if not path.exists() or not hasattr(os, "statvfs"):
        return False
    log = path.with_name(f"{path.name}-wal")
    read_only = bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    return read_only and not (log.exists() and log.stat().st_size)


def _why(folder: Path) -> str:
    if os.access(folder, os.W_OK):
        return (
            "Is the disk full? On a network drive, which may have no locks, an archive cannot be kept: "
            "move it to a disk of this machine."
        )
    return (
        "The folder may not be written, which takes part in reading: SQLite keeps its log there. Get leave to write "
        f"there, or copy it and ask the copy: cp -r '{folder}' COPY; onrecord ask --archive COPY …"
    )
