"""One page over a real archive of samples for all tests of a module: serving and opening it takes seconds each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rag import Engine
from ui.app import running


@contextmanager
def desk_over(archive: Path, folder: Path) -> Iterator[str]:
    """Serves a copy of the archive that can be changed; gives its address."""
    copied = Path(shutil.copytree(archive, folder / "archive"))
    with Engine(copied) as engine, running(engine, port=0, archive=copied) as address:
        yield address
