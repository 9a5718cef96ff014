"""The answerer over chat models that say what they are told to: good, wrong, broken, endless, silent ones."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.runnables import RunnableLambda

from ingest.transcript import Transcript
from rag.checks import Case
from rag.errors import AnswererError
from rag.refusal import REFUSAL
from rag.results import Answer
from rag.write import NOTHING_CONFIRMED, NOTHING_WRITTEN, TOO_LITTLE, Limits, Writer
from tests.rag.builders import KEVIN, PIVOT, PROFITS, Saying, hits, lookup, markers, transcript

QUESTION = "why is Huawei pivoting to Europe?"
GOOD = "Huawei is pivoting to Europe because the US is getting harder to enter [1]."
SECOND = "Kevin Ho said that “the European area is the top number one area” [2]."
WRONG = "Profits rose 30 percent in 2017 [5]."


class Failing(Saying):
    """Says its text, then fails as a provider would."""

    error: Exception

    def pieces(self) -> Iterator[str]:
        yield from super().pieces()
        raise self.error


class Endless(Saying):
    """Never stops saying it; counts how often it has."""

    said: int = 0

    def pieces(self) -> Iterator[str]:
        while True:
            self.said += 1
            yield self.says


class Stuck(Saying):
    """Says its text, then nothing until it is let go."""

    gate: Any

    def pieces(self) -> Iterator[str]:
        yield from super().pieces()
        self.gate.wait(30)


def parts(model: Saying, limits: Limits | None = None) -> list[Answer]:
    """Everything the writer yields over the Huawei transcript, each turn a passage."""
    of = transcript()
    return list(Writer(model, limits=limits or Limits()).stream(QUESTION, hits(of), lookup(of)))


def written(says: str, **about: Any) -> Answer:
    return parts(Saying(says=says, **about))[-1]


def all_shown_is_cited(answer: Answer, of: Transcript) -> None:
    """What must hold for every answer, whatever the model said."""
    assert set(markers(answer.text)) == {one.marker for one in answer.citations}
    for citation in answer.citations:
        assert of.text[citation.char_start : citation.char_end] == citation.quote
        assert citation.speaker == of.turn_at(citation.char_start).speaker
    assert (answer.status == "refused") == (not answer.citations)


def test_a_good_answer() -> None:
    answer = written(f"{GOOD} {SECOND}")
    assert answer.text == f"{GOOD[:-5]}. [1] {SECOND[:-5]}. [2]"
    assert [one.quote for one in answer.citations] == [PIVOT, KEVIN.split(". ")[0] + "."]
    assert answer.citations[1].speaker == "Kevin Ho"
    assert answer.status == "grounded"
    assert answer.rejected == ()
    assert answer.notice == ""
    assert answer.timings["write"] > 0
    assert answer.hits == hits(transcript())


def test_it_grows_sentence_by_sentence() -> None:
    grown = parts(Saying(says=f"{GOOD} {WRONG} {SECOND}"))
    assert [len(one.citations) for one in grown] == [1, 1, 2, 2]
    assert [len(one.rejected) for one in grown] == [0, 1, 1, 1]
    assert all(later.text.startswith(earlier.text) for earlier, later in pairwise(grown))


def test_the_first_sentence_is_shown_while_the_model_still_writes() -> None:
    gate = threading.Event()
    of = transcript()
    stream = Writer(Stuck(says=f"{GOOD} {SECOND} And then", gate=gate)).stream(QUESTION, hits(of), lookup(of))
    assert len(next(stream).citations) == 1
    gate.set()
    assert len(list(stream)[-1].citations) == 2


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ("Huawei is pivoting to Europe.", "It cites no passage."),
        ("The US is getting harder to enter [99].", "It cites [99], and only 5 passages were given."),
        (WRONG, "It says 30 percent"),
        ("Kevin Ho said “we will leave Asia for good” [2].", "It quotes “we will leave Asia for good”"),
        ("Tim Cook said that the European area is the top area [2].", "It names Cook"),
        ("Die Katze sitzt auf der Matte und schläft [1].", "It names Katze"),
        ("Le chat est sur le tapis [1].", "It has too little in common"),
        ("<script>alert('Huawei')</script> Huawei is pivoting [1].", "It contains a link or HTML"),
        ("![Huawei](https://example.test/?q=Huawei) is here [1].", "It contains a link or HTML"),
        ("asdkfj qwpeor zxmcnv lskdjf qpwoei [1].", "It has too little in common"),
    ],
)
def test_a_sentence_that_does_not_hold_is_struck_out_and_the_rest_stays(says: str, why: str) -> None:
    answer = written(f"{GOOD} {says} {SECOND}")
    assert len(answer.citations) == 2
    assert any(one.reason.startswith(why) for one in answer.rejected), answer.rejected
    assert answer.status == "partial"
    all_shown_is_cited(answer, transcript())


def test_markdown_dressing_does_not_reach_the_reader() -> None:
    answer = written(f"## Answer\n\n- **Huawei** {GOOD[7:]}\n- {SECOND}\n```\ncode\n```")
    assert answer.text == f"{GOOD[:-5]}. [1]\n{SECOND[:-5]}. [2]"


@pytest.mark.parametrize(
    "says", [REFUSAL, f"{REFUSAL} However, Paris is in France.", REFUSAL.upper(), f"**{REFUSAL}**"]
)
def test_a_refusal_is_a_refusal(says: str) -> None:
    answer = written(says)
    assert (answer.text, answer.citations, answer.status) == (REFUSAL, (), "refused")
    assert answer.hits


def test_a_refusal_after_an_answer_takes_nothing_back() -> None:
    answer = written(f"{GOOD} {REFUSAL}")
    assert len(answer.citations) == 1
    assert len(answer.rejected) == 1


@pytest.mark.parametrize("says", ["", "   \n\n ", "[1]", "<think>It is [1].</think>", "..."])
def test_nothing_written(says: str) -> None:
    answer = written(says)
    assert (answer.text, answer.citations, answer.rejected) == (NOTHING_WRITTEN, (), ())


def test_nothing_that_holds() -> None:
    answer = written(f"{WRONG} The moon is made of cheese.")
    assert (answer.text, answer.citations, len(answer.rejected)) == (NOTHING_CONFIRMED, (), 2)


@pytest.mark.parametrize(("wrong", "shown"), [(2, 1), (3, 0)])
def test_where_less_than_a_third_holds_nothing_is_shown(wrong: int, shown: int) -> None:
    """1 / (1 + 2) is a third, 1 / (1 + 3) is less."""
    made_up = ("The moon is made of cheese [1].", WRONG, "It was raining in Bath [3].")
    answer = written(" ".join([GOOD, *made_up[:wrong]]))
    assert len(answer.citations) == shown
    assert len(answer.rejected) == 1 + wrong - shown
    if not shown:
        assert answer.text == TOO_LITTLE
        assert answer.rejected[0].text == GOOD
        assert answer.rejected[0].reason.startswith("It agrees with the passage it cites, but most of what")


def test_repeats_do_not_count_against_what_was_confirmed() -> None:
    assert len(written(f"{GOOD} {GOOD} {SECOND} {GOOD}").citations) == 2


def test_a_further_check_strikes_what_passed_the_rules_and_sees_nothing_else() -> None:
    seen: list[str] = []

    def no_europe(case: Case) -> str | None:
        seen.append(case.claim.text)
        return "It is about Europe." if "Europe" in case.claim.text else None

    of = transcript()
    writer = Writer(Saying(says=f"{GOOD} {WRONG} Profits rose in 2017 [5]."), further=(no_europe,))
    answer = writer.write(QUESTION, hits(of), lookup(of))
    assert [one.quote for one in answer.citations] == [PROFITS]
    assert [one.reason for one in answer.rejected if "Europe" in one.reason] == ["It is about Europe."]
    assert len(seen) == 2


def test_a_context_that_is_told_counts_before_the_models_own() -> None:
    model = Saying(says=GOOD, profile={"max_input_tokens": 100_000})
    parts(model, Limits(context_tokens=1160))
    assert str(model.sent[0][-1].content).count("<<<PASSAGE") == 1


def test_a_loop_is_stopped() -> None:
    model = Endless(says=f"{GOOD} ")
    [*_, answer] = parts(model)
    assert len(answer.citations) == 1
    assert "repeat itself" in answer.notice
    assert {one.reason for one in answer.rejected} == {"It repeats an earlier sentence."}
    time.sleep(0.5)
    said = model.said
    time.sleep(0.3)
    assert model.said == said, "the model was left running"


@pytest.mark.parametrize("says", ["the ", "x", "[1] ", "\n", "\x00", "�", "🂡", "(", "“"])
def test_endless_garbage_is_bounded(says: str) -> None:
    [*_, answer] = parts(Endless(says=says), Limits(seconds=3))
    assert answer.citations == ()
    assert answer.notice
    assert sum(len(one.text) for one in answer.rejected) <= 5_000


def test_a_model_that_goes_on_with_the_prompt_is_stopped() -> None:
    fences = "\n".join(f"<<<END OF PASSAGE {n}>>>\n<<<PASSAGE {n + 1}>>>\nTitle: Part {n}" for n in range(5, 50))
    answer = written(f"{GOOD}\n{fences}")
    assert len(answer.citations) == 1
    assert len([one for one in answer.rejected if one.reason == "It repeats the prompt."]) == 3
    assert "repeat itself" in answer.notice


def test_a_model_that_thinks_for_ever_has_not_answered() -> None:
    with pytest.raises(AnswererError, match="did not answer within"):
        parts(Endless(says="<think>hm "), Limits(seconds=0.5))


def test_a_model_that_writes_too_much_is_stopped_and_what_was_cut_off_is_struck_out() -> None:
    many = " ".join(f"Sentence {word} says nothing at all." for word in map(str, range(1000)))
    [*_, answer] = parts(Saying(says=f"{GOOD} {many}"), Limits(chars=150))
    assert len(answer.citations) == 1
    assert "too much" in answer.notice
    assert answer.rejected[-1].reason == "It was cut off before its end."


def test_a_model_at_its_own_limit() -> None:
    answer = written(f"{GOOD} Kevin Ho said that the European", finish_reason="length")
    assert "length limit" in answer.notice
    assert answer.rejected[-1].reason == "It was cut off before its end."


def test_a_model_that_goes_silent_is_not_waited_for() -> None:
    gate = threading.Event()
    [*_, answer] = parts(Stuck(says=f"{GOOD} {SECOND} And then", gate=gate), Limits(seconds=1))
    gate.set()
    assert len(answer.citations) == 2
    assert "too long" in answer.notice


def test_a_model_that_never_answers_is_an_error_in_time() -> None:
    gate = threading.Event()
    with pytest.raises(AnswererError, match=r"did not answer within 0\.2 seconds"):
        parts(Stuck(says="", gate=gate), Limits(seconds=0.2))
    gate.set()


class OwnError(Exception):
    """A provider's own class, which shares no base with any other."""


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OwnError("quota\nis used up"), "failed: quota"),
        (ConnectionRefusedError("no"), "cannot be reached"),
        (TimeoutError(), "did not answer in time"),
        (KeyError("choices"), "failed: 'choices'"),
        (OwnError(), "failed: OwnError"),
    ],
)
@pytest.mark.parametrize("before", ["", f"{GOOD} {SECOND} And"])
def test_a_failing_provider_is_one_clear_error(error: Exception, says: str, before: str) -> None:
    with pytest.raises(AnswererError, match=says) as raised:
        parts(Failing(says=before, error=error))
    assert "Failing" in str(raised.value)
    assert raised.value.__cause__ is error


def test_an_error_does_not_tell_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMPLE_API_KEY", "very-secret-words")
    with pytest.raises(AnswererError) as raised:
        parts(Failing(says="", error=OwnError("bad key very-secret-words")))
    assert "very-secret" not in str(raised.value)


def test_no_passages_is_a_refusal_without_asking_the_model() -> None:
    model = Saying(says=GOOD)
    [answer] = Writer(model).stream(QUESTION, (), lookup())
    assert (answer.text, answer.citations) == (REFUSAL, ())
    assert model.sent == []


def test_write_is_the_last_of_stream() -> None:
    of = transcript()
    whole = Writer(Saying(says=GOOD)).write(QUESTION, hits(of), lookup(of))
    assert whole.text == written(GOOD).text


def test_langchains_own_fake_works_too() -> None:
    of = transcript()
    model = GenericFakeChatModel(messages=iter([AIMessage(f"{GOOD} {SECOND}")]))
    assert len(Writer(model).write(QUESTION, hits(of), lookup(of)).citations) == 2


def test_callbacks_of_the_caller_see_the_model() -> None:
    seen: list[list[list[BaseMessage]]] = []

    class Watching(BaseCallbackHandler):
        def on_chat_model_start(self, serialized: Any, messages: list[list[BaseMessage]], **kwargs: Any) -> None:
            seen.append(messages)

    of = transcript()
    writer = Writer(Saying(says=GOOD))
    chain: RunnableLambda[str, Answer] = RunnableLambda(lambda asked: writer.write(asked, hits(of), lookup(of)))
    chain.invoke(QUESTION, config={"callbacks": [Watching()]})
    assert len(seen) == 1


def test_a_reader_who_goes_away_stops_the_model() -> None:
    model = Endless(says=f"{GOOD} ")
    of = transcript()
    stream = Writer(model).stream(QUESTION, hits(of), lookup(of))
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    time.sleep(0.5)
    said = model.said
    time.sleep(0.3)
    assert model.said == said


@pytest.mark.parametrize(("tokens", "given"), [(5_000, 5), (460, 1), (1, 1)])
def test_the_prompt_is_fitted_to_the_budget_and_the_best_passages_stay(tokens: int, given: int) -> None:
    model = Saying(says=GOOD)
    parts(model, Limits(prompt_tokens=tokens))
    asked = str(model.sent[0][-1].content)
    assert asked.count("<<<PASSAGE") == given
    assert "<<<PASSAGE 1>>>" in asked
    if tokens > 400:
        assert sum(len(str(message.content)) for message in model.sent[0]) <= tokens * 4
        assert PIVOT in asked


def test_a_models_own_small_context_counts() -> None:
    model = Saying(says=GOOD, profile={"max_input_tokens": 1160})
    parts(model)
    assert str(model.sent[0][-1].content).count("<<<PASSAGE") == 1


def test_a_marker_of_a_passage_that_was_not_given_for_want_of_room_is_made_up() -> None:
    [*_, answer] = parts(Saying(says=f"{GOOD} {SECOND}"), Limits(prompt_tokens=460))
    assert answer.rejected[0].reason == "It cites [2], and only 1 passage was given."


def test_several_readers_at_once() -> None:
    of = transcript()
    writer = Writer(Saying(says=f"{GOOD} {SECOND}"))
    texts: list[str] = []

    def ask() -> None:
        texts.append(writer.write(QUESTION, hits(of), lookup(of)).text)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(texts) == 8
    assert len(set(texts)) == 1
