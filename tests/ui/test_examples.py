"""Questions made from what is there are about what was said there, by whom, and are varied."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rag import Engine
from tests.ui.fakes import LISTINGS, Listing, hit
from ui.desk import Desk
from ui.examples import Said, about, near, questions, varied
from ui.welcome import beginning, welcome

BRIDGE = "We mended the Danube Bridge. Now the Danube Bridge is open, and Oslo pays."


def test_what_comes_up_most_is_asked_first_of_who_speaks_of_it() -> None:
    made = list(questions([Said("Ann Lee", BRIDGE)], ("Ann Lee", "Oslo Radio")))
    assert made == ["What did Ann Lee say about the Danube Bridge?"]


def test_nobody_is_asked_who_is_not_named_by_name() -> None:
    for speaker in (None, "Reporter", "Reporter (Q)", "Speaker 2"):
        assert next(questions([Said(speaker, BRIDGE)], ())) == "What was said about the Danube Bridge?"


def test_a_refusal_offers_what_its_nearest_passages_speak_of() -> None:
    hits = [hit(BRIDGE, 1), hit("nothing is named here", 2), hit(BRIDGE, 3)]
    assert near(hits, "Why?") == ("What did Kevin Ho say about the Danube Bridge?",)
    assert near(hits, "what did kevin ho say about the danube bridge?") == ()


def test_captions_without_capitals_are_read_as_they_are_shown() -> None:
    shouted = "PRESIDENT BIDEN SPOKE TO REPORTERS IN CALIFORNIA ABOUT THE FIRES AND SAID THAT HELP WAS ON THE WAY. " * 3
    found = hit(shouted)
    passage = replace(found.passage, speakers=())
    assert near([replace(found, passage=passage)], "Why?") == ("What was said about Biden?",)


def test_sources_take_turns() -> None:
    entries = [Listing(str(at), "", source, None) for at, source in enumerate("AAABBC")]
    assert [each.source for each in varied(entries)] == ["A", "B", "C", "A", "B", "A"]
    assert list(varied(LISTINGS)) == list(LISTINGS)


def test_the_samples_answer_most_of_the_questions_made_of_them(sample_archive: Path) -> None:
    with Engine(sample_archive) as engine:
        desk = Desk(engine, sample_archive)
        made = [question for entry in engine.entries() if (question := about(desk.text(entry.id)))]
        answered = [question for question in made if engine.ask(question).citations]
        assert len(made) >= 12
        assert len(answered) / len(made) >= 0.8, set(made) - set(answered)
        assert "chip" in beginning(desk, ())()
    assert welcome(()) == ""
