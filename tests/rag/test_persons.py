"""Who he and she are: only where one person is named."""

from __future__ import annotations

import pytest

from rag.persons import person_in, with_person

SPEAKERS = ("Jen Psaki", "John Kirby")


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("What did Psaki say about Biden?", "Psaki"),
        ("Why did Tim Cook resign?", "Tim Cook"),
        ("Why did John Kirby resign?", "John Kirby"),
        ("Why did Huawei turn to Europe?", None),
        ("Why did South Korea object?", None),
        ("How was the Ohio River bridge built?", None),
        ("When was the Rescue Plan passed?", None),
        ("Did Rosa Field meet Ann Lee?", None),
        ("why did tim cook resign?", None),
    ],
)
def test_the_one_person_it_asks_about(text: str, person: str | None) -> None:
    assert person_in(text, SPEAKERS) == person


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("When did he resign?", "When did Ann Lee resign?"),
        ("What was her answer?", "What was Ann Lee’s answer?"),
        ("Who replaced her?", "Who replaced Ann Lee?"),
        ("Who met her in Paris?", "Who met Ann Lee in Paris?"),
        ("Why did they go?", "Why did they go?"),
        ("who's he meeting?", "who's Ann Lee meeting?"),
        ("Did he say he'd go?", "Did Ann Lee say he'd go?"),
    ],
)
def test_the_name_stands_where_the_pronoun_was(question: str, said: str) -> None:
    assert with_person(question, "Ann Lee") == said
