"""Where a file itself parts two stories: told of the turn that follows, and of no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.formats.assemble import assemble
from ingest.formats.directions import is_direction, parts_stories
from ingest.formats.document import NOTHING
from ingest.formats.table import document
from tests.ingest.formats.reading import read

FRONT = "---\ntitle: The Ledger\n---\n"


def begun(text: str, name: str = "talk.txt") -> list[str]:
    """The words of the turns that open a story."""
    return [turn.text for turn in read(text, name).turns if turn.opens_story]


@pytest.mark.parametrize(
    "mark",
    [
        "(COMMERCIAL BREAK)",
        "(BEGIN COMMERCIAL BREAK)",
        "[commercial break]",
        "[break]",
        "(Ad break)",
        "(NEWSBREAK)",
        "[Advertisement]",
        "* * *",
        "***",
        "###",
        "# # #",
        "----------",
        "=====",
        "_____",
        "• • •",
    ],
)
def test_marks_between_stories(mark: str) -> None:
    assert parts_stories(mark)
    assert is_direction(mark)


@pytest.mark.parametrize(
    "line",
    ["(CROSSTALK)", "[music]", "--", "...", "*", "-*-", "(BEGIN VIDEO CLIP)", "They had a break.", "(a break in)", ""],
)
def test_what_parts_none(line: str) -> None:
    assert not parts_stories(line)


@pytest.mark.parametrize("mark", ["(COMMERCIAL BREAK)", "[break]", "* * *", "###", "-----"])
def test_a_break_or_a_rule_in_talk_with_labels(mark: str) -> None:
    text = f"ANN LEE, HOST: It rained.\n\nBOB RAY: In Rome.\n\n{mark}\n\nLEE: A goose was fined.\n\nRAY: Who?\n"
    assert begun(text) == ["A goose was fined."]
    assert mark not in read(text).text


def test_the_same_speaker_goes_on_in_a_turn_of_its_own_after_a_mark() -> None:
    text = "ANN LEE: It rained.\n\nBOB RAY: In Rome.\n\nANN LEE: Yes.\n\n* * *\n\nANN LEE: A goose was fined.\n"
    assert begun(text) == ["A goose was fined."]
    assert [turn.speaker for turn in read(text).turns] == ["Ann Lee", "Bob Ray", "Ann Lee", "Ann Lee"]


def test_a_rule_inside_a_turn_parts_nothing() -> None:
    text = "ANN LEE: It rained.\n\nBOB RAY: In Rome.\n\n* * *\n\nIn Pisa too.\n\nANN LEE: A goose was fined.\n"
    assert begun(text) == []
    assert read(text).turns[1].text == "In Rome.\nIn Pisa too."


def test_two_breaks_and_a_clip_are_one_mark() -> None:
    text = "ANN LEE: It rained.\n\n(COMMERCIAL BREAK)\n\n(BEGIN VIDEO CLIP)\n\n***\n\nBOB RAY: Hi.\n\nANN LEE: Bye.\n"
    assert begun(text) == ["Hi."]


def test_marks_above_the_talk_and_below_it_open_nothing_else() -> None:
    text = "Rain and Geese\n\n* * *\n\nANN LEE, HOST: It rained all day.\n\nBOB RAY: In Rome.\n\nLEE: Yes.\n\n###\n"
    talk = read(text)
    assert (talk.title, [turn.text for turn in talk.turns]) == (
        "Rain and Geese",
        ["It rained all day.", "In Rome.", "Yes."],
    )
    assert begun(text) == []


def test_a_rule_in_a_script_parts_narration_and_quotations() -> None:
    text = (
        '03:04\nThe bridge\nIt rained.\nANN LEE, MAYOR OF ROME "It never rains here."\n\n* * *\n\n'
        'A goose was fined.\n\n(BREAK)\n\nBOB RAY, OWNER OF GEESE "She is sorry for it."\nIt snowed.\n'
    )
    assert begun(text) == ["A goose was fined.", "She is sorry for it."]


CAPTIONS = """>>> good evening. it rained.
>> bill: in rome. >>> a goose was fined.
>> bill: she is sorry.
>>>
mary: it snowed. [ commercial break ]
welcome back. >> the price of oil.
"""


def test_three_marks_in_closed_captions_open_a_story_and_two_do_not() -> None:
    assert begun(CAPTIONS) == [
        "good evening. it rained.",
        "a goose was fined.",
        "mary: it snowed. [ commercial break ] welcome back.",
    ]


@pytest.mark.parametrize("blank", ["", "\n"])
def test_a_break_on_a_row_of_its_own_in_closed_captions(blank: str) -> None:
    text = f">> hi.\n>> bill: in rome.\n{blank}[ commercial break ]\n{blank}welcome back. it snowed.\n>> bill: yes.\n"
    assert begun(text) == ["welcome back. it snowed."]
    assert [turn.speaker for turn in read(text).turns] == [None, "Bill", None, "Bill"]


def srt(*cues: str) -> str:
    """The cues, two seconds each."""
    spans = ((f"00:00:{2 * at:02d},000", f"00:00:{2 * at + 2:02d},000") for at in range(len(cues)))
    return "\n".join(
        f"{at}\n{begin} --> {end}\n{cue}\n" for at, ((begin, end), cue) in enumerate(zip(spans, cues, strict=True), 1)
    )


@pytest.mark.parametrize(
    ("cues", "stories"),
    [
        ((">>> It rained.", ">> In Rome.", ">>> A goose", "was fined."), ["It rained.", "A goose was fined."]),
        (("BILL: It rained.", "[COMMERCIAL BREAK]", "A goose was fined."), ["A goose was fined."]),
        (("It rained", "* * *", "and a goose was fined."), ["and a goose was fined."]),
        ((">>", ">>>", "It rained.", "In Rome."), ["It rained."]),
        (("It rained.", "[BREAK]\nA goose was fined."), ["A goose was fined."]),
        (("It rained.", "♪ la la ♪", "[music]", ">> In Rome."), []),
    ],
)
def test_marks_in_captions_with_times(cues: tuple[str, ...], stories: list[str]) -> None:
    assert begun(srt(*cues), "talk.srt") == stories


def test_headings_of_markdown_open_stories_and_nobody_says_them() -> None:
    text = "# Ledger\n\n## Rain\n\n**ANN LEE:** It rained.\n\n**BOB RAY:** In Rome.\n\n"
    text += "## Geese\n\n**ANN LEE:** A goose was fined.\n"
    told = [(turn.speaker, turn.text, turn.opens_story) for turn in read(FRONT + text, "a.md").turns]
    assert told == [
        ("Ann Lee", "It rained.", False),
        ("Bob Ray", "In Rome.", False),
        (None, "Geese", True),
        ("Ann Lee", "A goose was fined.", False),
    ]


def test_headings_above_narration_stay_with_it() -> None:
    text = "# Ledger\n\n## Rain\n\nIt rained.\n\n## Geese\n\nA goose was fined.\n\n---\n\nIt snowed.\n"
    assert begun(text, "a.md") == ["Geese\nA goose was fined.", "It snowed."]
    assert read(text, "a.md").title == "Ledger"


def test_headings_that_say_who_speaks_open_no_story() -> None:
    text = "## Ann Lee\n\nIt rained.\n\n## Bob Ray\n\nIn Rome.\n\n## Ann Lee\n\nA goose was fined.\n"
    assert begun(text, "a.md") == []
    timed = "# Talk\n\n### Ann Lee 0:12\n\nHello.\n\n### Bob Ray 0:20\n\nHi.\n\n### Ann Lee 0:32\n\nBye.\n"
    assert [(turn.speaker, turn.text) for turn in read(timed, "a.md").turns] == [
        ("Ann Lee", "Hello."),
        ("Bob Ray", "Hi."),
        ("Ann Lee", "Bye."),
    ]


@pytest.mark.parametrize("top", ["<!-- a note -->\n", "![logo](a.png)\n\n"])
def test_a_break_is_no_title(top: str) -> None:
    assert read(f"{top}# Ledger\n\nIt rained.\n\n## Geese\n\nA goose was fined.\n", "a.md").title == "Ledger"


def test_a_break_in_a_table_of_speech() -> None:
    head, *rows = ("Time", "Speaker", "Text"), ("0:01", "Ann Lee", "It rained."), ("", "", "(COMMERCIAL BREAK)")
    found = document([head, *rows, ("0:09", "Bob Ray", "A goose was fined.")], NOTHING)
    assert found
    talk = assemble(found, path=Path("a.html"), identity="a", form="html")
    assert [(turn.text, turn.opens_story) for turn in talk.turns] == [
        ("It rained.", False),
        ("A goose was fined.", True),
    ]
