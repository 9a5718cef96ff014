"""Broadcast closed captions, as plain text and with times: ">>", names in any case, remarks, and what is no caption."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.errors import EmptyFile, UnknownFormat
from ingest.formats import closed_captions, detect
from tests.ingest.formats.caption_files import srt
from tests.ingest.formats.reading import read, said

TALK = ">> good evening.\n>> the ferry is back.\n"


def speakers(text: str) -> list[str | None]:
    return [speaker for speaker, _ in said(TALK + text)][2:]


@pytest.mark.parametrize("name", ["a.txt", "a", "a.cc"])
@pytest.mark.parametrize("text", [TALK, TALK.upper(), ">> Good evening. >> The ferry is back.", "so. >>> so. >> so."])
def test_it_is_known_by_its_marks(text: str, name: str) -> None:
    assert detect(text, name).name == "closed_captions"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("ANN LEE, HOST: Good evening.\n>> BOB RAY, MAYOR: Hello.\nANN LEE: Go on.\nBOB RAY: I do.", "labelled"),
        ("The council met.\nIt wrote 5 >> 3 on the wall, and nobody knew why.", "script"),
        (f"---\ntitle: x\n---\n{TALK}", "markdown"),
        (f"1\n00:00:01,000 --> 00:00:02,000\n{TALK}", "subrip"),
    ],
)
def test_other_formats_may_have_such_marks(text: str, form: str) -> None:
    assert detect(text, "a.txt").name == form


def test_mail_and_programs_are_no_captions() -> None:
    mail = "> I wrote this.\n>> You wrote that.\n>> And that.\nWell."
    assert closed_captions.sniff(mail) == 0
    with pytest.raises(UnknownFormat):
        read(">>> import os\n>>> os.stat(path)\n>>> x = {1: 2}\n>>> print(x)\n")


def test_speakers_nobody_names_are_kept_apart() -> None:
    assert said(">> who pays?\n>> the county.\n>> why? >> it must.") == [
        (None, "who pays?"),
        (None, "the county."),
        (None, "why?"),
        (None, "it must."),
    ]


@pytest.mark.parametrize(
    ("label", "speaker"),
    [
        ("bill", "Bill"),
        ("BILL", "Bill"),
        ("Bill", "Bill"),
        ("BILL RAY", "Bill Ray"),
        ("Bill Ray", "Bill Ray"),
        ("BILL RAY, MAYOR", "Bill Ray"),
        ("mr. ray", "Mr. Ray"),
        ("o'brien", "O'Brien"),
        ("reporter", "Reporter"),
        ("REPORTER", "Reporter"),
        ("unidentified male", "Unidentified Male"),
        ("josé", "José"),
    ],
)
@pytest.mark.parametrize("mark", [">> ", ">>", ">>> ", "[ cheers ] >> "])
def test_names_after_a_mark_are_speakers(mark: str, label: str, speaker: str) -> None:
    last = read(f"{TALK}{mark}{label}: it floats, i say.").turns[-1]
    assert (last.speaker, last.label, last.text) == (speaker, label, "it floats, i say.")


@pytest.mark.parametrize(
    "words",
    [
        "bottom line: it floats.",
        "here's the thing: it floats.",
        "so: it floats.",
        "look: it floats.",
        "it's 5:30 now.",
        "i said: it floats.",
        "update: it floats.",
        "and one more: it floats.",
        "note: it floats.",
        "that's right, mr. ray: it floats.",
        "here's what we know: it floats.",
    ],
)
@pytest.mark.parametrize("case", [str, str.upper])
def test_words_before_a_colon_are_no_name_by_themselves(case: Callable[[str], str], words: str) -> None:
    talk, words = case(TALK), case(words)
    assert said(f"{talk}>> {words}")[-1] == (None, words)
    assert said(srt([(0, 1000, talk), (1000, 2000, f">> {words}")]), "a.srt")[-1] == (None, words)


def test_a_name_of_several_words_in_small_letters_is_one_when_it_comes_back() -> None:
    text = ">> bill ray: it floats.\n>> does it?\n>> bill ray: it does.\n>> ray: and how.\n"
    assert speakers(text) == ["Bill Ray", None, "Bill Ray", "Bill Ray"]
    assert speakers(">> bill ray: it floats.\n>> the answer: it sails.\n") == [None, None]


def test_a_name_holds_until_the_next_mark() -> None:
    text = ">> bill: it floats.\n\nit does.\n>> really?\n"
    assert said(TALK + text)[2:] == [("Bill", "it floats.\nit does."), (None, "really?")]


def test_lines_are_joined_and_their_case_is_kept() -> None:
    text = ">> THE FERRY IS\nBACK, SAYS\nMcCAIN. >> and\nwhen?"
    assert said(text) == [(None, "THE FERRY IS BACK, SAYS McCAIN."), (None, "and when?")]


def test_words_above_the_first_mark_are_nobodys() -> None:
    assert said(f"AND THE FERRY\n\nIS BACK\n\n{TALK}")[0] == (None, "AND THE FERRY\nIS BACK")


def test_facts_on_top_are_read_and_no_title_is_guessed() -> None:
    transcript = read(f"Title: The ferry\nAired April 13, 2015\n\nTHE FERRY\n{TALK}", "2015_x.txt")
    assert (transcript.title, str(transcript.published)) == ("The ferry", "2015-04-13")
    assert transcript.turns[0].text == "THE FERRY"


@pytest.mark.parametrize(
    ("written", "turns"),
    [
        ("[ applause ]", []),
        ("♪ la la ♪", []),
        (">> [ music ]", []),
        ("♪ ♪\n>> yes.", ["yes."]),
        (">> yes.\n[ laughter ]\n>> no.", ["yes.", "no."]),
        (">> yes. [ laughter ] >> no.", ["yes. [ laughter ]", "no."]),
        (">> we [ inaudible ] it.", ["we [ inaudible ] it."]),
        (">> we\n[ inaudible ]\nit.", ["we [ inaudible ] it."]),
        (">> (cheers)\nyes.", ["yes."]),
        ("(begin video clip)", []),
    ],
)
def test_remarks_are_left_out_where_they_stand_alone(written: str, turns: list[str]) -> None:
    assert [text for _, text in said(f"{TALK}{written}")][2:] == turns


def test_a_mark_without_words_still_changes_the_speaker() -> None:
    text = ">> bill: it floats.\n>>\nand it sails.\n>> [ laughter ]\nit does."
    assert said(TALK + text)[2:] == [("Bill", "it floats."), (None, "and it sails."), (None, "it does.")]
    cues = [
        (0, 1000, ">> ANN LEE: It floats"),
        (1000, 2000, ">>"),
        (2000, 3000, "and sails."),
        (3000, 4000, ">> [laughs]"),
    ]
    assert said(srt(cues), "a.srt") == [("Ann Lee", "It floats"), (None, "and sails.")]


def test_captions_with_times_know_the_same_marks() -> None:
    cues = [
        (0, 1000, ">> good evening.\n>> bill: hello. >> is\nit back?"),
        (1000, 2000, "[ applause ]\n>> reporter: it is, bill."),
        (2000, 3000, "♪ la ♪\n♪ la ♪"),
        (3000, 4000, ">>> in other news."),
    ]
    assert said(srt(cues), "a.srt") == [
        (None, "good evening."),
        ("Bill", "hello."),
        (None, "is it back?"),
        ("Reporter", "it is, bill."),
        (None, "in other news."),
    ]


def test_marks_without_any_words_are_empty() -> None:
    with pytest.raises(EmptyFile):
        read(">> [ music ]\n>> [ applause ]\n>> ♪ ♪\n>> (cheering and applause)")


def test_notes_that_music_plays_at_either_end_are_nobodys_words() -> None:
    text = ">> ♪ ♪ good evening.\n>> it is open. [ applause ] ♪ ♪\n>> ♪ la la ♪ and so on.\n>> bye.\n"
    assert [words for _, words in said(text)] == [
        "good evening.", "it is open. [ applause ]", "♪ la la ♪ and so on.", "bye.",
    ]  # fmt: skip
