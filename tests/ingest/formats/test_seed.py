"""The transcript everything starts from, read where it is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.formats import parse


@pytest.mark.data
def test_the_seed_is_read_as_what_it_is(data_dir: Path) -> None:
    paths = sorted((data_dir.parent / "seeds").glob("*.txt"))
    if not paths:
        pytest.skip(f"no seed transcript beside {data_dir}")
    talk = parse(paths[0])
    assert talk.format == "script"
    assert talk.duration_ms == 184_000
    assert talk.title == "Chinese telecommunications giant Huawei is shifting its expansion…"
    assert [(turn.speaker, turn.role) for turn in talk.turns if turn.speaker] == [
        ("Kevin Ho", "President Huawei Handset Product Line"),
        ("Josephine Wolff", "Professor Rochester Institute of Technology"),
        ("Josephine Wolff", "Professor Rochester Institute of Technology"),
        ("Jim Xu", "VP Huawei Consumer Business Group"),
    ]
    assert talk.turns[1].label == "KEVIN HO, PRESIDENT HUAWEI HANDSET PRODUCT LINE"
    assert talk.turns[1].text.startswith("The European area is the top number one area")
    assert '"' not in talk.text
    assert (talk.turns[0].start_ms, talk.turns[-1].end_ms) == (0, 184_000)
    assert all(turn.interpolated for turn in talk.turns)
