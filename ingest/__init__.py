"""A file on disk to passages in the archive. Knows nothing of questions (`rag`) or pages (`ui`)."""

from ingest.sync import Failure, IngestReport, Progress, reindex, remove, sync

__all__ = ["Failure", "IngestReport", "Progress", "reindex", "remove", "sync"]
