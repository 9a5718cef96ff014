"""What is recorded of a run: enough to tell it from another, and nothing that must not be passed on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.config import Settings
from rag.evaluate.about import intent
from rag.evaluate.cases import Case, QuestionSet


def nothing() -> Iterator[Case]:
    return iter(())


ASKED = QuestionSet(Path("a.jsonl"), "JSONL", "ab" * 32, 1, nothing)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://127.0.0.1:8089/v1", "http://127.0.0.1:8089/v1"),
        ("https://ann:secret@llm.example.org/v1", "https://llm.example.org/v1"),
        ("https://llm.example.org/v1?key=secret#secret", "https://llm.example.org/v1"),
        ("https://ann:sec@ret@[::1]:8/v1", "https://[::1]:8/v1"),
        ("https://[secret", "no address"),
        (None, None),
    ],
)
def test_an_address_is_told_without_its_secrets(url: str | None, told: str | None) -> None:
    made = intent(ASKED, Settings(llm_url=url), "onrecord, quotes", "word alignment")
    assert made["settings"]["llm_url"] == told
    assert "secret" not in str(made)


def test_where_the_archive_lies_makes_no_other_run() -> None:
    here, there = (intent(ASKED, Settings(archive=Path(each)), "a", "j") for each in ("here", "there"))
    assert here == there
    assert intent(ASKED, Settings(top_k=3), "a", "j") != here
