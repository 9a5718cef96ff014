"""The archive of a question set that brings its own texts. It lies in the folder of results, which it may be large for.

A mark in it says that it is ours, of which set, and whether it is whole. A folder of its name without the mark is
somebody else's: it is neither filled nor removed.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from ingest.errors import ArchiveMissing
from ingest.sync import Progress, add, open_any
from rag.errors import ResultsError
from rag.evaluate.about import code_sha256
from rag.evaluate.atomic import replacing
from rag.evaluate.cases import QuestionSet

_NAME, _MARK = "set-archive", ".of-a-question-set.json"
_WHOLE = "whole"


class OwnTexts:
    """The archive of a set's own texts in a folder of results, there or to be."""

    def __init__(self, results: Path) -> None:
        self.folder = results / _NAME
        self._mark = self.folder / _MARK

    def check(self) -> None:
        """Raises ResultsError where a folder of this name is there that is not ours."""
        if self.folder.is_dir() and (self._mark.exists() or not any(self.folder.iterdir())):
            return
        if self.folder.exists():
            cause = "is where a test makes an archive of a question set's own texts, and is not one"
            raise ResultsError(self.folder, f"{cause}. Nothing was touched: choose another --out, or move it away.")

    def filled(self, questions: QuestionSet, embedder: str, progress: Callable[[Progress], None]) -> Path:
        """The archive of the set's texts, filled unless it is. A filling that was stopped is gone on with.

        Raises ResultsError as `check` does, QuestionSetError, ArchiveError.
        """
        self.check()
        made_of = {"questions_sha256": questions.sha256, "embedder": embedder, "code_sha256": code_sha256()}
        if self._state() == {**made_of, _WHOLE: True}:
            return self.folder
        if self._state() != {**made_of, _WHOLE: False}:
            self.clear()
            self.folder.mkdir(exist_ok=True)
            self._mark.touch()
            self._say({**made_of, _WHOLE: False})
        known = self._known()
        lacking = (each for each in (questions.transcripts or tuple)() if each.id not in known)
        add(lacking, self.folder, embedder=embedder, progress=progress)
        self._say({**made_of, _WHOLE: True})
        return self.folder

    def clear(self) -> None:
        """Removes it. The mark goes last, so that what a kill leaves is still known as ours."""
        self.check()
        if not self._mark.exists():
            return
        self._mark.write_text("")
        for each in [each for each in self.folder.iterdir() if each != self._mark]:
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        self._mark.unlink()
        self.folder.rmdir()

    def _known(self) -> frozenset[str]:
        try:
            with open_any(self.folder) as archive:
                return frozenset(archive.places())
        except ArchiveMissing:
            return frozenset()

    def _state(self) -> Mapping[str, object]:
        """What the mark says; nothing where there is none, or where it was being written when it ended."""
        try:
            read: object = json.loads(self._mark.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return read if isinstance(read, dict) else {}

    def _say(self, state: Mapping[str, object]) -> None:
        with replacing(self._mark) as file:
            json.dump(state, file)
