"""A folder of results: run.json says what was run, results.jsonl has a record a line, summary.json the measures.

Records are written as they come, so a run that is stopped goes on where it was. One run at a time writes to a folder.
What in it is not of a run of ours is never written over and never thrown away.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Any, BinaryIO

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from rag.errors import ResultsError
from rag.evaluate.atomic import replacing
from rag.evaluate.estimate import Summary
from rag.evaluate.own_texts import OwnTexts
from rag.evaluate.record import Record, Variant, from_line, to_line

REPORT, TREC_RUN, QRELS, RAGAS = "report.html", "run.trec", "qrels.trec", "ragas.jsonl"
_RUN, _RESULTS, _SUMMARY, _LOCK = "run.json", "results.jsonl", "summary.json", ".lock"
_MADE = (_RESULTS, _SUMMARY, REPORT, TREC_RUN, QRELS, RAGAS)
_ELSEWHERE = "Nothing was touched: choose another --out, or move it away."
_ABOUT: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, Any])
_SUMMARIES: TypeAdapter[Summary] = TypeAdapter(Summary)


class Store:
    """One folder of results, there or to be. `texts` is the archive in it of a question set that brings its own."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder).expanduser()
        self.texts = OwnTexts(self.folder)

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

    def spare(self, source: Path) -> None:
        """Sees that `source` is nothing that a run writes or throws away here. Raises ResultsError."""
        path, here = source.expanduser().resolve(), self.folder.resolve()
        if path in {here / name for name in (*_MADE, _RUN)} or path.is_relative_to(self.texts.folder.resolve()):
            raise ResultsError(path, f"would be replaced by the results in {self.folder}. Choose another --out.")

    def clear(self) -> None:
        """Throws away what an earlier run left here, and nothing else.

        Raises ResultsError, with nothing touched, where what lies here under the names of results is not a run's.
        """
        self._run_here()
        self.texts.clear()
        for name in (*_MADE, _RUN):
            (self.folder / name).unlink(missing_ok=True)

    def earlier(self, intent: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The description of the run that is here, None where there is none; `intent` is of a fingerprint.

        Raises ResultsError where what is here is of another run, or of something else.
        """
        earlier = self._run_here()
        if earlier and (changed := _changed(earlier["fingerprint"], intent)):
            raise ResultsError(
                self.folder,
                f"holds the results of another run (changed: {', '.join(changed)}). "
                "Choose another --out to keep both, or pass --fresh to replace them.",
            )
        return earlier

    def begin(self, about: Mapping[str, Any]) -> Mapping[str, Any]:
        """The run's description, as it first began. Raises ResultsError as `earlier` does."""
        earlier = self.earlier(about["fingerprint"])
        if earlier is None:
            self.describe(about)
        return earlier or about

    def _run_here(self) -> Mapping[str, Any] | None:
        self.texts.check()
        if not (self.folder / _RUN).exists():
            if strange := [name for name in _MADE if os.path.lexists(self.folder / name)]:
                raise ResultsError(self.folder, f"holds {strange[0]} but no {_RUN} of the run it is of. {_ELSEWHERE}")
            return None
        earlier = self.about()
        if not isinstance(earlier.get("fingerprint"), dict):
            raise ResultsError(self.folder, f"{_RUN} is not of a test of answers: it has no fingerprint. {_ELSEWHERE}")
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
            raise ResultsError(self.folder, f"{_RUN} is damaged ({error.errors()[0]['msg']}). {_ELSEWHERE}") from error

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
    def appending(self) -> Iterator[FileIO]:
        """The results file, to `append` to."""
        with (self.folder / _RESULTS).open("ab", buffering=0) as file:
            yield file

    def append(self, file: FileIO, record: Record) -> None:
        """Adds a record; it is with the system when this returns, so killing this process does not lose it.

        Raises ResultsError when the disk does not take it.
        """
        left = memoryview(to_line(record).encode() + b"\n")
        try:
            while left:
                left = left[file.write(left) :]
        except OSError as error:
            what = f"cannot be written: {error.strerror or error}. What was asked before is kept"
            raise ResultsError(self.folder / _RESULTS, f"{what}: mend this, and the same command goes on.") from error

    def records(self) -> Iterator[Record]:
        """Every record, in the order asked, but for a last line that is not whole: its question is still being asked.

        Raises ResultsError for any other line that does not read.
        """
        path, number = self.folder / _RESULTS, 0
        try:
            with path.open("rb") as file:
                for number, line in enumerate(file, 1):  # noqa: B007
                    if line.endswith(b"\n"):
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
