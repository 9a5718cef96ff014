"""Every parser on anything at all: a sound transcript or a clear error, within bounds of memory and time.

A short run, the same cases each time. `python -m tests.benchmarks.fuzz --minutes N` goes on with others.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import TranscriptError
from ingest.formats import BINARIES, PARSERS, Format
from ingest.text import clean
from ingest.transcript import Transcript
from tests.benchmarks import fuzz
from tests.ingest.fuzz.mutations import MUTATIONS, SCRAPS, spoilt
from tests.ingest.fuzz.seeds import Seed, seeds
from tests.ingest.fuzz.targets import read_as, read_many, read_whole
from tests.ingest.fuzz.worker import case
from tests.ingest.packing import zipped
from tests.ingest.sound import outcome

CASES, GUIDED, AT_MOST_SECONDS = 3_000, 2_000, 300
SUFFIXES = sorted({suffix for table in (PARSERS, BINARIES) for form in table for suffix in form.suffixes})
NAMES = st.sampled_from([*(f"a{suffix}" for suffix in SUFFIXES), "a.jsonl", "a.csv", "a.zip", "a.srt.gz", "a"])
WORDS = st.sampled_from(
    ["Hello there", "ANN LEE: ", "Q  ", "5", "00:00:01,000 --> 00:00:02,000", " ", "\n", "\n\n", "é"]
)
PIECES = st.one_of(st.sampled_from(SCRAPS).map(lambda scrap: scrap.decode("utf-8", "replace")), WORDS)
TEXT = st.one_of(st.text(max_size=150), st.lists(PIECES, max_size=40).map("".join))

NAMELESS = zipped([("a.txt", b"Hello there."), ("q.txt", b"Hello there.")]).replace(b"q.txt", b"\0.txt")
FOUND = [
    Seed("talks.zip", NAMELESS),
    Seed("page.html", b"<!DOCTYPE html><object><html><body><p>Hello there</p></body></html></object>"),
    Seed("page.html", b"<!DOCTYPE html><html><div hidden><div><div><p>Hello there</p></div></div></div></html>"),
]


@pytest.mark.parametrize("seed", seeds(), ids=lambda seed: seed.name)
def test_every_good_file_is_good(seed: Seed, tmp_path: Path) -> None:
    whole, many = read_whole(seed.data, seed.name), read_many(seed.data, seed.name, tmp_path)
    several = sum(isinstance(each, Transcript) for each in many) >= 2
    assert several or isinstance(whole, Transcript), (whole, many)


def test_the_good_files_are_of_every_format() -> None:
    read = {outcome(seed.data, seed.name) for seed in seeds() if not seed.name.startswith(("rows.", "talks."))}
    forms = {found.format for found in read if hasattr(found, "format")}
    assert forms >= {form.name for form in (*PARSERS, *BINARIES)} - {"html", "markdown", "recording"}


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__.strip("_"))
def test_every_mutation_changes_something_and_takes_anything(mutation: object) -> None:
    assert callable(mutation)
    some = seeds()[0].data
    assert any(mutation(some, Random(number), some) != some for number in range(20))
    assert all(isinstance(mutation(b"", Random(number), b""), bytes) for number in range(20))


def test_a_case_is_the_same_each_time() -> None:
    assert case("0", 7)[0] == case("0", 7)[0] == spoilt(seeds()[7], seeds(), Random("0:7"))
    assert case("0", 7)[0] != case("1", 7)[0]


@pytest.mark.parametrize("form", PARSERS, ids=lambda form: form.name)
def test_any_text_in_every_parser(form: Format) -> None:
    @settings(max_examples=120, deadline=None)
    @given(TEXT, NAMES)
    def run(text: str, name: str) -> None:
        assert isinstance(read_as(form, clean(text), name), Transcript | TranscriptError | None)

    run()


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=200), TEXT.map(str.encode), st.lists(st.sampled_from(SCRAPS)).map(b"".join)), NAMES)
def test_any_bytes_under_any_name(data: bytes, name: str) -> None:
    assert isinstance(read_whole(data, name), Transcript | TranscriptError)


@pytest.mark.parametrize("found", FOUND)
def test_what_was_found_before(found: Seed, tmp_path: Path) -> None:
    assert isinstance(read_whole(found.data, found.name), Transcript | TranscriptError)
    assert all(isinstance(each, Transcript | TranscriptError) for each in read_many(found.data, found.name, tmp_path))


def test_good_files_spoilt_in_every_way_within_bounds_of_memory_and_time() -> None:
    command = [sys.executable, "-m", "tests.ingest.fuzz.worker", "--seed", "0", "--count", str(CASES)]
    root = Path(__file__).parents[3]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=AT_MOST_SECONDS, check=False)
    assert not done.stdout, done.stdout
    assert done.returncode == 0, f"ended with {done.returncode} at case 0:{done.stderr[-200:]}"
    assert done.stderr.split()[-1] == str(CASES - 1)


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed here: pip install -e '.[dev]'")
def test_bytes_led_by_what_they_reach_within_bounds(tmp_path: Path) -> None:
    bounds = [f"-runs={GUIDED}", "-seed=1", "-timeout=60", "-rss_limit_mb=2048", f"-artifact_prefix={tmp_path}/"]
    (tmp_path / "seeds").mkdir()
    command = [sys.executable, "-m", "tests.ingest.fuzz.guided", str(tmp_path / "seeds"), *bounds]
    root = Path(__file__).parents[3]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=AT_MOST_SECONDS, check=False)
    assert not done.stdout, done.stdout
    assert done.returncode == 0, done.stderr[-2000:]
    assert f"Done {GUIDED}" in done.stderr or "DONE" in done.stderr


@pytest.mark.parametrize(
    ("code", "cases", "told"),
    [
        ("import os, sys; print(5, file=sys.stderr, flush=True); os.abort()", 1, {"s:5": "Ended with -6"}),
        ("import time, sys; print(3, 4, file=sys.stderr, flush=True); time.sleep(999)", 2, {"s:4": "Hung"}),
        ('import sys; print(\'{"case": "s:1", "wrong": "KeyError"}\'); sys.exit(1)', 0, {"s:1": "KeyError"}),
        ("pass", 0, {}),
    ],
    ids=["dies", "hangs", "fails", "passes"],
)
def test_a_long_run_tells_of_workers_that_die_or_hang(code: str, cases: int, told: dict[str, str]) -> None:
    found = fuzz.run(["-c", code], 2, "s", patience=1)
    assert found.cases == cases
    assert {case: wrong.partition(".")[0] for case, wrong in found.wrong.items()} == told
