"""A real small model rewrites follow-ups: what it makes up is never taken, and the talk goes on all the same."""

from __future__ import annotations

import pytest

from rag.chat_models import load
from rag.rewrite import rewritten
from rag.stems import content_stems
from tests.rag.test_llm_real import installed, url  # noqa: F401

pytestmark = pytest.mark.llm

TALKS = (
    ("How large is the mirror of the Webb telescope?", "And how many segments is it made of?"),
    ("When did Finland join NATO?", "What about Sweden?"),
    ("Why is Huawei turning to Europe?", "Who said that?"),
)


def test_what_it_writes_is_of_the_conversation_or_not_taken(url: str) -> None:  # noqa: F811
    model = load("openai:smollm2", url=url)
    for before, asked in TALKS:
        told = rewritten(asked, [before], model, 30)
        print(f"\n{asked} -> {told.text or '(left to the wording)'}")
        assert told.usage["calls"] == 1
        assert len(content_stems(told.text) - content_stems(f"{before} {asked}")) <= 2
        assert told.text.count("?") <= 1
