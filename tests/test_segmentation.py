"""Pk and WindowDiff against windows counted by hand, and ways of cutting against bulletins of known stories."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.bulletins import ours
from tests.benchmarks.segmentation import pk, window, window_diff
from tests.benchmarks.segmenters import by_hand, every_turn, least_scatter, nothing, tiling
from tests.benchmarks.stories import compare, mixed, passages_of
from tests.ingest.builders import HashEmbedder

CUTS = st.sets(st.integers(1, 19), max_size=8)


def test_windows_are_half_a_segment_long() -> None:
    assert window([6], 12) == 12 / 2 / 2
    assert window([], 12) == 12 / 2
    assert window([1, 2, 3], 4) == 1


def test_a_missed_boundary_is_missed_by_every_window_over_it() -> None:
    # Twelve units, one boundary at 6, k = 3: windows begin at 0 … 8, those beginning at 3, 4 and 5 go over it.
    assert pk([6], [], 12) == window_diff([6], [], 12) == 3 / 9


def test_a_near_miss_costs_less_than_a_miss() -> None:
    # At 7 in place of 6: the window from 3 ends at 6 and holds only the true one, that from 6 only the false one.
    assert pk([6], [7], 12) == window_diff([6], [7], 12) == 2 / 9
    assert pk([6], [6], 12) == window_diff([6], [6], 12) == 0


def test_a_second_boundary_beside_the_first_is_seen_by_window_diff_alone() -> None:
    # 6 and 7: windows from 4 and 5 hold two in place of one; that from 6 holds one in place of none.
    assert pk([6], [6, 7], 12) == 1 / 9
    assert window_diff([6], [6, 7], 12) == 3 / 9


def test_a_boundary_lies_within_the_text() -> None:
    for wrong in (0, 12, -1):
        with pytest.raises(ValueError, match="12 units"):
            pk([6], [wrong], 12)
    assert pk([], [], 1) == 0


@given(CUTS, CUTS)
def test_both_are_shares_and_window_diff_is_the_stricter(reference: set[int], found: set[int]) -> None:
    loose, strict = pk(reference, found, 20), window_diff(reference, found, 20)
    assert 0 <= loose <= strict <= 1
    assert window_diff(reference, reference, 20) == 0


def test_ways_of_cutting_are_counted_against_all_boundaries() -> None:
    bulletins = tuple(ours())
    starts = sum(len(each.starts) for each in bulletins)
    reachable = sum(len(each.reachable) for each in bulletins)
    nowhere, perfect, everywhere = (compare(bulletins, way) for way in (nothing, by_hand, every_turn))
    assert (nowhere.right, nowhere.wrong, nowhere.missed) == (0, 0, starts)
    assert (perfect.right, perfect.wrong, perfect.missed) == (reachable, 0, starts - reachable)
    assert everywhere.right == reachable
    assert perfect.pk < nowhere.pk
    assert everywhere.window_diff > nowhere.window_diff


def test_vector_methods_tell_turns_and_a_dear_story_is_never_bought() -> None:
    embedder = HashEmbedder()
    for bulletin in ours():
        for way in (tiling(embedder), least_scatter(embedder, 4)):
            found = list(way(bulletin))
            assert found == sorted(set(found))
            assert set(found) <= set(bulletin.turns)
        assert least_scatter(embedder, 1e9)(bulletin) == ()
        assert set(least_scatter(embedder, -1e9)(bulletin)) == set(bulletin.turns)


def test_true_boundaries_leave_only_passages_mixed_within_a_turn() -> None:
    for bulletin in ours():
        within = len(bulletin.starts) - len(bulletin.reachable)
        assert mixed(bulletin, passages_of(bulletin, by_hand)) <= within
        assert mixed(bulletin, passages_of(bulletin, nothing)) > 0 or bulletin.transcript.id == "county_report.txt"
