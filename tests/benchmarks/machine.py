"""The circumstances of a measurement: processor, memory, load, versions."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

_BUSY = 0.75
_PACKAGES = (
    "onrecord",
    "chromadb",
    "langchain-chroma",
    "langchain-huggingface",
    "langchain-text-splitters",
    "numpy",
    "sentence-transformers",
    "tantivy",
    "torch",
)


def load_average() -> float:
    """The processes at work, on average over the last minute."""
    return os.getloadavg()[0]


def _memory_bytes() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text().splitlines() if listed.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or "unknown processor")


@dataclass(frozen=True, slots=True)
class Machine:
    """What was measured on, and when. `load` is the processes at work, on average, in the minute before."""

    date: str = field(default_factory=lambda: f"{datetime.now(UTC):%Y-%m-%d}")
    system: str = field(default_factory=lambda: f"{platform.system()} {platform.machine()}")
    processor: str = field(default_factory=_processor)
    cores: int = field(default_factory=lambda: os.cpu_count() or 1)
    memory_bytes: int = field(default_factory=_memory_bytes)
    load: float = field(default_factory=load_average)
    python: str = field(default_factory=platform.python_version)
    versions: dict[str, str] = field(default_factory=lambda: {name: version(name) for name in _PACKAGES})

    @property
    def busy(self) -> bool:
        """Whether others were at work, so that no time is to be trusted: threads wait for cores they do not get."""
        return self.load >= _BUSY * self.cores
