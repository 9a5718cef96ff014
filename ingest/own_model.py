"""onrecord-minilm: the packaged all-MiniLM-L6-v2, taught to find what answers a question in speech.

Only what the teaching changed comes with this package, to be added to the published weights; the words themselves stay
as they were. `python -m rag.embedder.train` makes the file; model/MODEL_CARD.md tells what of, and what it does.
"""

from __future__ import annotations

from pathlib import Path

from ingest.quantised import Array, Stored

NAME = "onrecord-minilm"
MODEL = Path(__file__).parent / "model"
STORED = Stored(
    NAME, f"The changes that make {NAME}", "Install onrecord again, or go on with ONRECORD_EMBEDDER=all-MiniLM-L6-v2"
)


def changes() -> dict[str, Array]:
    """What to add to the published weights, by their names. Raises ModelError."""
    return STORED.load(MODEL)
