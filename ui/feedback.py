"""What readers thought of answers, as lines of a test question set that `onrecord eval` reads.

An answer found right becomes a question with its quotes as evidence; a refusal found right, one that the archive does
not answer. What was found wrong is a draft: the right answer is for a person to fill in, and the comment may tell it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

from ingest.errors import StorageError
from rag.results import Answer
from ui.asker import Listed
from ui.conversation import Conversation
from ui.jsonout import dumps_line

FILE = "feedback.jsonl"
LONGEST_COMMENT = 2000
_WRITING = Lock()


def line(conversation: Conversation, at: int, right: bool, comment: str, entries: Sequence[Listed]) -> dict[str, Any]:
    """The record of one exchange. Raises IndexError where there is none, ValueError where it has no answer."""
    exchange = conversation.exchanges[at]
    if exchange.answer is None:
        raise ValueError("there is no answer to judge")
    return {
        "id": f"feedback-{uuid4().hex[:12]}",
        "kind": "feedback",
        "question": exchange.question,
        "history": conversation.until(at).questions,
        **(_right(exchange.answer, entries) if right else _wrong(exchange.answer)),
        "verdict": "right" if right else "wrong",
        "comment": comment.strip()[:LONGEST_COMMENT],
        "filters": exchange.filters.describe() if exchange.filters else (),
        "shown": exchange.answer.text,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def append(record: dict[str, Any], folder: Path) -> Path:
    """Adds the record to the file beside the archive, which is given. Raises StorageError."""
    path = folder / FILE
    text = (dumps_line(record) + "\n").encode("utf-8", "replace")
    try:
        with _WRITING:
            handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(handle, text)
            finally:
                os.close(handle)
    except OSError as error:
        raise StorageError(f"What you thought of the answer could not be kept in {path}: {error.strerror}.") from error
    return path


def _right(answer: Answer, entries: Sequence[Listed]) -> dict[str, Any]:
    if not answer.citations:
        return {"answers": (), "evidence": (), "answerable": False}
    names = _names(entries)
    quotes = [(names.get(each.transcript_id, each.transcript_id), each.quote) for each in answer.citations]
    short = {"answers": (answer.short.text,)} if answer.short else {}
    evidence = [{"source": source, "quote": quote} for source, quote in quotes]
    return {**short, "evidence": evidence, "answerable": True}


def _wrong(answer: Answer) -> dict[str, Any]:
    return {"draft": True, "answerable": None, "cited": [each.quote for each in answer.citations]}


def _names(entries: Sequence[Listed]) -> dict[str, str]:
    """What names each transcript: its file, which outlasts a change in it, where no other file is called so."""
    files = {entry.id: Path(entry.place).name for entry in entries}
    often = Counter(files.values())
    return {ident: name for ident, name in files.items() if name and often[name] == 1}
