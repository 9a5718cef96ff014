"""Sentences against the passages they cite: what is kept and quoted, what is struck out and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from ingest.transcript import Transcript
from rag.checks import CHECKS
from rag.evidence import Given, given
from rag.results import Citation, Rejected
from rag.verify import Supported, assemble, verify
from rag.written import take
from tests.rag.builders import KEVIN, PIVOT, PROFITS, Spoken, hit, hits, markers, transcript

QUESTION = "why is Huawei pivoting to Europe?"


def given_turns(of: Transcript) -> tuple[Given, ...]:
    return tuple(given(number, one, of) for number, one in enumerate(hits(of), start=1))


def judged(text: str, of: Transcript | None = None, question: str = QUESTION) -> Supported | Rejected:
    """One written sentence over a transcript in which every turn is a passage."""
    [sentence] = take(text, final=True)[0]
    return verify(sentence, given_turns(of or transcript()), question)


def reason(text: str, of: Transcript | None = None, question: str = QUESTION) -> str:
    outcome = judged(text, of, question)
    assert isinstance(outcome, Rejected), f"kept: {text}"
    return outcome.reason


def shown(texts: Sequence[str], of: Transcript) -> tuple[str, tuple[Citation, ...]]:
    """The answer made of sentences that all hold."""
    outcomes = [judged(text, of) for text in texts]
    kept = [one for one in outcomes if isinstance(one, Supported)]
    assert len(kept) == len(outcomes), outcomes
    return assemble(kept)


def only(spoken: Sequence[Spoken], **about: object) -> Transcript:
    return transcript(spoken, **about)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "Huawei is pivoting to Europe because the US is getting harder to enter [1].",
        "It is pivoting towards Europe and Asia [1].",
        "Kevin Ho said that Europe is the top area to focus on this year [2].",
        "Kevin Ho said: “The European area is the top number one area.” [2]",
        'Kevin Ho called it "the top number one area" [2].',
        "Kevin Ho said that “the European area is the top number one area” [2].",
        "The FCC voted 5-0 for a draft order on federal funds [3].",
        "Huawei and ZTE were cited as possible threats in the order [3].",
        "According to Jim Xu, the United States is a huge market [4].",
        "Profits rose 28.1% in 2017 [5].",
        "Profits rose 28.1 percent in 2017, boosted by strong sales [1][5].",
        "On 19 April 2018 Huawei was pivoting towards Europe [1].",
        "Harbour News reports that Huawei is pivoting to Europe [1].",
    ],
)
def test_what_the_cited_words_say_is_kept(text: str) -> None:
    outcome = judged(text)
    assert isinstance(outcome, Supported), outcome


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Huawei is pivoting to Europe.", "It cites no passage."),
        ("Huawei is pivoting to Europe (1).", "It cites no passage."),
        ("Huawei is pivoting to Europe [99].", "It cites [99], and only 5 passages were given."),
        ("Huawei is pivoting to Europe [0].", "It cites [0], and only 5 passages were given."),
        ("Huawei is pivoting to Europe [1][6].", "It cites [6], and only 5 passages were given."),
        ("Profits rose 30 percent in 2017 [5].", "It says 30 percent, and the cited passage does not."),
        ("Profits rose 28.1 percent in 2018 [1].", "It says 28.1 percent, and the cited passage does not."),
        ("Profits rose by $28.1 million [5].", "It says $28.1 million, and the cited passage does not."),
        ("The FCC voted six to nil for the order [3].", "It says six, and the cited passage does not."),
        ("Trump said the US is harder to enter [1].", "It names Trump, and the cited passage does not."),
        ("Huawei is pivoting to Africa and Asia [1].", "It names Africa, and the cited passage does not."),
        (
            "Kevin Ho said “we love the European area most of all” [2].",
            "It quotes “we love the European area most of all”, and those exact words are not in the",
        ),
        (
            "Huawei is pivoting “because the US is shut” [1].",
            "It quotes “because the US is shut”, and those exact words are not in the cited passage.",
        ),
        ("Kevin Ho: the top area is a wonderful new world [2].", "The words it cites bear out too little of it."),
        ("Jim Xu: the European area is the top number one area [2].", "It names Xu"),
        (
            "Cats sleep on a mat all day and night [1].",
            "It has too little in common with the passage it cites.",
        ),
        ("It is what it is [1].", "It makes no statement that could be checked."),
        ("Huawei is not pivoting towards Europe [1].", "It differs from the words it cites in a “not”."),
        (
            "Profits fell 28.1 percent in 2017 on strong sales [5].",
            "It says “fell”, and the words it cites say “rose”.",
        ),
        ("The FCC voted 5-0 against a draft order [3].", "It says “against”, and the cited passage does not."),
        ("See [the report](http://example.test/x) on Huawei [1].", "It contains a link or HTML"),
        ("Huawei is <b>pivoting</b> towards Europe [1].", "It contains a link or HTML"),
        ("Huawei pivots to Europe, see www.example.test [1].", "It contains a link or HTML"),
    ],
)
def test_what_they_do_not_say_is_struck_out_and_the_reader_told_why(text: str, why: str) -> None:
    assert reason(text).startswith(why)


def test_words_of_one_speaker_are_not_anothers() -> None:
    both = transcript((("Kevin Ho", None, "Europe is the top number one area."), ("Jim Xu", None, "We still invest.")))
    [sentence] = take("Jim Xu said “Europe is the top number one area” [1].", final=True)[0]
    outcome = verify(sentence, [given(1, hit(both, 0, 1), both)], "")
    assert isinstance(outcome, Rejected)
    assert outcome.reason == "It says that Xu said this, and in the cited passage Kevin Ho did."


def test_two_names_that_changed_places_are_struck_out() -> None:
    of = only([(None, None, "Cisco sued Huawei in a Texas court over stolen code.")])
    assert isinstance(judged("Cisco sued Huawei over stolen code [1].", of), Supported)
    assert reason("Huawei sued Cisco over stolen code in Texas [1].", of) == (
        "It has Huawei and Cisco change places about “sued”."
    )


def test_what_narration_reports_of_a_person_is_theirs_to_be_told() -> None:
    of = only([(None, None, "Pekka Haavisto said the treaty was signed. It rained.")])
    assert isinstance(judged("Haavisto said that the treaty was signed [1].", of), Supported)


def test_a_quote_does_not_run_from_one_speaker_into_the_next() -> None:
    of = transcript((("Kevin Ho", None, "Europe comes first."), ("Jim Xu", None, "America comes second.")))
    [sentence] = take("They said “Europe comes first. America comes second” [1].", final=True)[0]
    outcome = verify(sentence, [given(1, hit(of, 0, 1), of)], "")
    assert isinstance(outcome, Rejected)
    assert "those exact words" in outcome.reason


def test_a_quote_over_two_written_sentences_is_checked_in_both() -> None:
    of = only([("Kevin Ho", None, "Europe comes first this year. Asia comes second this year.")])
    sentences, _ = take("Kevin Ho said: “Europe comes first this year. Asia comes last of all” [1].", final=True)
    outcomes = [verify(one, given_turns(of), "") for one in sentences]
    assert any(isinstance(one, Rejected) and "those exact words" in one.reason for one in outcomes)


def test_curly_quotes_dashes_and_line_ends_in_the_transcript_do_not_matter() -> None:
    of = only([("Kevin Ho", None, "It’s the “top” area –\u00a0we said so.")])
    assert isinstance(judged('Kevin Ho said "It\'s the top" area [1].', of), Rejected)
    assert isinstance(judged("Kevin Ho said ‘top’ area [1].", of), Supported)
    assert isinstance(judged('Kevin Ho said "area - we said so" [1].', of), Supported)


def test_the_quote_is_the_sentence_that_bears_it_out_and_the_turn_says_who_and_when() -> None:
    of = transcript()
    text, [citation] = shown(["Kevin Ho said that Asia Pacific is number two [2]."], of)
    assert citation.quote.startswith("And number two")
    assert (citation.speaker, citation.role) == ("Kevin Ho", "President, Huawei Handset Product Line")
    assert of.text[citation.char_start : citation.char_end] == citation.quote
    assert of.turns[1].start_ms is not None
    assert citation.start_ms is not None
    assert citation.start_ms > of.turns[1].start_ms
    assert text == "Kevin Ho said that Asia Pacific is number two. [1]"


def test_two_sentences_are_quoted_when_the_claim_needs_both() -> None:
    of = only([(None, None, "The ship ran aground in strong wind. Nobody of the crew of 25 was hurt. It rained.")])
    _, [citation] = shown(["The ship ran aground in wind and nobody of the crew of 25 was hurt [1]."], of)
    assert citation.quote == "The ship ran aground in strong wind. Nobody of the crew of 25 was hurt."


def test_where_a_speaker_is_named_the_citation_is_theirs() -> None:
    of = transcript(((None, None, "Europe is the top area for Huawei."), ("Kevin Ho", None, "Europe is our area.")))
    [sentence] = take("Kevin Ho said that Europe is the top area [1].", final=True)[0]
    outcome = verify(sentence, [given(1, hit(of, 0, 1), of)], "")
    assert isinstance(outcome, Supported)
    assert assemble([outcome])[1][0].speaker == "Kevin Ho"


def test_markers_are_numbered_by_first_use_and_the_same_words_get_the_same_number() -> None:
    said = [
        "Profits rose 28.1 percent in 2017 [5].",
        "Huawei is pivoting towards Europe [1].",
        "Sales boosted profits in 2017 [5][1].",
    ]
    text, citations = shown(said, transcript())
    assert [one.marker for one in citations] == [1, 2]
    assert [one.quote for one in citations] == [PROFITS, PIVOT]
    assert markers(text)[:3] == [1, 2, 1]


def test_a_cited_passage_with_nothing_of_the_sentence_gives_no_citation_and_is_told() -> None:
    outcome = judged("Profits rose 28.1 percent in 2017 [5][4].")
    assert isinstance(outcome, Supported)
    assert outcome.unmatched == (4,)
    assert len(outcome.evidence) == 1


def test_lines_of_the_model_stay_lines() -> None:
    sentences, _ = take("- Profits rose in 2017 [5].\n- Huawei is pivoting to Europe [1].", final=True)
    kept = [verify(one, given_turns(transcript()), QUESTION) for one in sentences]
    assert assemble([one for one in kept if isinstance(one, Supported)])[0] == (
        "Profits rose in 2017. [1]\nHuawei is pivoting to Europe. [2]"
    )


def test_only_the_passage_itself_counts_not_the_rest_of_its_transcript() -> None:
    of = transcript()
    [sentence] = take("Profits rose 28.1 percent in 2017 [1].", final=True)[0]
    assert isinstance(verify(sentence, [given(1, hit(of, 0), of)], ""), Rejected)
    assert isinstance(verify(sentence, [given(1, hit(of, 4), of)], ""), Supported)


def test_a_passage_may_begin_within_a_turn() -> None:
    of = transcript()
    whole = hit(of, 1)
    start = of.text.index("And number two")
    part = type(whole.passage)(
        "p",
        of.id,
        1,
        1,
        start,
        whole.passage.char_end,
        ("Kevin Ho",),
        None,
        None,
        of.text[start : whole.passage.char_end],
    )
    cut = given(1, type(whole)(part, 1.0, 1), of)
    [late] = take("Kevin Ho said that the European area is the top area [1].", final=True)[0]
    assert isinstance(verify(late, [cut], ""), Rejected)
    assert all(span.start >= start for span in cut.spans)


def test_title_and_date_count_as_known() -> None:
    of = only([(None, None, "Ships are moving again.")], title="Suez canal reopened", published=date(2021, 3, 30))
    assert isinstance(judged("Ships are moving again in the Suez canal on 30 March 2021 [1].", of), Supported)
    assert "31" in reason("Ships are moving again in the Suez canal on 31 March 2021 [1].", of)


def test_names_of_the_question_may_be_repeated() -> None:
    of = only([(None, None, "The company's profits rose in the year.")])
    assert isinstance(judged("The profits of Nokia rose in the year [1].", of, "Did Nokia earn more?"), Supported)
    assert "Nokia" in reason("The profits of Nokia rose in the year [1].", of, "Did it earn more?")


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_check_says_what_it_is_for(check: object) -> None:
    assert check.__doc__


def test_a_transcript_without_sentences_bears_nothing_out() -> None:
    of = only([(None, None, "– … –")])
    assert reason("Huawei is pivoting to Europe [1].", of)


def test_long_passages_and_long_sentences_are_no_trouble() -> None:
    of = only([("Kevin Ho", None, " ".join([KEVIN] * 50)), (None, None, "word " * 5000)])
    assert isinstance(judged("Kevin Ho said that Europe is the top area [1].", of), Supported)
    assert isinstance(judged("x" * 4000 + " [2].", of), Rejected)
