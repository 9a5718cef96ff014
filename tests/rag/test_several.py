"""Which questions ask for several broadcasts."""

from __future__ import annotations

import pytest

from rag.several import asks_for_several


@pytest.mark.parametrize(
    "question",
    [
        "Which broadcasts mention the euro?",
        "In which episodes did she talk about Ghana?",
        "What is said of the strike across all briefings?",
        "How has the White House's line on Cuba changed?",
        "How did the estimate evolve over the years?",
        "what do different outlets say about the vote",
        "List the interviews with Kevin Ho",
        "What did each briefing say on masks?",
    ],
)
def test_several(question: str) -> None:
    assert asks_for_several(question)


@pytest.mark.parametrize(
    "question",
    [
        "How did the FCC vote?",
        "What did the report say about Huawei?",
        "Who shows the way to Europe?",
        "How does the telescope cool down?",
        "Which country adopted the euro?",
        "What did Kevin Ho say in the interview?",
        "How much did the programme cost?",
        "What changed?",
    ],
)
def test_one(question: str) -> None:
    assert not asks_for_several(question)
