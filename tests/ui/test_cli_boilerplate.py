"""Repeated station text on the command line: told of once, shown set off, absent from what search finds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest import IngestReport
from ingest.repeats import KeptOut
from tests.ingest.shows import NOTICE, OPENING, write_ledgers
from tests.ui.conftest import Run
from ui.printing import show_report

MARK = "Repeated by the station, left out of search"


@pytest.fixture
def shown(run: Run, tmp_path: Path) -> str:
    """The id that ingest names when it has found something."""
    said = run("ingest", *write_ledgers(tmp_path / "in", 3)).stdout
    first, second = said.splitlines()
    assert first == "3 added."
    assert second.startswith("9 passages of repeated station text kept out of search; to see some: onrecord show ")
    return second.rsplit(" ", 1)[1]


def test_it_is_told_once(run: Run, shown: str, tmp_path: Path) -> None:
    assert run("ingest", tmp_path / "in").stdout == "3 unchanged.\n"
    assert run("show", shown).exit_code == 0


def test_show_sets_it_off_and_quiet_and_json_keep_the_exact_words(run: Run, shown: str) -> None:
    text = run("show", shown).stdout
    assert text.count(MARK) == 3
    assert f"[{MARK}: Good morning. {OPENING}]" in text
    assert f"[{MARK}: {NOTICE}]" in text
    assert MARK not in run("show", "--quiet", shown).stdout
    told = json.loads(run("show", "--json", shown).stdout)
    assert [told["text"][start:end] for start, end in told["boilerplate"]][-1] == NOTICE
    assert {"turns", "speakers", "words"} <= told.keys()


def test_search_finds_nothing_of_it(run: Run, shown: str) -> None:
    assert "Pillow Post" in run("show", shown).stdout
    hits = json.loads(run("search", "--json", "Support for the Ledger comes from Pillow Post").stdout)["hits"]
    assert hits
    assert not [hit for hit in hits if "Pillow" in hit["passage"]["text"]]


@pytest.mark.parametrize(("kept", "said"), [(0, ""), (1, "1 passage of"), (1200, "1,200 passages of")])
def test_the_number_is_put_in_words(kept: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    show_report(IngestReport(added=("a.txt",), kept_out=KeptOut(kept, "ab12")), quiet=False)
    _, *told = capsys.readouterr().out.splitlines()
    line = f"{said} repeated station text kept out of search; to see some: onrecord show ab12"
    assert told == ([line] if kept else [])
