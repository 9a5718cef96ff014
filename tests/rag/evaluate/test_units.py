"""Which hit finds which evidence, and what counts as one thing to be found."""

from __future__ import annotations

from rag.evaluate.record import FoundEvidence, Ranked
from rag.evaluate.units import by_transcript, numbered, ranked

PASSAGES = {"a": ((0, 100), (100, 200), (200, 300)), "b": ((0, 100),)}


def evidence(transcript: str, *spans: tuple[int, int], unit: int = 0) -> FoundEvidence:
    return FoundEvidence("", "words", transcript_id=transcript, spans=spans, unit=unit)


def hit(transcript: str, start: int, end: int) -> Ranked:
    return Ranked(f"{transcript}:{start}", transcript, start, end, 1.0)


def units(*pieces: FoundEvidence) -> list[int]:
    return [each.unit for each in numbered(pieces, PASSAGES.__getitem__)]


def test_pieces_apart_are_units_apart() -> None:
    assert units(evidence("a", (0, 10)), evidence("a", (150, 160)), evidence("b", (0, 10))) == [0, 1, 2]


def test_pieces_that_one_passage_overlaps_are_one_unit() -> None:
    assert units(evidence("a", (0, 10)), evidence("a", (90, 99))) == [0, 0]


def test_units_hang_together_over_a_piece_across_a_border() -> None:
    assert units(evidence("a", (10, 20)), evidence("a", (150, 160)), evidence("a", (90, 110))) == [0, 0, 0]


def test_pieces_that_stand_nowhere_are_apart() -> None:
    assert units(FoundEvidence("x", "q", problem="gone"), FoundEvidence("y", "q", problem="gone")) == [0, 1]


def test_a_hit_finds_a_unit_once_and_overlap_is_enough() -> None:
    pieces = (evidence("a", (95, 105)),)
    found, hits = ranked(pieces, [hit("b", 0, 100), hit("a", 0, 100), hit("a", 100, 200)])
    assert [each.unit for each in hits] == [None, 0, None]
    assert (found[0].rank, found[0].rank_whole) == (2, None)


def test_touching_is_not_overlapping() -> None:
    found, _ = ranked((evidence("a", (100, 110)),), [hit("a", 0, 100), hit("a", 110, 200)])
    assert found[0].rank is None


def test_the_whole_quote_may_come_later_than_a_part_of_it() -> None:
    found, _ = ranked((evidence("a", (90, 110)),), [hit("a", 0, 100), hit("a", 50, 150)])
    assert (found[0].rank, found[0].rank_whole) == (1, 2)


def test_any_place_of_the_words_will_do() -> None:
    found, _ = ranked((evidence("a", (0, 10), (250, 260)),), [hit("a", 200, 300)])
    assert (found[0].rank, found[0].rank_whole) == (1, 1)


def test_transcripts_are_ranked_by_their_best_passage() -> None:
    hits = by_transcript([hit("a", 0, 100), hit("a", 100, 200), hit("b", 0, 100)])
    assert [each.passage_id for each in hits] == ["a", "b"]
