"""The report's small parts: numbers in words, kinds of failure, bins, scales, steps, colours one can read."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from rag.evaluate.measures import METRICS
from rag.evaluate.measures.threshold import curve as points_of
from rag.evaluate.metric import Estimate
from rag.evaluate.record import Record
from rag.evaluate.report.asked import asked, only
from rag.evaluate.report.curves import at_tenths, curve
from rag.evaluate.report.head import head
from rag.evaluate.report.latency import histogram, times
from rag.evaluate.report.misses import MISSES, misses_of
from rag.evaluate.report.shown import amount, interval_of, milliseconds, share, value_of, visible
from rag.evaluate.report.svg import element, ticks
from rag.evaluate.report.whiskers import Row, whiskers
from tests.rag.evaluate.records import cited, evidence, lost, record, run, unanswered


@pytest.mark.parametrize(
    ("value", "written"),
    [(1, "100 %"), (0, "0 %"), (0.99999, "99.9 %"), (0.00001, "0.1 %"), (0.8754, "87.5 %"), (-0.25, "-25.0 %")],
)
def test_a_share_is_never_rounded_to_all_or_nothing(value: float, written: str) -> None:
    assert share(value).replace("\u00a0", " ") == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0 ms"), (3.24, "3.2 ms"), (9.96, "10 ms"), (999.4, "999 ms"), (999.6, "1.00 s"), (75_240, "75.2 s")],
)
def test_milliseconds_are_written_as_people_read_them(value: float, written: str) -> None:
    assert milliseconds(value).replace("\u00a0", " ") == written


def test_amounts_and_intervals() -> None:
    assert (amount(1234), amount(12.49), amount(1.0)) == ("1,234", "12.5", "1")
    recall = METRICS["recall@5"]
    assert value_of(recall, None) == "n/a"
    assert interval_of(recall, Estimate(None, None, None, 0)) == ""
    assert interval_of(recall, Estimate(0.5, 0.25, 1.0, 4)).replace("\u00a0", " ") == "25.0 % – 100 %"


@drawn(st.text())
def test_plain_text_stays_as_it_is_but_for_what_cannot_be_seen(text: str) -> None:
    shown = visible(text)
    assert shown == "".join(each if each == "\n" else visible(each) for each in text.replace("\r\n", "\n"))
    assert visible(shown) == shown


def names(one: Record) -> set[str]:
    return {miss.name for miss in misses_of(one)}


def test_each_kind_of_failure_and_nothing_else() -> None:
    near, far = evidence("near", rank=5), evidence("far", rank=6, unit=1)
    assert names(record(1, "Why?")) == set()
    assert names(record(1, "Why?", status="failed", contained=None)) == {"error"}
    assert names(unanswered(1, "Why?")) == {"refused"}
    assert names(unanswered(1, "Why?", answerable=None)) == set()
    assert names(unanswered(1, "Why?", answerable=False)) == set()
    assert names(record(1, "Why?", answerable=False, evidence=(), contained=None)) == {"answered"}
    assert names(record(1, "Why?", contained=False)) == {"answer"}
    assert names(record(1, "Why?", evidence=(far,))) == {"evidence"}
    assert names(record(1, "Why?", evidence=(near, far))) == set()
    assert names(record(1, "Why?", evidence=(near, far), every=True)) == {"evidence"}
    assert names(record(1, "Why?", evidence=(far, lost("x", "y", "its quote is not found")))) == set()
    assert names(record(1, "Why?", judged="wrong")) == {"judge"}
    assert names(record(1, "Why?", citations=(cited("x", verbatim=False),))) == {"misquoted"}
    assert names(record(1, "Why?", citations=(cited("x", as_stored=False),))) == {"misquoted"}
    assert len({miss.name for miss in MISSES}) == len(MISSES) == 7


def test_a_question_and_what_it_is_without_its_history_go_together() -> None:
    found = list(asked(run()))
    assert [each.number for each in found] == list(range(1, 10))
    assert [each.number for each in found if each.withheld] == [4]
    assert [each.record.id for each in only(asked(run()), [2, 9])] == ["s-002", "s-009"]


def test_nothing_is_read_beyond_the_last_that_is_wanted() -> None:
    reading = iter(run())
    assert [each.number for each in only(asked(reading), [1])] == [1]
    assert len(list(reading)) == len(run()) - 2
    assert list(only(asked(run()), [])) == []


def test_times_are_counted_in_bins_of_a_round_width() -> None:
    found = times(np.array([0, 4, 5, 9.99, 10, 95, 99], dtype=float))
    assert found
    assert found.width == 5
    assert found.counts[:3] == (2, 2, 1)
    assert sum(found.counts) + found.over == 7


def test_a_few_that_took_forever_do_not_flatten_the_rest() -> None:
    found = times(np.array([*range(1000), 3_600_000], dtype=float))
    assert found
    assert found.width * len(found.counts) < 1100
    assert found.over == 1
    assert found.rows[-1][0].endswith("and more")
    assert len(found.rows) <= 25


@drawn(st.lists(st.floats(0, 1e9), min_size=1, max_size=50))
def test_no_time_is_lost(values: list[float]) -> None:
    found = times(np.array(values))
    assert found
    assert sum(count for _, count in found.rows) == len(values)
    assert "NaN" not in histogram("h", found)
    assert len(found.rows) <= 51


def test_nothing_timed_is_no_histogram() -> None:
    assert times(np.array([])) is None


@drawn(st.floats(1e-6, 1e12), st.integers(2, 20))
def test_a_scale_has_even_round_steps_up_to_the_highest(highest: float, about: int) -> None:
    found = ticks(highest, about)
    steps = {f"{b - a:.6e}" for a, b in pairwise(found)}
    assert len(steps) == 1
    assert f"{found[1]:e}"[0] in "125"
    assert found[-1] >= highest * (1 - 1e-6)
    assert len(found) <= about + 1


def test_the_refusal_curve_says_what_holds_at_a_threshold() -> None:
    points = points_of([(0.2, False), (0.6, False), (0.4, True), (0.9, True)])
    told = {at: (point.recall, point.false_refusals) for at, point in at_tenths(points)}
    wanted = {0.2: (0, 0), 0.3: (1 / 2, 0), 0.5: (1 / 2, 1 / 2), 0.7: (2 / 2, 1 / 2), 1.0: (2 / 2, 2 / 2)}
    assert {at: told[at] for at in wanted} == wanted
    assert re.findall(r'class="curve (good|bad)"', curve("c", points)) == ["bad", "good"]


def test_a_row_with_nothing_to_measure_says_so() -> None:
    drawn_ = whiskers("w", "Title", [Row("</text><script>", Estimate(None, None, None, 0))])
    assert "n/a" in drawn_
    assert "<script" not in drawn_
    assert "&lt;script&gt;" in drawn_


def test_attributes_are_quoted_and_numbers_are_short() -> None:
    assert element("a", '<"&', klass='x" onload="y', stroke_width=1.50001) == (
        '<a class="x&#34; onload=&#34;y" stroke-width="1.5">&lt;&#34;&amp;</a>'
    )


@pytest.mark.parametrize(
    ("seconds", "took"), [("00:00:42", "42 s"), ("00:03:05", "3 min 5 s"), ("02:10:00", "2 h 10 min")]
)
def test_how_long_a_run_took(seconds: str, took: str) -> None:
    told = head({"started": "2025-01-01T00:00:00", "finished": f"2025-01-01T{seconds}"})
    assert (told.took, told.date) == (took, "1 January 2025")


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def palettes() -> list[dict[str, str]]:
    style = (files("rag.evaluate.report") / "report.css").read_text()
    light, dark = (dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block)) for block in style.split(":root {")[1:3])
    return [light, light | dark]


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
def test_text_can_be_read_on_every_ground(palette: dict[str, str]) -> None:
    """WCAG 2.2 AA: 4.5 for text, 3 for what is drawn."""
    for ground in ("paper", "sheet", "wash"):
        for text in ("ink", "faded", "accent", "good", "bad"):
            assert contrast(palette[ground], palette[text]) >= 4.5, (ground, text)
    assert contrast(palette["paper"], palette["bar"]) >= 3
    for text in ("ink", "accent", "faded", "good", "bad"):
        assert contrast(palette["mark"], palette[text]) >= 4.5, text
