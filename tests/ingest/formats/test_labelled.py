"""Labelled talk: what is a label, what is header, what nobody says, and how lines become paragraphs."""

from __future__ import annotations

from datetime import date

import pytest

from tests.ingest.formats.reading import read, said

TALK = "ANN LEE, HOST: Good evening.\n\nBOB RAY, MAYOR: Hello.\n\n"


def speakers(text: str) -> list[str | None]:
    return [speaker for speaker, _ in said(text)]


@pytest.mark.parametrize(
    ("label", "speaker", "role"),
    [
        ("BALDWIN", "Baldwin", None),
        ("STEVE INSKEEP, HOST", "Steve Inskeep", "Host"),
        ("MS. PSAKI", "Ms. Psaki", None),
        ("MS.  PSAKI", "Ms. Psaki", None),
        ("UNIDENTIFIED MALE", "Unidentified Male", None),
        ("JOHN KING (voice-over)", "John King", None),
        ("JOHN KING, CNN CORRESPONDENT (on camera)", "John King", "CNN Correspondent"),
        ("DeSANTIS", "DeSantis", None),
        ("SENIOR OFFICIAL #2", "Senior Official #2", None),
        (">> ANN FOX", "Ann Fox", None),
        ("[00:05:10] ANN FOX", "Ann Fox", None),
        ("LUCAS BRANDT, BYLINE", "Lucas Brandt", None),
    ],
)
def test_labels_of_many_kinds(label: str, speaker: str, role: str | None) -> None:
    last = read(f"{TALK}{label}: It works.").turns[-1]
    assert (last.speaker, last.role, last.text) == (speaker, role, "It works.")
    assert last.label == " ".join(label.lstrip(">[]0:15 ").split())


@pytest.mark.parametrize(
    "line",
    [
        "Here is the thing: it works.",
        "And so, the question is: why?",
        "First: we vote.",
        "At 7:06 P.M. EST: nothing.",
        "2017: a good year.",
        "https://example.org: a link",
        "He said to NATO: no.",
        "BUT THIS IS NOT A NAME: it only shouts.",
        "WHAT?: nothing",
    ],
)
def test_a_colon_alone_makes_no_label(line: str) -> None:
    assert said(f"{TALK}{line}")[-1] == ("Bob Ray", f"Hello.\n{line}")


@pytest.mark.parametrize(
    "line", ["NOTE: the mayor was late.", "EDITOR'S NOTE: see page two.", "Correction: it was ten."]
)
def test_a_note_is_nobodys_speech(line: str) -> None:
    assert said(f"{TALK}{line}\n\nMore of it.")[-1] == (None, f"{line}\nMore of it.")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Q    Why?", "Why?"),
        ("     Q    Why?", "Why?"),
        ("Q  Why?", "Why?"),
        ("Q Why?", "Why?"),
        ("Q\u00a0 \u00a0 Why?", "Why?"),
        ("Q    — and why?", "— and why?"),
        ("Q: Why?", "Why?"),
        ("Q    (Inaudible.)", "(Inaudible.)"),
    ],
)
def test_questions_of_the_press(question: str, expected: str) -> None:
    talk = f"MS. LEE:  Hello.\n\n{question}\n\nQ    Again?\n\nMS. LEE:  Because."
    turns = read(talk).turns
    assert [turn.text for turn in turns] == ["Hello.", expected, "Again?", "Because."]
    assert [turn.label for turn in turns] == ["MS. LEE", "Q", "Q", "MS. LEE"]


@pytest.mark.parametrize("line", ["Quad leaders met.", "Q4 was good.", "Q&A is next.", "Qatar spoke."])
def test_words_that_begin_with_q_ask_nothing(line: str) -> None:
    text = f"MS. LEE:  Hello and\nwelcome.\n\nQ    Why?\n\nMS. LEE:  The\n{line}"
    assert said(text)[-1] == ("Ms. Lee", f"The {line}")


def test_questions_are_named_for_the_press_only_where_the_title_says_so() -> None:
    talk = "MS. LEE:  Hello.\n\nQ    Why?\n\nMS. LEE:  Because."
    assert "Questioner (Q)" in speakers(talk)
    assert "Reporter (Q)" in speakers(f"Press briefing on the bridge\n\n{talk}")


def test_questions_and_answers_are_told_apart() -> None:
    talk = "Q    Where were you?\n\nA    At home.\n\nQ    Alone?\n\nA    Yes."
    assert said(talk) == [
        ("Questioner (Q)", "Where were you?"),
        ("A", "At home."),
        ("Questioner (Q)", "Alone?"),
        ("A", "Yes."),
    ]


def test_wrapped_lines_are_joined_and_blank_lines_part_paragraphs() -> None:
    text = "MS. LEE:  The first line\ngoes on\nand ends.\n  \nA new one\nbegins.\n\nMR. RAY:  Yes\nand no."
    assert said(text) == [
        ("Ms. Lee", "The first line goes on and ends.\nA new one begins."),
        ("Mr. Ray", "Yes and no."),
    ]


def test_lines_that_are_not_wrapped_are_paragraphs() -> None:
    text = "ANN LEE: One thing.\nAnd another.\nBOB RAY: Three things\nANN LEE: Four."
    assert said(text) == [
        ("Ann Lee", "One thing.\nAnd another."),
        ("Bob Ray", "Three things"),
        ("Ann Lee", "Four."),
    ]


@pytest.mark.parametrize(
    "direction", ["(CROSSTALK)", "(Laughter.)", "[applause]", "(A phone rings\nin the room.)", "***"]
)
def test_stage_directions_are_left_out_and_the_speaker_goes_on(direction: str) -> None:
    assert said(f"{TALK}MS. LEE:  One.\n\n{direction}\n\nTwo.")[-1] == ("Ann Lee", "One.\nTwo.")


@pytest.mark.parametrize(
    "end",
    [
        "(END VIDEO CLIP)",
        "(COMMERCIAL BREAK)",
        "(SOUNDBITE OF MUSIC)",
        "7:37 P.M. EST",
        "END",
        "Copyright © 2023 X.",
    ],
)
def test_after_a_clip_or_the_end_unlabelled_words_are_nobodys(end: str) -> None:
    assert said(f"{TALK}{end}\n\nWho says this?")[-1] == (None, "Who says this?")


def test_directions_inside_a_line_stay_as_they_are_written() -> None:
    assert said(f"{TALK}MS. LEE:  (Laughs.) Yes (inaudible) no.")[-1][1] == "(Laughs.) Yes (inaudible) no."


def test_a_wrapped_line_that_is_only_a_bracket_is_not_lost() -> None:
    text = "MS. LEE:  This is a line that goes on and so\n(inaudible)\nit ends\nand so.\n\nMR. RAY:  Yes."
    assert "goes on and so (inaudible) it ends and so." in said(text)[0][1]


def test_a_label_is_found_amid_wrapped_lines_where_it_is_known_or_a_sentence_ended() -> None:
    text = "MS. LEE:  This is a line\nthat goes on\nMR. RAY:  Wait.\nMS. LEE:  And so it\nis.\n\nMR. RAY:  Yes."
    assert speakers(text) == ["Ms. Lee", "Mr. Ray", "Ms. Lee", "Mr. Ray"]
    wrapped = "MS. LEE:  This is a line told to the\nBBC: it goes on\nand on.\n\nMR. RAY:  Yes."
    assert speakers(wrapped) == ["Ms. Lee", "Mr. Ray"]


def test_a_clock_before_a_label_is_left_out() -> None:
    assert said(f"{TALK}5:19 P.M. EDT MODERATOR:  Welcome.\n\n[22:00:45] MODERATOR: Again.")[-1] == (
        "Moderator",
        "Welcome.\nAgain.",
    )


@pytest.mark.parametrize("state", ["A RUSH", "AN UNCORRECTED", "a rough"])
def test_the_header_is_read_and_left_out(state: str) -> None:
    talk = read(
        "WORLD DESK TONIGHT\n\nRocket Lands, Again\n\nAired April 13, 2015 - 22:00 ET\n\n"
        f"THIS IS {state} TRANSCRIPT. THIS COPY MAY NOT BE IN ITS FINAL FORM.\n\nTRT 3:04\n\n" + TALK
    )
    assert (talk.title, talk.source, talk.published) == (
        "Rocket Lands, Again",
        "World Desk Tonight",
        date(2015, 4, 13),
    )
    assert (talk.duration_ms, talk.text) == (184_000, "Good evening.\n\nHello.")


def test_keys_in_the_header_are_facts() -> None:
    talk = read(f"Title: The bridge\nDate: 13 April 2015\nSource: Valley Radio\nURL: https://example.org/b\n\n{TALK}")
    assert (talk.title, talk.source, talk.url) == ("The bridge", "Valley Radio", "https://example.org/b")
    assert talk.published == date(2015, 4, 13)


def test_places_and_clocks_in_the_header_are_left_out_and_sentences_stay() -> None:
    places = "James S. Brady Press Briefing Room\n\nAboard Air Force One\nEn Route Salem, N.H."
    talk = f"{places}\n\n7:06 P.M. EST\n\nIt rained.\n\n{TALK}"
    assert said(talk)[0] == (None, "It rained.")
    assert read(talk).title == "Talk"


def test_one_sure_label_makes_a_labelled_talk_and_one_unsure_does_not() -> None:
    assert said("THE PRESIDENT: Good morning.\n\nSit down.") == [("The President", "Good morning.\nSit down.")]
    assert said("LONDON: The minister resigned.\n\nNobody knows why.")[0][0] is None
    assert said("LONDON: The minister resigned.\n\nPARIS: Nobody knows why.")[0][0] is None
    assert said("ANN LEE: Good morning.\n\nBOB RAY: Sit down.")[0][0] == "Ann Lee"


def test_mixed_case_labels_need_a_conversation() -> None:
    talk = "Interviewer: Why?\nEva de la Cruz: So.\nInterviewer: And?\nEva de la Cruz: However: no.\nCruz: Yes."
    assert speakers(talk) == [
        "Interviewer",
        "Eva de la Cruz",
        "Interviewer",
        "Eva de la Cruz",
        "Eva de la Cruz",
    ]
    assert speakers("Speaker 1: Hi.\nSpeaker 2: Hi.\nSpeaker 1: Bye.") == [
        "Speaker 1",
        "Speaker 2",
        "Speaker 1",
    ]
    assert speakers("The plan: Build it.\nThe price: Ten.\nThe end: Soon.") == [None]


def test_talk_all_in_capitals_makes_labels_only_of_what_comes_back() -> None:
    talk = "KEVIN HO: WE STAY.\nHERE WE GO: IT WORKS.\nPLAN: NONE.\nANN LEE: WHY?\nKEVIN HO: SO.\nANN LEE: OH."
    assert speakers(talk) == ["Kevin Ho", "Ann Lee", "Kevin Ho", "Ann Lee"]


@pytest.mark.parametrize(
    ("above", "title", "programme"),
    [
        ("Morning Edition\n\nWhat a reactor tells engineers\n\n", "What a reactor tells engineers", "Morning Edition"),
        ("All Things Considered\nHow to cross a river\n\n", "How to cross a river", "All Things Considered"),
        ("Bridge Opens\n\nMayor Speaks\n\n", "Bridge Opens", None),
        ("What a quiet reactor tells engineers\n\nBy Anna Reyes\n\n", "What a quiet reactor tells engineers", None),
        ("CNN NEWSROOM\n\nStorm Hits Harbor Towns\n\n", "Storm Hits Harbor Towns", "CNN Newsroom"),
    ],
)
def test_the_name_of_a_show_above_a_title_is_the_programme(above: str, title: str, programme: str | None) -> None:
    transcript = read(f"{above}{TALK}")
    assert (transcript.title, transcript.programme) == (title, programme)
