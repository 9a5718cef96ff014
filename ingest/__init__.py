"""A file on disk to passages in the archive. Knows nothing of questions (`rag`) or pages (`ui`)."""

from ingest.outcomes import Failure
from ingest.report import IngestReport
from ingest.sync import Progress, add, reindex, remove, sync

__all__ = ["Failure", "IngestReport", "Progress", "add", "reindex", "remove", "sync"]
