"""32 people ask at once over the real engine; each gets answers to their own questions, and nobody else's."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from rag import Engine
from ui.app import running

PEOPLE = 32


def question_of(person: int) -> str:
    return f"Why is Huawei turning to Europe? Desk {person:02} asks."


def call(address: str, given: dict[str, object]) -> dict[str, object]:
    with httpx.Client(base_url=f"{address}/gradio_api/call", timeout=120) as client:
        event = client.post("/v2/ask", json=given).json()["event_id"]
        lines = client.get(f"/ask/{event}").text.splitlines()
    assert "event: complete" in lines
    answer: dict[str, object] = json.loads(lines[lines.index("event: complete") + 1].removeprefix("data: "))[0]
    return answer


def test_everybody_of_a_crowd_gets_their_own_answers(sample_archive: Path) -> None:
    with Engine(sample_archive) as engine, running(engine, port=0) as address, ThreadPoolExecutor(PEOPLE) as crowd:
        given = [
            {"question": question_of(person), "history": [f"Who sits at desk {person:02}?"]} for person in range(PEOPLE)
        ]
        answers = list(crowd.map(lambda each: call(address, each), given))
        alone = engine.ask(question_of(0), ["Who sits at desk 00?"])
    for person, answer in enumerate(answers):
        assert answer["question"] == question_of(person)
        others = (f"Desk {other:02}" for other in range(PEOPLE) if other != person)
        assert not any(other.casefold() in json.dumps(answer).casefold() for other in others)
    assert answers[0]["text"] == alone.text
