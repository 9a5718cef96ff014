"""One writer at a time, across processes. The lock is the operating system's and goes when its process does."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.errors import ArchiveLocked, StorageError

WAIT_S = 20.0


_NO_LOCKS = frozenset((errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP))


@contextmanager
def write_lock(folder: Path, wait_s: float = WAIT_S) -> Iterator[None]:
    """Holds the archive's write lock, taken again freely by the holder.

    Raises ArchiveLocked when another process has held it for `wait_s` seconds, StorageError when the folder may not be
    written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "write.lock", is_singleton=True)
        lock.acquire(timeout=wait_s)
    except Timeout as error:
        raise ArchiveLocked(
            f"Another process is writing to the archive in {folder}. Wait until it is done, or stop it, and try again."
        ) from error
    except (OSError, NotImplementedError) as error:
        raise refused(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def refused(folder: Path, error: OSError | NotImplementedError) -> StorageError:
    """What to tell of a folder in which the lock could not be taken; NotImplementedError is filelock's for no locks."""
    if isinstance(error, OSError) and error.errno not in _NO_LOCKS:
        return StorageError(f"The archive in {folder} may not be written: {error.strerror or error}.")
    return StorageError(
        f"The archive in {folder} is on a drive that has no locks, as some network drives are. Two programs that wrote "
        "at once would ruin it there: move it to a disk of this machine."
    )
