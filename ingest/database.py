"""An SQLite file in use: a connection for each thread, transactions that nest, errors a person can act on.

It knows no tables but `meta`, which has the layout the file is in; what each layout holds is in `ingest.schema`.
"""

from __future__ import annotations

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
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []

    @property
    def db(self) -> sqlite3.Connection:
        """This thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self.path, timeout=30, isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            self._local.connection = connection
            self._connections.append(connection)
        return connection

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
            raise StorageError(
                f"{self.path} cannot be read: {error}. Is the disk full, or the folder not yours to use?"
            ) from error
        except sqlite3.DatabaseError as error:
            raise ArchiveDamaged(
                f"{self.path} does not read as an archive ({error}). Restore it from a copy, or move it away "
                "and ingest the files again."
            ) from error
