"""The engine with a language model in the answerer's place: kept where it holds, quotes where it does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import ModelError
from rag import Answer, Engine, Settings
from rag.engine import INSTEAD
from rag.errors import AnswererError
from rag.refusal import REFUSAL
from tests.rag.builders import Saying

QUESTION = "How did the FCC vote on the draft order?"


def asked(archive: Path, says: str, question: str = QUESTION) -> Answer:
    with Engine(archive, llm=Saying(says=says)) as engine:
        answer = engine.ask(question)
        for citation in answer.citations:
            transcript = engine.transcript(citation.transcript_id)
            assert transcript.text[citation.char_start : citation.char_end] == citation.quote
        return answer


@pytest.fixture(scope="module")
def first_with_vote(sample_archive: Path) -> int:
    """The number of the passage that holds the vote, as the model is given it."""
    with Engine(sample_archive) as engine:
        hits = engine.search(QUESTION)
        return next(hit.rank for hit in hits if "voted 5-0" in hit.passage.text)


def test_a_supported_sentence_is_shown_with_its_quote(sample_archive: Path, first_with_vote: int) -> None:
    answer = asked(sample_archive, f"The US Federal Communications Commission voted 5-0 [{first_with_vote}].")
    assert answer.status == "grounded"
    assert "voted 5-0" in answer.citations[0].quote
    assert answer.text.endswith("[1]")
    assert answer.notice == ""


def test_a_made_up_sentence_is_struck_out_and_the_rest_stays(sample_archive: Path, first_with_vote: int) -> None:
    n = first_with_vote
    says = f"The US Federal Communications Commission voted 5-0 [{n}]. The vote was 9-2 [{n}]. It was raining."
    answer = asked(sample_archive, says)
    assert answer.status == "partial"
    assert "9-2" not in answer.text
    assert "raining" not in answer.text
    assert {"9-2", "raining"} <= {word.strip(".") for each in answer.rejected for word in each.text.split()}


def test_nothing_confirmed_gives_quotes_with_a_notice_and_what_was_struck(sample_archive: Path) -> None:
    answer = asked(sample_archive, "The moon is made of cheese [1]. So says the Pope [99].")
    assert answer.notice == f"Nothing the language model wrote could be confirmed. {INSTEAD}"
    assert any("5-0" in citation.quote for citation in answer.citations)
    assert len(answer.rejected) == 2


def test_where_little_is_confirmed_the_quotes_take_over_and_all_of_it_is_struck_out(
    sample_archive: Path, first_with_vote: int
) -> None:
    held = f"The US Federal Communications Commission voted 5-0 [{first_with_vote}]."
    answer = asked(sample_archive, f"{held} The moon is made of cheese [1]. So says the Pope [99]. It was raining.")
    assert answer.notice == f"Too little of what the language model wrote could be confirmed. {INSTEAD}"
    assert any("5-0" in citation.quote for citation in answer.citations)
    assert answer.rejected[0].text == held
    assert len(answer.rejected) == 4


def test_meaning_is_checked_too_and_by_the_users_model_where_one_is_named(
    sample_archive: Path, first_with_vote: int, tmp_path: Path
) -> None:
    says = f"The US Federal Communications Commission voted 5-0 [{first_with_vote}]."
    settings = Settings(nli=str(tmp_path / "nowhere"))
    with (
        Engine(sample_archive, settings=settings, llm=Saying(says=says)) as engine,
        pytest.raises(ModelError, match=r"The NLI model .*nowhere.* could not be loaded"),
    ):
        engine.ask(QUESTION)


def test_a_model_that_declines_is_believed(sample_archive: Path) -> None:
    answer = asked(sample_archive, REFUSAL)
    assert answer.status == "refused"
    assert answer.hits


def test_what_nothing_mentions_is_refused_without_asking_the_model(sample_archive: Path) -> None:
    model = Saying(says="Ericsson's chief said Huawei is fine [1].", sent=[])
    with Engine(sample_archive, llm=model) as engine:
        answer = engine.ask("What did Ericsson's CEO say about Huawei?")
    assert answer.status == "refused"
    assert "Ericsson" in answer.text
    assert model.sent == []


class Failing(Saying):
    """Breaks off in the middle, as a provider does when the line drops."""

    def pieces(self) -> Iterator[str]:
        yield "The US Federal "
        raise ConnectionError("connection reset by peer")


def test_a_provider_that_fails_gives_quotes_with_the_reason(sample_archive: Path) -> None:
    with Engine(sample_archive, llm=Failing(says="")) as engine:
        answer = engine.ask(QUESTION)
    assert any("5-0" in citation.quote for citation in answer.citations)
    assert "cannot be reached" in answer.notice
    assert answer.notice.endswith(INSTEAD)


class BreakingOff(Saying):
    """Fails after what it says."""

    def pieces(self) -> Iterator[str]:
        yield self.says
        raise ConnectionError("connection reset by peer")


def test_a_provider_that_breaks_off_leaves_what_was_confirmed_and_says_so(
    sample_archive: Path, first_with_vote: int
) -> None:
    says = f"The US Federal Communications Commission voted 5-0 [{first_with_vote}]. And then it went on to say that "
    with Engine(sample_archive, llm=BreakingOff(says=says)) as engine:
        answer = engine.ask(QUESTION)
    assert len(answer.citations) == 1
    assert "It broke off:" in answer.notice
    assert "cannot be reached" in answer.notice


def test_the_model_is_given_numbered_passages_of_the_archive(sample_archive: Path) -> None:
    model = Saying(says="x", sent=[])
    with Engine(sample_archive, llm=model) as engine:
        engine.ask(QUESTION)
    prompt = "\n".join(str(message.content) for message in model.sent[0])
    assert "voted 5-0" in prompt
    assert QUESTION in prompt


def test_streaming_with_a_model_grows_sentence_by_sentence(sample_archive: Path, first_with_vote: int) -> None:
    n = first_with_vote
    says = f"The US Federal Communications Commission voted 5-0 [{n}]. It voted on Tuesday for a draft order [{n}]."
    with Engine(sample_archive, llm=Saying(says=says)) as engine:
        texts = [answer.text for answer in engine.as_runnable().stream(QUESTION)]
    assert len(set(texts)) > 1
    assert texts[-1].count("[1]") + texts[-1].count("[2]") == 2


def test_a_model_that_is_not_installed_is_a_clear_error(sample_archive: Path) -> None:
    with Engine(sample_archive, llm="mistralai:small") as engine, pytest.raises(AnswererError, match="mistral"):
        engine.ask(QUESTION)


def test_a_model_that_writes_nothing_gives_quotes(sample_archive: Path) -> None:
    answer = asked(sample_archive, "  \n ")
    assert answer.notice == f"The language model wrote nothing. {INSTEAD}"
    assert any("5-0" in citation.quote for citation in answer.citations)


def test_half_characters_from_a_model_are_no_text_and_end_nothing(sample_archive: Path, first_with_vote: int) -> None:
    answer = asked(sample_archive, f"The vote \ud83d was 5-0 [{first_with_vote}]. Rain \udfff fell [1].")
    written = [answer.text, *(each.text for each in answer.rejected)]
    assert all(text.encode() for text in written)
    assert any("\ufffd" in text for text in written)


def test_an_engine_tells_who_answers(sample_archive: Path) -> None:
    with (
        Engine(sample_archive) as quoting,
        Engine(sample_archive, llm="openai:gpt-4.1-mini") as named,
        Engine(sample_archive, llm=Saying(says="")) as given,
    ):
        names = [quoting.name, named.name, given.name]
    assert names == ["onrecord, quotes", "onrecord, openai:gpt-4.1-mini", "onrecord, Saying"]
