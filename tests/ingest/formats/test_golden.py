"""One file and what comes of it for each format and each quirk of it; see tests/data/formats."""

from __future__ import annotations

import codecs
import json
from pathlib import Path
from typing import Any

import pytest

from ingest.formats import PARSERS, parse, parse_bytes
from ingest.transcript import Transcript, Turn

FOLDER = Path(__file__).parents[2] / "data" / "formats"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".json")
SEED_LIKE = FOLDER / "script_like_the_seed.txt"


def as_json(transcript: Transcript) -> dict[str, Any]:
    """The transcript as the golden files write it: what is absent from a turn is left out."""
    published = transcript.published.isoformat() if transcript.published else None
    names = ("title", "source", "url", "media_url", "duration_ms", "format")
    facts = {name: getattr(transcript, name) for name in names}
    return facts | {"published": published, "turns": [turn_as_json(turn) for turn in transcript.turns]}


def turn_as_json(turn: Turn) -> dict[str, Any]:
    names = ("speaker", "role", "label", "start_ms", "end_ms", "text")
    stated = {name: getattr(turn, name) for name in names if getattr(turn, name) is not None}
    return stated | ({"interpolated": True} if turn.interpolated else {})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_reads_as_its_golden_one(path: Path) -> None:
    golden = path.with_name(path.name + ".json")
    assert as_json(parse(path)) == json.loads(golden.read_text(encoding="utf-8"))


def test_every_format_has_a_golden_file() -> None:
    assert {parse(path).format for path in FILES} == {each.name for each in PARSERS}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: text.rstrip("\n").encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("cp1252"),
        lambda text: text.replace('"', "”").encode(),
        lambda text: text.replace(' "', " “").replace('"\n', "”\n").encode(),
        lambda text: text.replace('"\n', "\n").encode(),
        lambda text: text.replace(' "', ': "').encode(),
        lambda text: text.replace("\n", "\n\n").encode(),
        lambda text: text.replace(" ", "\u00a0").encode(),
        lambda text: text.replace("02:10", "2:10").encode(),
        lambda text: text.replace("02:10", "TRT 2:10").encode(),
        lambda text: text.replace("02:10", "Duration: 0:02:10").encode(),
    ],
    ids=[
        "windows-line-ends", "mac-line-ends", "bom", "no-final-newline", "utf-16", "cp1252",
        "closing-marks-only", "curly", "unclosed", "colons", "blank-lines", "no-break-spaces",
        "short-clock", "trt", "duration",
    ],
)  # fmt: skip
def test_the_seeds_format_survives_its_variants(spoil: Any) -> None:
    text = SEED_LIKE.read_text(encoding="utf-8")
    assert as_json(parse_bytes(spoil(text), SEED_LIKE)) == as_json(parse(SEED_LIKE))
