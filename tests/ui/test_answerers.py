"""A reader's own choice of who answers holds for that tab, and one that cannot be is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rag import Engine, Settings
from rag.chat_models import URL_KEY
from tests.rag.chat_server import Act
from tests.rag.chat_server import serving as chat_server
from tests.ui.fakes import FakeEngine
from ui.answerers import MOST, Answerers, Choice
from ui.desk import Desk
from ui.panel_evaluate import framed, measuring, sets
from ui.panel_settings import choose
from ui.session import Session

MANY = "What did they say about Huawei?"


def test_the_number_of_quotes_is_this_tabs_alone(sample_archive: Path) -> None:
    with Engine(sample_archive) as engine:
        answerers = Answerers(Desk(engine, sample_archive))
        one, other = Session(), Session()
        assert "one exact quote" in choose(answerers, one, Choice(1))
        chosen = answerers.of(Choice(1))
        assert len(chosen.engine.ask(MANY).citations) == 1
        assert [one.desk, other.desk] == [chosen, None]
        choose(answerers, other, Choice(1))
        assert [one.desk, other.desk] == [chosen, chosen]
        for quotes in range(2, 2 + MOST):
            choose(answerers, other, Choice(quotes))
        assert answerers.of(Choice(1)) is not one.desk


def test_a_model_that_cannot_be_is_told_and_changes_nothing(sample_archive: Path) -> None:
    with Engine(sample_archive) as engine:
        session = Session()
        said = choose(Answerers(Desk(engine, sample_archive)), session, Choice(4, "no such model"))
    assert "does not name a language model" in said
    assert session.desk is None
    assert "Name a model" in choose(Answerers(Desk(FakeEngine())), session, None)
    assert "Nobody else can answer" in choose(Answerers(Desk(FakeEngine())), session, Choice(2))


@pytest.mark.parametrize(
    ("elsewhere", "typed", "sent"),
    [(True, "", "none"), (True, "sk-typed-here", "sk-typed-here"), (False, "", "sk-owner")],
)
def test_the_owners_key_goes_only_where_the_owner_sent_it(
    sample_archive: Path, monkeypatch: pytest.MonkeyPatch, elsewhere: bool, typed: str, sent: str
) -> None:
    monkeypatch.setenv(URL_KEY, "sk-owner")
    with chat_server([Act(says="Nothing.")]) as served:
        own = "http://127.0.0.1:9/v1" if elsewhere else served.url
        with Engine(sample_archive, settings=Settings(llm="openai:own", llm_url=own)) as engine:
            answerers = Answerers(Desk(engine, sample_archive))
            answerers.of(Choice(4, "openai:x", served.url, typed)).engine.ask(MANY)
    assert set(served.keys) == {f"Bearer {sent}"}


def test_a_key_that_a_server_says_back_is_not_told(sample_archive: Path) -> None:
    key = "sk-very-secret"
    choice = Choice(4, "openai:x", "http://127.0.0.1:9/v1", key)
    assert key not in repr(choice)
    with chat_server([Act(status=400, says=f"What is {key}?")]) as served, Engine(sample_archive) as engine:
        chosen = Answerers(Desk(engine, sample_archive)).of(replace(choice, url=served.url))
        answer = chosen.engine.ask(MANY)
    assert "What is [key]?" in answer.notice
    assert key not in answer.notice


def test_a_set_is_asked_with_its_progress_and_reported(sample_archive: Path, tmp_path: Path) -> None:
    questions = tmp_path / "set.jsonl"
    questions.write_text('{"question": "Why is Huawei turning to Europe?", "answerable": true}\n')
    with Engine(sample_archive) as engine:
        desk = Desk(engine, sample_archive)
        assert list(sets(desk)) == ["The packaged questions about the samples"]
        steps = list(measuring(desk, questions))
    assert "Asking 1 of 1" in "".join(told for told, _ in steps)
    said, report = steps[-1]
    assert "1 question asked" in said
    assert '<iframe class="report" title="Report of the evaluation" sandbox="allow-scripts" srcdoc="' in report


def test_a_set_that_does_not_read_is_told(sample_archive: Path, tmp_path: Path) -> None:
    broken = tmp_path / "set.jsonl"
    broken.write_text("{")
    with Engine(sample_archive) as engine:
        [*_, (said, report)] = measuring(Desk(engine, sample_archive), broken)
        assert "Choose a question set first." in next(measuring(Desk(engine), None))[0]
    assert "set.jsonl" in said
    assert report == ""


def test_a_report_cannot_get_out_of_its_frame(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text('<p title="x">"></iframe><script>parent.hit = 1</script>')
    assert framed(page).count("<") == 2
