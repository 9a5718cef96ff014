"""Question sets written by hand in YAML: lenient to people, deaf to tags, bombs and surprises of YAML 1.1."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.evaluate.cases import Case, Evidence
from rag.evaluate.formats import read_questions
from tests.rag.evaluate.questions_on_disk import cases, error, to_file

BY_HAND = """\
# Written on a Tuesday.
- Who landed?
- question: When did it land?
  kind: follow-up
  history: Who landed?
  answer: 2023-08-23
  evidence: {source: moon.txt, quote: "It landed on 23 August."}

- id: vote
  question: >
    How did they
    vote?
  answers: [5-0, no, 1_000, 12:30]
  source: vote.txt
  quote: They voted 5-0.
  draft: yes
- question: Who sank?
  answers: []
- question: Who drowned?
  answers:
  history: ~
"""


def test_a_set_by_hand(tmp_path: Path) -> None:
    path = to_file(tmp_path / "a.yaml", BY_HAND)
    expected = [
        Case("line-2", "Who landed?", line=2),
        Case(
            id="line-3",
            question="When did it land?",
            kind="follow_up",
            history=("Who landed?",),
            answers=("2023-08-23",),
            evidence=(Evidence("moon.txt", "It landed on 23 August."),),
            answerable=True,
            line=3,
        ),
        Case(
            id="vote",
            question="How did they vote?",
            answers=("5-0", "no", "1_000", "12:30"),
            evidence=(Evidence("vote.txt", "They voted 5-0."),),
            answerable=True,
            draft=True,
            line=9,
        ),
        Case("line-17", "Who sank?", answerable=False, line=17),
        Case("line-19", "Who drowned?", line=19),
    ]
    assert cases(path) == expected
    assert read_questions(path).format == "YAML"


def test_the_list_may_have_a_name_and_crlf_line_ends(tmp_path: Path) -> None:
    path = to_file(tmp_path / "a.yml", "\ufefftitle: Moon\r\nquestions:\r\n  - question: Who?\r\n    answer: she\r\n")
    assert cases(path) == [Case("line-3", "Who?", answers=("she",), answerable=True, line=3)]


def test_an_alias_may_stand_for_a_part(tmp_path: Path) -> None:
    content = "- question: Who?\n  source: &moon moon.txt\n- question: When?\n  source: *moon\n"
    found = cases(to_file(tmp_path / "a.yaml", content))
    assert [case.evidence for case in found] == [(Evidence("moon.txt", ""),)] * 2


def bomb(levels: int) -> str:
    """Ten to the power of `levels` texts, in as many lines."""
    tens = "".join(f"l{n + 1}: &l{n + 1} [{', '.join([f'*l{n}'] * 10)}]\n" for n in range(1, levels))
    return f"l1: &l1 [{', '.join('x' * 10)}]\n{tens}questions: *l{levels}\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("- question: What did he say: yes?\n", "line 1: is not YAML: mapping values are not allowed"),
        ("- a\n- [b\n", "line 3: is not YAML"),
        ("- a\n-\tquestion: b\n\tkind: c\n", "is not YAML"),
        ("- a\n- b\n---\n- c\n", "line 3: a second document begins here"),
        ("- a\n- !!python/object/apply:os.system [ls]\n", "line 2: has the tag tag:yaml.org,2002:python"),
        ("- a\n- question: !secret b\n", "line 2: has the tag !secret"),
        ("- &a [*a]\n", "line 1: the alias *a stands for nothing that ended before it"),
        ("- *a\n", "line 1: the alias *a stands for nothing"),
        ("- " + "[" * 5_000, "line 1: is nested more than 20 deep"),
        ("- question: a\n  <<: {kind: b}\n", "line 2: a merge key (<<) is not read"),
        ("- question: a\n- {? [b] : c}\n", "line 2: the name of a field must be a text"),
        ("- question: a\n- [b, c]\n", "line 2: a question is a text, or fields"),
        ("- question: a\n- kind: b\n- kind: c\n", "line 2: `question` is missing; and 1 more: line 3"),
        ("title: Moon\n", "line 1: a list of questions is wanted here, or `questions:`"),
        ("questions: Who?\n", "line 1: a list of questions is wanted here, each beginning with a dash"),
        ("- {id: a, question: b}\n- c\n- {id: a, question: d}\n", "line 3: the id 'a' is taken"),
        ("- question: a\n  answers: {b: c}\n", 'line 1: `answers` must be a list, not {"b": "c"}'),
        ("- a\n- b\x07\n", "line 2: is not YAML: "),
        ("- a\n- b\0\n", "line 2: has a NUL byte"),
    ],
    ids=range(19),
)
def test_what_goes_wrong(tmp_path: Path, content: str, said: str) -> None:
    message = error(to_file(tmp_path / "a.yaml", content))
    assert said in message
    assert message.startswith("a.yaml, line ")


def test_a_bomb_of_aliases_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    assert len(cases(to_file(tmp_path / "a.yaml", bomb(1)))) == 10
    message = error(to_file(tmp_path / "a.yaml", bomb(12)))
    assert "is larger than 10,000,000 characters with its aliases written out" in message


def test_a_line_that_is_not_utf_8_and_a_file_too_large(tmp_path: Path) -> None:
    assert error(to_file(tmp_path / "a.yaml", b"- a\n- \xe9\n")).startswith("a.yaml, line 2: is not UTF-8")
    assert "is larger than 4 MiB" in error(to_file(tmp_path / "a.yaml", "- Who?\n" * 700_000))
