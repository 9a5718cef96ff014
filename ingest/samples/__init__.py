"""The packaged sample transcripts and the questions asked of them.

The transcripts are our own words on public facts; presenters, analysts and their institutions are invented.
This package only says where the files lie. Parsing them is the work of `ingest.formats`.
"""

from pathlib import Path

_FOLDER = Path(__file__).parent
_SUFFIXES = frozenset({".txt", ".md", ".vtt", ".srt"})


def paths() -> list[Path]:
    """The sample transcripts, sorted by file name."""
    return sorted(path for path in _FOLDER.iterdir() if path.suffix in _SUFFIXES)


def questions_path() -> Path:
    """The questions over the samples: JSON lines with answers and verbatim evidence."""
    return _FOLDER / "questions.jsonl"
