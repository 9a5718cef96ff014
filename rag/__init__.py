"""A question to an answer: understand, retrieve, quote or write, verify. Reads the archive that `ingest` fills."""

from rag.asking import ask
from rag.config import Settings
from rag.engine import Engine
from rag.filters import NO_FILTERS, Filters
from rag.results import Answer, Citation, Hit, Rejected

__all__ = ["NO_FILTERS", "Answer", "Citation", "Engine", "Filters", "Hit", "Rejected", "Settings", "ask"]
