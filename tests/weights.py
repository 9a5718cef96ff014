"""Files of trained weights, harmed: what is missing, changed, torn, or recorded wrongly."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path


def harm(folder: Path, name: str, how: str) -> None:
    """Harms the weights of this name in the folder, or the record beside them."""
    weights, record = folder / f"{name}.safetensors", folder / f"{name}.json"
    data = weights.read_bytes()
    match how:
        case "missing":
            weights.unlink()
        case "changed":
            weights.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        case "torn":
            weights.write_bytes(data[:50])
            record.write_text(json.dumps({"sha256": hashlib.sha256(data[:50]).hexdigest()}))
        case "no hash":
            record.write_text("{}")
        case "no record":
            record.unlink()
        case _:
            record.write_text("[1]")
