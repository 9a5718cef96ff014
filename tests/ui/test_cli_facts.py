"""Facts on the command line: `ingest --set`, and `show` telling where each came from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.ui.conftest import Run

TALK = "EVENING DESK\n\nThe bridge\n\nAired April 13, 2015 - 22:00 ET\n\nANN LEE, HOST: Hello.\n\nBOB RAY, MAYOR: Hi.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "news" / "talk.txt"
    path.parent.mkdir()
    path.write_text(TALK)
    return path


def only(run: Run) -> dict[str, Any]:
    [entry] = json.loads(run("list", "--json").stdout)
    assert isinstance(entry, dict)
    return entry


def test_facts_are_set_kept_and_listed(run: Run, file: Path) -> None:
    given = ("--set", "source=BBC", "--set", "programme=Newsnight at ten", "--set", "language=English")
    assert run("ingest", *given, file).stdout == "1 added.\n"
    assert run("ingest", file).stdout == "1 unchanged.\n"
    entry = only(run)
    assert (entry["source"], entry["programme"], entry["language"]) == ("BBC", "Newsnight at ten", "en")
    assert entry["published_at"] == "2015-04-13T22:00:00-04:00"
    assert run("ingest", "--set", "source=CNN", file).stdout == "1 updated.\n"
    assert run("ingest", "--set", "source=", file).stdout == "1 updated.\n"
    assert only(run)["source"] == "Newsnight at ten"


def test_show_tells_where_each_fact_came_from(run: Run, file: Path) -> None:
    file.with_name("meta.yaml").write_text("language: en\nurl: https://example.org/a\n")
    run("ingest", "--set", "source=BBC", file)
    key = only(run)["id"]
    text = run("show", key).stdout
    for line in (
        "The bridge  (header)\n",
        "Source:    BBC  (--set)\n",
        "Programme: Evening Desk  (header)\n",
        "Date:      2015-04-13  (header)\n",
        "Time:      22:00-04:00  (header)\n",
        "Language:  en  (sidecar news/meta.yaml)\n",
        "URL:       https://example.org/a  (sidecar news/meta.yaml)\n",
        "Format:    labelled\n",
    ):
        assert line in text
    shown = json.loads(run("show", "--json", key).stdout)
    assert shown["origins"]["source"] == "--set"
    assert shown["origins"]["language"] == "sidecar news/meta.yaml"
    assert shown["programme"] == "Evening Desk"
    assert "(header)" not in run("show", "--quiet", key).stdout


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["colour=red"], "The keys are: title, source, programme, date, url, media_url, language."),
        (["source"], "is not KEY=VALUE"),
        (["=BBC"], "The keys are: title"),
        (["date=05/06/2024"], "date cannot be '05/06/2024'. It should be a day such as 2024-05-01"),
        (["language=klingon"], "a language tag such as en"),
        (["url=example.org"], "begins with http"),
        (["source=BBC", "source=CNN"], "source is given twice"),
    ],
)
def test_a_bad_fact_is_exit_2_and_nothing_goes_in(run: Run, file: Path, given: list[str], told: str) -> None:
    result = run("ingest", *(part for each in given for part in ("--set", each)), file)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())
    assert run("list").exit_code == 3


def test_a_broken_sidecar_is_exit_1_with_its_line(run: Run, file: Path) -> None:
    sidecar = file.with_suffix(".meta.yaml")
    sidecar.write_text("source: BBC\ncolour: red\n")
    result = run("ingest", file)
    assert (result.exit_code, result.stdout) == (1, "1 failed.\n")
    assert result.stderr.startswith(f"{sidecar}, line 2: has the key 'colour', which is none we know.")


def test_a_sidecar_alone_is_nothing_to_ingest(run: Run, file: Path) -> None:
    sidecar = file.with_suffix(".meta.yaml")
    sidecar.write_text("source: BBC\n")
    assert run("ingest", sidecar).exit_code == 2
    assert run("ingest", *sorted(file.parent.iterdir())).stdout == "1 added.\n"


def test_an_origin_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "\x1b[31mred"
    folder.mkdir()
    (folder / "meta.yaml").write_text("source: BBC\n")
    (folder / "talk.txt").write_text(TALK)
    run("ingest", folder)
    text = run("show", only(run)["id"]).stdout
    assert "\x1b" not in text
    assert "Source:    BBC  (sidecar �[31mred/meta.yaml)\n" in text
