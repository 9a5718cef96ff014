"""For tests of the archive: small scripts in the seed's format, and an embedder that costs nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ingest.embed import Vectors

WORDS = "harbour bridge minister budget satellite vaccine orchard railway glacier tariff ferry senate copper".split()


class HashEmbedder:
    """An Embedder of eight dimensions whose vectors are read off a hash of the text: instant, and always the same."""

    name = "hash-8"
    dimension = 8

    def embed(self, texts: Sequence[str]) -> Vectors:
        rows = [np.frombuffer(hashlib.sha256(text.encode()).digest()[:8], dtype=np.uint8) for text in texts]
        vectors = np.array(rows, dtype=np.float32).reshape(-1, 8) - 127.5
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def script(number: int, paragraphs: int = 3) -> str:
    """A script of its own words: its number stands in every paragraph."""
    lines = ["01:00", f"Report {number} from the {WORDS[number % len(WORDS)]}"]
    for paragraph in range(paragraphs):
        first, second = WORDS[(number + paragraph) % len(WORDS)], WORDS[(number * 3 + paragraph) % len(WORDS)]
        lines.append(f"In report {number} the {first} was seen near the {second} on day {paragraph}. Nobody was hurt.")
        lines.append(f'ANNA BELL, {first.upper()} OFFICER "Report {number} says the {second} will open again soon."')
    return "\n".join(lines) + "\n"


def write_scripts(folder: Path, count: int, paragraphs: int = 3) -> list[Path]:
    """`count` scripts in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"report-{number:03d}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(script(number, paragraphs))
    return paths
