"""What a run was made with: questions, archive, settings, versions, machine. Without it a number means nothing."""

from __future__ import annotations

import hashlib
import os
import platform
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from ingest.archive import Archive
from rag.config import Settings
from rag.evaluate.cases import QuestionSet

_PACKAGES = (
    "onrecord",
    "chromadb",
    "ir-measures",
    "langchain-core",
    "numpy",
    "sentence-transformers",
    "tantivy",
    "tokenizers",
    "torch",
)
_HOUSE = Path(__file__).resolve().parents[2]


def about(questions: QuestionSet, archive: Archive, settings: Settings, answerer: str, judge: str) -> dict[str, Any]:
    """Everything to tell of a run before it starts; its "fingerprint" must be equal for the run to be gone on with."""
    return {
        "questions": {"path": str(questions.path), "format": questions.format, "count": questions.count},
        "archive": {
            "folder": str(archive.folder),
            "transcripts": len(archive.entries()),
            "passages": archive.passage_count(),
        },
        "fingerprint": {**intent(questions, settings, answerer, judge), "archive": archive.fingerprint()},
        "answerer": answerer,
        "judge": judge,
        "versions": {"python": platform.python_version(), **versions()},
        "machine": machine(),
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def intent(questions: QuestionSet, settings: Settings, answerer: str, judge: str) -> dict[str, Any]:
    """The fingerprint as far as it is known before there is an archive.

    An address is told without user, password and query: results are passed on.
    """
    shown = settings.model_dump(mode="json", exclude={"archive"})
    return {
        "questions_sha256": questions.sha256,
        "answerer": answerer,
        "judge": judge,
        "settings": {**shown, "llm_url": _address(settings.llm_url) if settings.llm_url else None},
        "code_sha256": code_sha256(),
    }


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "no address"
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def versions() -> dict[str, str]:
    """The versions of what decides the results, where installed."""
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def machine() -> dict[str, Any]:
    """Processor, cores, system, and the load when the run began, which tells whether times can be trusted."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "cores": os.cpu_count() or 1,
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


@lru_cache(maxsize=1)
def code_sha256() -> str:
    """A hash of the program's own source and weights: a changed program is not the one that was measured."""
    digest = hashlib.sha256()
    for package in ("ingest", "rag"):
        for path in sorted(each for kind in ("*.py", "*.safetensors") for each in (_HOUSE / package).rglob(kind)):
            digest.update(path.relative_to(_HOUSE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text(errors="replace").splitlines() if listed.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or "unknown processor")
