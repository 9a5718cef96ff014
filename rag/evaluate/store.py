"""A folder of results: run.json says what was run, results.jsonl has a record a line, summary.json the measures.

Records are written as they come, so a run that is stopped goes on where it was. One run at a time writes to a folder.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from rag.errors import ResultsError
from rag.evaluate.atomic import replacing
from rag.evaluate.estimate import Summary
from rag.evaluate.record import Record, Variant, from_line, to_line

_RUN, _RESULTS, _SUMMARY, _LOCK = "run.json", "results.jsonl", "summary.json", ".lock"
_OWN = (_RUN, _RESULTS, _SUMMARY, "report.html", "run.trec", "qrels.trec", "ragas.jsonl", "archive")
_ABOUT: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, Any])
_SUMMARIES: TypeAdapter[Summary] = TypeAdapter(Summary)


class Store:
    """One folder of results, there or to be."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder).expanduser()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keeps others from writing here. Raises ResultsError when it cannot be written to, or another run does."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.folder / _LOCK)
            lock.acquire(timeout=0)
        except Timeout as error:
            raise ResultsError(self.folder, "another run is writing here. Wait, or choose another --out.") from error
        except OSError as error:
            raise ResultsError(self.folder, f"no results can be written here ({error.strerror or error}).") from error
        try:
            yield
        finally:
            lock.release()

    def begin(self, about: Mapping[str, Any], *, fresh: bool) -> Mapping[str, Any]:
        """Sees that what is here is of the same run, or nothing; the run's description, as it first began.

        With `fresh`, earlier results are thrown away. Raises ResultsError when they are of another run.
        """
        if fresh:
            self._clear()
        if not (self.folder / _RUN).exists():
            if strange := [name for name in (_RESULTS, _SUMMARY) if (self.folder / name).exists()]:
                raise ResultsError(self.folder, f"holds {strange[0]} but no {_RUN}. Choose another --out or --fresh.")
            self.describe(about)
            return about
        earlier = self.about()
        if changed := _changed(earlier.get("fingerprint", {}), about["fingerprint"]):
            raise ResultsError(
                self.folder,
                f"holds the results of another run (changed: {', '.join(changed)}). "
                "Choose another --out to keep both, or pass --fresh to replace them.",
            )
        return earlier

    def describe(self, about: Mapping[str, Any]) -> None:
        """Writes run.json."""
        self._write(_RUN, json.dumps(about, indent=1, ensure_ascii=False) + "\n")

    def about(self) -> Mapping[str, Any]:
        """What run.json says. Raises ResultsError."""
        try:
            return _ABOUT.validate_json((self.folder / _RUN).read_bytes())
        except OSError as error:
            raise ResultsError(self.folder, f"holds no results: {_RUN} cannot be read ({error.strerror}).") from error
        except ValidationError as error:
            raise ResultsError(self.folder, f"{_RUN} is damaged ({error.errors()[0]['msg']}).") from error

    def keys(self) -> set[tuple[str, Variant]]:
        """The records that are there. A last line that was cut off is taken away, so that the next begins well."""
        path = self.folder / _RESULTS
        if not path.exists():
            return set()
        with path.open("r+b") as file:
            whole = _whole_lines(file)
            file.truncate(whole)
        return {record.key for record in self.records()}

    @contextmanager
    def appending(self) -> Iterator[BinaryIO]:
        """The results file, to `append` to."""
        with (self.folder / _RESULTS).open("ab") as file:
            yield file

    @staticmethod
    def append(file: BinaryIO, record: Record) -> None:
        """Adds a record; it is with the system when this returns, so killing this process does not lose it."""
        file.write(to_line(record).encode() + b"\n")
        file.flush()

    def records(self) -> Iterator[Record]:
        """Every record, in the order asked. Raises ResultsError for a line that does not read."""
        path, number = self.folder / _RESULTS, 0
        try:
            with path.open("rb") as file:
                for number, line in enumerate(file, 1):  # noqa: B007
                    yield from_line(line)
        except FileNotFoundError as error:
            raise ResultsError(path, "is not there: nothing was run here.") from error
        except ValidationError as error:
            what = f"line {number} is no record of this version ({error.errors()[0]['msg']})."
            raise ResultsError(path, f"{what} Run the test again with --fresh.") from error

    def conclude(self, summary: Summary) -> None:
        """Writes summary.json."""
        self._write(_SUMMARY, _SUMMARIES.dump_json(summary, indent=1).decode() + "\n")

    def _write(self, name: str, text: str) -> None:
        with replacing(self.folder / name) as file:
            file.write(text)

    def _clear(self) -> None:
        for name in _OWN:
            path = self.folder / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _whole_lines(file: BinaryIO) -> int:
    """The length up to the last complete line."""
    end = file.seek(0, os.SEEK_END)
    while end:
        start = max(0, end - 65536)
        file.seek(start)
        found = file.read(end - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0


def _changed(earlier: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    return [name.removesuffix("_sha256") for name in now if earlier.get(name) != now[name]]
