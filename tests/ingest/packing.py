"""ZIP and gzip files for tests, made in memory."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Sequence
from io import BytesIO


def zipped(entries: Sequence[tuple[str | zipfile.ZipInfo, bytes]], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP file of the entries, names taken as they are, even twice."""
    out = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", compression) as archive:
        warnings.simplefilter("ignore")
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()
