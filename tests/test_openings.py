"""Where our bulletins and the joined samples begin their stories, and that no hand-over is heard elsewhere."""

from __future__ import annotations

from ingest.openings import openings
from ingest.passages import split
from ingest.sentences import sentences
from tests.benchmarks.bulletins import Bulletin, join, joined, our_cases, ours
from tests.rag.builders import transcript


def test_passages_begin_with_the_stories_and_lose_nothing() -> None:
    for bulletin in ours():
        begins = [bulletin.turns[char] for char in bulletin.reachable]
        passages = split(bulletin.transcript, openings=begins)
        assert {each.char_start for each in passages} >= set(bulletin.reachable)
        assert not [p for p in passages for char in bulletin.reachable if p.char_start < char < p.char_end]
        assert "".join("".join(each.text.split()) for each in passages) == "".join(bulletin.transcript.text.split())


def test_the_boundaries_of_our_bulletins_are_sentences_and_the_questions_stand_in_them() -> None:
    bulletins = {each.transcript.id: each for each in ours()}
    assert len(bulletins) >= 6
    for each in bulletins.values():
        assert 4 <= len(each.starts) + 1 <= 9
        assert list(each.units(each.starts)) == sorted(each.units(each.starts))
        assert set(each.marked) <= set(each.starts)
    for case in our_cases():
        [evidence] = case.evidence
        assert evidence.quote in bulletins[evidence.source].transcript.text.replace("\n", " ")


def test_no_opening_is_told_where_there_is_none() -> None:
    wrong = [
        each.transcript.turns[index].text[:60]
        for each in ours()
        for index in openings(each.transcript)
        if each.transcript.turns[index].char_start not in each.starts
    ]
    assert wrong == []


def test_what_is_marked_by_signs_or_breaks_is_told_by_its_format() -> None:
    bulletins = {each.transcript.id: each for each in ours()}
    for name in ("channel_six_captions.txt", "five_at_five.md", "harbour_tonight.txt"):
        each = bulletins[name]
        told = [turn.char_start for turn in each.transcript.turns[1:] if turn.opens_story]
        assert told == list(each.marked)


def test_joined_samples_keep_their_words_and_their_evidence() -> None:
    bulletins, cases = joined(5, seed=3)
    texts = {each.transcript.id: each.transcript for each in bulletins}
    assert sum(len(each.starts) for each in bulletins) == 15 - len(bulletins)
    for each in texts.values():
        assert all(each.text[turn.char_start : turn.char_end] == turn.text for turn in each.turns)
        assert [turn.index for turn in each.turns] == list(range(len(each.turns)))
    assert {evidence.source for case in cases for evidence in case.evidence} <= set(texts)


def test_joining_puts_a_boundary_where_a_part_begins() -> None:
    parts = [transcript([("Ann", None, "It rained. It poured.")]), transcript([(None, None, "Rome.")])]
    bulletin = join(parts, "Both")
    assert bulletin == Bulletin(bulletin.transcript, (len("It rained. It poured.") + 2,))
    assert bulletin.units(bulletin.starts) == (len(sentences("It rained. It poured.")),)
