"""What reporters ask and what they are answered: many questions with a passage that answers, which nobody had to write.

An answer follows its question in the transcript, so the two share a subject without sharing many words. It reads
transcripts whose reporters are labelled "Q", as those of the White House are.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise, takewhile
from pathlib import Path

from ingest.archive import Archive
from ingest.passages import BUDGET_WORDS, head
from ingest.sentences import sentences
from ingest.transcript import Transcript, Turn
from rag.reader.sheet import Said
from rag.reader.training.mine import Group, Mined
from rag.reader.training.styles import Passage

REPORTER = "Q"
ASKED_WORDS = range(9, 46)
"""Shorter ones ("Why not?") lean on what was said before, longer ones are speeches."""
FEWEST_ANSWERED = 25


def reporters(archive: Archive) -> Iterator[Group]:
    """A group for each question that says enough to be asked alone and is answered at some length.

    Its only passage, which is right, is the beginning of the answer.
    """
    for entry in archive.entries():
        transcript = archive.transcript(entry.id)
        for asks, answers in pairwise(transcript.turns):
            if asks.label == REPORTER != answers.label:
                question, told = asked_in(asks), _beginning(answers)
                if question and told:
                    passage = Passage(_head(transcript), (Said(_name(answers), told),), (True,) * len(told))
                    yield Group(question, Path(entry.place).name, True, (Mined(passage, 0.0, False),))


def asked_in(turn: Turn) -> str:
    """The last question of a turn with the sentence before it; "" where there is none, or not of a fit length."""
    told = _sentences(turn)
    asking = [at for at, sentence in enumerate(told) if sentence.endswith("?")]
    if not asking:
        return ""
    question = " ".join(" ".join(told[max(0, asking[-1] - 1) : asking[-1] + 1]).split())
    return question if len(question.split()) in ASKED_WORDS else ""


def _beginning(turn: Turn) -> tuple[str, ...]:
    """The first sentences, as many as a passage would hold; none where the whole is too short."""
    told = _sentences(turn)
    words = accumulate(len(sentence.split()) for sentence in told)
    held = list(takewhile(lambda count: count <= BUDGET_WORDS, words))
    return tuple(told[: len(held)]) if held and held[-1] >= FEWEST_ANSWERED else ()


def _sentences(turn: Turn) -> list[str]:
    return [turn.text[start:end].rstrip() for start, end in sentences(turn.text)]


def _head(transcript: Transcript) -> str:
    return head(transcript.title, transcript.published, transcript.source)


def _name(turn: Turn) -> str:
    return ", ".join(part for part in (turn.speaker, turn.role) if part)
