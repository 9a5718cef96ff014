"""QMSum (Zhong et al. 2021, arXiv 2104.05938) as a test set: each meeting a labelled transcript, relevant turns the
evidence.

All questions are asked over all meetings, as they are worded. That is odd in two ways: many were written for one
meeting ("What did the group discuss about the remote control?") and fit several, and their evidence is long, half a
meeting for some. Questions without relevant turns are left out. Answers are summaries, so no answer is looked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

NEEDED = ("qmsum/transcripts_val.jsonl", "qmsum/queries_val.jsonl")
_MARK = re.compile(r"\{[^{}]*\}|<[^<>]*>")
_BEFORE_SIGN = re.compile(r"\s+(?=[.,;:!?%)]|['’]\w|n['’]t\b)")
_SPELT = re.compile(r"(?<=\b[A-Za-z])_")


def write(data: Path, folder: Path) -> None:
    """The meetings as files under the folder's "files", and the questions."""
    transcripts, queries = ((data / name).read_text(encoding="utf-8").splitlines() for name in NEEDED)
    meetings = {each["id"]: each["turns"] for each in map(json.loads, transcripts)}
    for name, turns in meetings.items():
        lines = (f"{each['speaker'].upper()}: {text}" for each in turns if (text := told(each["content"])))
        (folder / "files" / f"{name}.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    asked = (question(each, meetings[each["meeting_id"]]) for each in map(json.loads, queries))
    lines = (json.dumps(each, ensure_ascii=False) for each in asked if each["evidence"])
    (folder / "questions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def told(content: str) -> str:
    """The words of a turn without marks for noises, its signs where print has them: "So . {vocalsound} It 's"."""
    text = _SPELT.sub("", _MARK.sub(" ", content))
    return " ".join(_BEFORE_SIGN.sub("", text).split()).lstrip(".,;:!? ")


def question(query: Mapping[str, Any], turns: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """The query in our form; the evidence is each span's turns, one after another."""
    spans = query.get("relevant_turn_spans") or []
    quotes = (" ".join(told(each["content"]) for each in turns[first : last + 1]) for first, last in spans)
    return {
        "id": query["id"],
        "kind": query["type"],
        "question": query["query"],
        "answerable": True,
        "evidence": [{"source": f"{query['meeting_id']}.txt", "quote": quote} for quote in quotes if quote.strip()],
    }
