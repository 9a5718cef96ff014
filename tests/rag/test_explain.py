"""A search looked into, over the real samples; and misspelt names all the way to the answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rag import Engine
from rag.filters import Filters
from rag.spelling import Reading


@pytest.fixture(scope="module")
def engine(sample_archive: Path) -> Iterator[Engine]:
    with Engine(sample_archive) as engine:
        yield engine


def test_each_hit_tells_which_terms_gave_it_what(engine: Engine) -> None:
    found = engine.explain("Which rocket carried the Webb telescope?", 5)
    assert [each.hit for each in found.hits] == list(engine.search("Which rocket carried the Webb telescope?", 5))
    for each in found.hits:
        assert list(each.terms.values()) == sorted(each.terms.values(), reverse=True)
        assert sum(each.terms.values()) == pytest.approx(each.hit.parts.get("words", 0.0), rel=1e-4)
    assert {"rocket", "webb"} <= set(found.hits[0].terms)


def test_filters_phrases_and_readings_are_told(engine: Engine) -> None:
    filters = Filters(since=date(2018, 1, 1), until=date(2018, 12, 31))
    found = engine.explain('How "harder to enter" is America for Huawey?', 5, filters=filters)
    assert found.readings == (Reading("Huawey", "Huawei"),)
    assert found.searched == ('How "harder to enter" is America for Huawei?',)
    assert found.phrases == ("harder to enter",)
    assert found.filters == filters
    assert {hit.hit.published for hit in found.hits} <= {date(2018, 4, 19), date(2018, 5, 25)}
    assert "Huawey read as Huawei." in found.notice
    assert found.hits[0].hit.parts["phrase"] == 1


def test_a_misspelt_name_is_no_reason_to_refuse_and_is_told(engine: Engine) -> None:
    answer = engine.ask("Why is Huawey turning to Europe?")
    assert answer.status == "grounded"
    assert "Huawey read as Huawei." in answer.notice
    assert "harder to enter" in answer.text
    assert answer.question == "Why is Huawey turning to Europe?"


def test_a_name_like_no_other_is_refused_as_before(engine: Engine) -> None:
    answer = engine.ask("What did Ericsson's CEO say about Huawei?")
    assert answer.status == "refused"
    assert "“Ericsson”" in answer.text
    assert "read as" not in answer.notice
