"""The report as a file: what it says, that hostile text stays text, that it fetches nothing, that it stays small."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from rag.errors import ResultsError
from rag.evaluate.estimate import summarise
from rag.evaluate.record import Record
from rag.evaluate.report import write_report
from rag.evaluate.report.asked import MOST_EVIDENCE
from rag.evaluate.report.shown import visible
from rag.evaluate.report.survey import SHOWN
from tests.rag.evaluate.records import ABOUT, cited, evidence, given, hits, record, run
from tests.ui.hostile import HOSTILE
from tests.ui.markup import Markup


def report(folder: Path, records: tuple[Record, ...], **about: Any) -> str:
    path = folder / "report.html"
    write_report(path, summarise(records, resamples=50), given(records), ABOUT | about)
    return path.read_text(encoding="utf-8")


def parsed(html: str) -> Markup:
    return Markup(html.removeprefix("<!doctype html>").strip())


def article(html: str, number: int) -> str:
    found = re.search(rf'<article class="question" id="q{number}".*?</article>', html, re.DOTALL)
    assert found
    return found[0]


def words(html: str) -> str:
    """What a reader sees, element after element."""
    return " ".join(unescape(re.sub("<[^>]*>", " ", html)).split())


@pytest.fixture
def html(tmp_path: Path) -> str:
    return report(tmp_path, run())


def test_the_head_says_what_was_asked_of_what_when_and_by_whom(html: str) -> None:
    page = parsed(html)
    assert page.texts("h1") == ["harbour.jsonl"]
    assert " ".join(page.texts("lede")[0].split()) == (
        "9 questions over 2 transcripts, asked on 23 November 2025. Answered by: onrecord, quotes."
        " 4 questions have at least one failure."
    )
    assert (
        "Questions 9 with an answer 6 without one 2 not labelled 1 follow-ups 1 with a failure 4 ended in an error 1"
        " unchecked drafts 1"
    ) in words(html)
    assert "Took 3 min 5 s" in words(html)


def test_a_tile_has_the_number_its_interval_and_over_how_many(html: str) -> None:
    tiles = {tile.strip().split("\n")[0]: " ".join(tile.split()) for tile in parsed(html).texts("tile")}
    # Five questions have evidence in the archive: found at rank 1, 1, (1 of 2), 1 and nowhere.
    recall = (1 + 1 + 1 / 2 + 1 + 0) / 5
    assert tiles["Recall at 5"].startswith(f"Recall at 5 {100 * recall:.1f} %")
    assert tiles["Recall at 5"].endswith("n = 5")
    assert tiles["Verbatim citations"].startswith("Verbatim citations 100 %")


def test_what_has_nothing_to_measure_is_not_available_and_not_zero(tmp_path: Path) -> None:
    page = parsed(report(tmp_path, (record(1, "Why?", answerable=None, answers=(), evidence=(), contained=None),)))
    tiles = {" ".join(tile.split()) for tile in page.texts("tile")}
    assert {"Recall at 5 n/a nothing to measure", "Refusal F1 n/a nothing to measure"} <= tiles
    assert not any(tile.startswith("Right by the judge") for tile in tiles)


def test_the_markup_is_whole_and_every_id_is_there_once(html: str) -> None:
    page = parsed(html)
    assert page.balanced
    ids = [named["id"] for _, named in page.elements if "id" in named]
    assert len(ids) == len(set(ids))
    within = {href[1:] for href in page.values("a", "href")}
    assert within <= set(ids)
    names = {name for _, each in page.elements for name in each.get("aria-labelledby", "").split()}
    assert names <= set(ids)


def test_it_fetches_nothing_and_runs_only_its_own_script(html: str) -> None:
    page = parsed(html)
    assert page.tags.isdisjoint({"img", "link", "iframe", "object", "embed", "base", "audio", "video"})
    assert page.attributes.isdisjoint({"src", "srcset", "style", "action", "background"})
    assert not [name for name in page.attributes if name.startswith("on")]
    policy = next(value for value in page.values("meta", "content") if "default-src" in value)
    for tag in ("style", "script"):
        inline = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert len(inline) == 1
        digest = base64.b64encode(hashlib.sha256(inline[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "url(" not in html
    assert "@import" not in html


def test_every_drawing_has_a_name_and_says_what_it_shows(html: str) -> None:
    page = parsed(html)
    drawings = [named for tag, named in page.elements if tag == "svg"]
    assert len(drawings) == 4 + 3 + 1 + 2
    assert {named["role"] for named in drawings} == {"img"}
    told = [text for text in page.texts("desc") if text]
    assert len(told) == len(drawings)
    assert any("Recall at 5 70.0\u00a0% (" in text for text in told)


def test_all_drawn_numbers_are_in_tables_too(html: str) -> None:
    tables = [" ".join(each.split()) for each in parsed(html).texts("table")]
    assert any(each.startswith("Refuse below") for each in tables)
    assert any(each.startswith("TimeQuestions") for each in tables)
    assert any("understand" in each and "Median" in each for each in tables)
    every = next(each for each in tables if each.startswith("Measure"))
    assert all(f" {name} " in every for name in ("recall@5", "alce-precision", "refusal-f1", "verify-ms-p95"))


def test_a_question_shows_what_was_answered_and_what_is_right(html: str) -> None:
    shown = words(article(html, 3))
    for expected in (
        "compare", "Answered in part", "Answer not found", "Evidence not in top 5", "All of these are needed",
        "a mistake", "a chance", "found at rank 1", "cited", "found at rank 9", "not cited", "Speaker not named",
        "Huawei turns to Europe", "≈1:24", "other words than the evidence", "another speaker than the evidence’s",
        "He said they would last ten years. no passage says this", "Not borne out by its citations He welcomed them",
        "Judge: partly", "Names one of the two positions.", "The language model left out one of its sources.",
        "input tokens 2,140", "total 1.31 s", "10 more in results.jsonl",
    ):  # fmt: skip
        assert expected in shown, expected
    assert '<a class="mark" href="#q3c2">[2]</a>' in article(html, 3)


def test_a_quote_that_the_answer_holds_is_not_repeated_with_its_source(html: str) -> None:
    for number, quote in ((1, "the American market has become harder to enter"), (3, "They are a mistake")):
        answered = article(html, number).partition("What is right")[0]
        assert words(answered).count(quote) == 1
    assert "Huawei turns to Europe" in words(article(html, 1))


def test_a_follow_up_shows_its_conversation_and_what_it_is_without(html: str) -> None:
    shown = words(article(html, 4))
    assert shown.index("Since when?") < shown.index("And who said so?")
    assert "Asked without the conversation No answer given." in shown
    table = html[html.index('id="follow-ups"') : html.index('id="warnings"')]
    rows = {words(row) for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)}
    # One of one against none of one; Clopper and Pearson's bounds are 2.5 % and 97.5 %.
    assert "Answer contained 100 % 2.5 % – 100 % 0 % 0 % – 97.5 %" in rows


def test_failures_come_first_and_say_what_failed(html: str) -> None:
    numbers = [int(number) for number in re.findall(r'<article class="question" id="q(\d+)"', html)]
    assert numbers == [3, 5, 7, 8, 1, 2, 4, 6, 9]
    misses = dict(re.findall(r'id="(q\d)" data-kind="[^"]*" data-misses="([^"]*)"', html))
    assert misses["q3"] == "answer evidence"
    assert misses["q5"] == "refused evidence"
    assert misses["q7"] == "answered"
    assert misses["q8"] == "error"
    assert misses["q1"] == misses["q6"] == misses["q9"] == ""


def test_warnings_name_the_questions_and_the_reasons(html: str) -> None:
    told = [" ".join(each.split()) for each in parsed(html).texts("warning")]
    assert told[0].startswith("Evidence that is not in the archive: 1 piece of 1 question")
    assert "s-008: its quote is not found in '2018-05-02_council.vtt' The bridge opens in May." in told[0]
    assert "s-008: The question is longer than 2,000 characters." in told[1]
    assert told[2].startswith("1 question is a draft nobody has checked")


def test_a_clean_run_says_so(tmp_path: Path) -> None:
    html = report(tmp_path, (record(1, "Why?"),))
    assert "No failures." in words(html)
    assert "None: all evidence stands in the archive" in words(html)
    assert 'id="failures"' not in html
    assert 'id="follow-ups"' not in html


def test_all_that_is_recorded_of_the_run_is_there(html: str) -> None:
    shown = words(next(iter(re.findall(r'<details class="about">.*?</details>', html, re.DOTALL))))
    for expected in ("top_k 8", "offline yes", "load –", "python 3.11.9", "sets/harbour.jsonl"):
        assert expected in shown, expected


@pytest.mark.parametrize("missing", ["questions", "archive", "answerer", "judge", "started", "versions"])
def test_a_run_that_tells_less_of_itself_is_reported_all_the_same(tmp_path: Path, missing: str) -> None:
    told = {key: value for key, value in ABOUT.items() if key != missing}
    path = tmp_path / "report.html"
    write_report(path, summarise(run(), resamples=50), given(run()), told)
    assert "Every measure" in path.read_text()


def hostile(number: int, text: str) -> Record:
    """A record with the text in every place that others can fill."""
    piece = replace(evidence(text, text), speakers=(text,), transcript_id=text)
    lost = replace(piece, problem=text)
    return record(
        number,
        text,
        kind=text,
        history=(text,),
        answers=(text,),
        text=f"{text} [1]",
        notice=text,
        error=text,
        status="failed",
        draft=True,
        evidence=(piece, lost),
        citations=(cited(text, title=text, speaker=text, verbatim=False),),
        hits=(replace(hits([0])[0], transcript_id=text, passage_id=text),),
        rejected=((text, text),),
        judge_reason=text,
        judged=text,
        timings={"total": 1.0, text: 2.0},
        usage={text: 1},
    )


def test_hostile_text_is_shown_as_it_is_and_adds_no_markup(tmp_path: Path) -> None:
    tame = parsed(report(tmp_path, tuple(hostile(at, f"tame {at}") for at in range(len(HOSTILE)))))
    records = tuple(hostile(at, text) for at, text in enumerate(HOSTILE))
    page = parsed(report(tmp_path, records, answerer=HOSTILE[1], versions={HOSTILE[2]: HOSTILE[3]}))
    assert page.balanced
    assert page.tags == tame.tags
    assert page.attributes == tame.attributes
    shown = page.texts("h4")
    assert {text for text in HOSTILE if text not in shown} == {text for text in HOSTILE if visible(text) != text}
    assert "⟨U+202E⟩right to left override⟨U+202C⟩ and ⟨U+2066⟩isolate" in shown
    assert page.tags.isdisjoint({"img", "iframe", "base", "math"})


def test_no_control_character_and_no_half_character_reaches_the_file(tmp_path: Path) -> None:
    text = "a\x00b\x07c\x1b[31md\x85e\u2028f\ud800g\u202eh\ufeffi\U000e0041j"
    html = report(tmp_path, (hostile(1, text),))
    assert not {unicodedata.category(each) for each in html.replace("\n", "")} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert "a⟨U+0000⟩b⟨U+0007⟩c⟨U+001B⟩[31md⟨U+0085⟩e⟨U+2028⟩f⟨U+D800⟩g⟨U+202E⟩h⟨U+FEFF⟩i⟨U+E0041⟩j" in html


def test_joiners_and_direction_marks_that_scripts_need_stay(tmp_path: Path) -> None:
    text = "می‌خواهم 👩‍👩‍👧 \u200f(שלום)"
    assert text in report(tmp_path, (record(1, text),))


def test_an_endless_text_is_cut_and_says_by_how_much(tmp_path: Path) -> None:
    html = report(tmp_path, (record(1, "Why?", text="x" * 1_000_000, citations=()),))
    assert len(html) < 200_000
    assert "994,000 more characters in results.jsonl" in html


def test_hundreds_of_pieces_of_evidence_are_cut_short(tmp_path: Path) -> None:
    many = tuple(evidence("", f"doc-{at}", rank=None) for at in range(300))
    shown = article(report(tmp_path, (record(1, "Which?", evidence=many),)), 1)
    assert shown.count("The whole transcript.") == MOST_EVIDENCE
    assert f"and {300 - MOST_EVIDENCE} more in results.jsonl" in words(shown)


def test_a_long_run_shows_failures_first_and_says_what_is_left_out(tmp_path: Path) -> None:
    good, bad = SHOWN + 500, 30
    records = tuple(replace(record(1, "Why?"), id=f"g{at}") for at in range(good))
    failed = tuple(replace(record(1, "Why?"), id=f"b{at}", contained=False) for at in range(bad))
    html = report(tmp_path, records[:1000] + failed + records[1000:])
    shown = re.findall(r'<a class="id" href="#q\d+"><bdi>(\w+)</bdi>', html)
    assert shown[:bad] == [f"b{at}" for at in range(bad)]
    assert shown[bad:] == [f"g{at}" for at in range(SHOWN - bad)]
    assert f"{good + bad - SHOWN} questions are left out here" in words(html)


def test_more_failures_than_are_shown(tmp_path: Path) -> None:
    records = tuple(replace(record(1, "Why?"), id=f"b{at}", contained=at == 0) for at in range(SHOWN + 12))
    html = report(tmp_path, records)
    shown = re.findall(r'<a class="id" href="#q\d+"><bdi>(\w+)</bdi>', html)
    assert shown == [f"b{at}" for at in range(1, SHOWN + 1)]
    assert 'id="passed"' not in html


def test_an_earlier_report_stays_whole_when_the_new_one_fails(tmp_path: Path) -> None:
    before = report(tmp_path, run())
    reads = 0

    def broken() -> Any:
        nonlocal reads
        reads += 1
        yield from run()
        if reads > 1:
            raise ResultsError("results.jsonl", "line 10 is no record")

    with pytest.raises(ResultsError, match="line 10"):
        write_report(tmp_path / "report.html", summarise(run(), resamples=50), broken, ABOUT)
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == before
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_a_place_that_takes_no_file_is_a_plain_error(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="cannot be written"):
        write_report(tmp_path / "not there" / "report.html", summarise(run(), resamples=50), given(run()), ABOUT)
