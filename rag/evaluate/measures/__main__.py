"""Prints METRICS.md."""

import sys

from rag.evaluate.measures.document import document

sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
sys.stdout.write(document())
