"""Which sentences are chosen and how they are grouped: sides, dates and quarrels where there are any, else none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from ingest.transcript import Transcript
from rag.assemble import answers
from rag.choose import choose
from rag.disagreement import disagree
from rag.layout import DISAGREE, grouped
from rag.question import understand
from rag.quote_weights import BY_SEARCH
from rag.sentence_features import FEATURES, Candidate, Scored, candidates
from tests.rag.builders import hits, lookup, transcript

ANN, BOB = ("Ann Lee", "Minister"), ("Bob Day", "Mayor")


def sentences(*of: Transcript) -> tuple[Candidate, ...]:
    return candidates([each for one in of for each in hits(one)], lookup(*of))


def scored(found: Sequence[Candidate], *scores: float) -> list[Scored]:
    none = np.zeros(len(FEATURES), dtype=np.float32)
    return [Scored(each, score, none) for each, score in zip(found, scores, strict=True)]


def headings(question: str, *of: Transcript) -> list[str]:
    return [group.heading for group in grouped(understand(question), sentences(*of))]


QUARREL = transcript(
    [(*ANN, "The harbour bridge is safe for heavy lorries."), (*BOB, "The harbour bridge is not safe for lorries.")]
)
YEARS = [
    transcript(
        [(None, None, f"Rents in the harbour rose by {year - 2000} percent in {year}.")],
        name=f"t{year}",
        title=f"Rents {year}",
        published=date(year, 5, 1),
    )
    for year in (2023, 2021)
]


def test_plain_answers_stay_plain() -> None:
    assert headings("Why is Huawei turning to Europe?", transcript()) == [""]


def test_a_change_is_told_by_broadcast_oldest_first() -> None:
    assert headings("How did rents change over time?", *YEARS) == ["Rents 2021 (2021-05-01)", "Rents 2023 (2023-05-01)"]


def test_without_dates_there_is_no_order() -> None:
    undated = transcript([(None, None, "Rents rose in the harbour.")], name="t9", published=None)
    assert headings("How did rents change over time?", *YEARS, undated) == [""]


def test_a_comparison_is_laid_out_by_speaker() -> None:
    talk = transcript([(*ANN, "Ann Lee wants a tunnel built."), (*BOB, "Bob Day wants a ferry instead of it.")])
    question = "How does Ann Lee differ from Bob Day on the crossing?"
    assert headings(question, talk) == ["Ann Lee, Minister", "Bob Day, Mayor"]
    assert headings(question, transcript([(*ANN, "Ann Lee wants a tunnel."), (*ANN, "A ferry is slow.")])) == [""]


def test_a_comparison_of_times_is_laid_out_by_broadcast() -> None:
    question = "How did rents compare in 2021 versus 2023?"
    assert headings(question, *YEARS) == ["Rents 2021 (2021-05-01)", "Rents 2023 (2023-05-01)"]


def test_speakers_who_contradict_each_other_are_set_against_each_other() -> None:
    question = "Is the harbour bridge safe for lorries?"
    assert headings(question, QUARREL) == [f"{DISAGREE} — Ann Lee, Minister", f"{DISAGREE} — Bob Day, Mayor"]


def test_there_is_no_quarrel_where_there_is_none() -> None:
    question = understand("Is the harbour bridge safe for lorries?")
    for one, other in [
        ("The harbour bridge is safe for lorries.", "The harbour bridge is safe for heavy lorries."),
        ("The harbour bridge is safe for lorries.", "The tunnel is not safe for lorries with gas."),
        ("The harbour bridge is safe for lorries.", "Is the harbour bridge not safe for lorries?"),
    ]:
        assert not disagree(question, sentences(transcript([(*ANN, one), (*BOB, other)])))
        assert not disagree(question, sentences(transcript([(*ANN, one), (*ANN, other)])))
    denied = transcript(
        [(*ANN, "The harbour bridge is safe for lorries."), (*BOB, "I deny the bridge is safe for lorries.")]
    )
    assert disagree(question, sentences(denied))
    assert not disagree(understand("Who built the tunnel?"), sentences(denied))


def test_both_sides_have_a_place_before_more_of_one() -> None:
    talk = transcript(
        [
            (*ANN, "Ann Lee wants a tunnel under the harbour."),
            (*ANN, "Tunnels cost less than any ferry boats do."),
            (*BOB, "Bob Day wants two new ferry boats."),
        ]
    )
    found, asked = sentences(talk), understand("How does Ann Lee differ from Bob Day on the crossing?")
    chosen = choose(asked, scored(found, 9, 8, 4), 2, BY_SEARCH)
    assert [each.turn.speaker for each in chosen] == ["Ann Lee", "Bob Day"]


def test_a_list_takes_what_names_another_item() -> None:
    talk = transcript(
        [
            (None, None, "The treaty was signed by France."),
            (None, None, "It is known that France was first among all."),
            (None, None, "Another signature came from Spain."),
        ]
    )
    found = sentences(talk)
    listed = choose(understand("Which countries signed the treaty?"), scored(found, 9, 8, 7), 4, BY_SEARCH)
    plain = choose(understand("How was the treaty signed?"), scored(found, 9, 8, 7), 4, BY_SEARCH)
    assert [each.text for each in listed] == [found[0].text, found[2].text]
    assert len(plain) == 3


def test_markers_run_on_through_the_groups_as_the_answer_grows() -> None:
    question = understand("How did rents change over time?")
    grown = list(answers(question, (), sentences(*YEARS), 0.9, sure=True))
    assert [[each.marker for each in one.citations] for one in grown] == [[1], [1, 2]]
    assert [each.title for each in grown[1].citations] == ["Rents 2021", "Rents 2023"]
    assert [each.markers for each in grown[1].sections] == [(1,), (2,)]
    assert grown[1].text.startswith(grown[0].text)
    assert grown[1].short is None


def test_the_short_answer_stands_in_the_first_quote_and_only_when_sure() -> None:
    question, found = understand("By how much did rents rise in 2021?"), sentences(YEARS[1])
    [sure] = answers(question, (), found, 0.9, sure=True)
    [unsure] = answers(question, (), found, 0.9, sure=False)
    assert sure.short is not None
    assert sure.short.text == "21 percent"
    assert sure.short.text in sure.citations[0].quote
    assert sure.text.split("\n\n")[0] == "21 percent [1]"
    assert unsure.short is None


def test_sentences_that_overlap_once_extended_are_one_quote() -> None:
    talk = transcript([(*ANN, "The bridge closed in May. It was unsafe for lorries. They had cracked the steel.")])
    found = sentences(talk)
    *_, whole = answers(understand("Why did the bridge close?"), (), [found[1], found[0], found[2]], 0.9, sure=False)
    assert [each.quote for each in whole.citations] == [talk.turns[0].text]
