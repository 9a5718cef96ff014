"""A question to an answer: understand, retrieve, quote or write, verify. Reads the archive that `ingest` fills."""

from rag.config import Settings
from rag.engine import Engine, ask
from rag.filters import NO_FILTERS, Filters
from rag.results import Answer, Citation, Hit, Rejected

__all__ = ["NO_FILTERS", "Answer", "Citation", "Engine", "Filters", "Hit", "Rejected", "Settings", "ask"]
