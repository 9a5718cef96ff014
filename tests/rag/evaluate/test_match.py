"""Does the text hold the answer: whole words, whole numbers, SQuAD's own arithmetic."""

from __future__ import annotations

import pytest

from rag.evaluate.match import answer_words, contains, exact, f1, flat, normalise


def test_flat_joins_lines_and_straightens_quotes() -> None:
    assert flat(" “Yes,”\n\the\u00a0 said,\r\n ‘no’ ") == "\"Yes,\" he said, 'no'"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("It rose by 28.1 percent.", "28.1 PERCENT"),
        ("It rose by\n28.1   percent", "28.1 percent"),
        ("She said: “It’s over.”", "it's over"),
        ("Straße 5", "STRASSE"),
        ("(Huawei)", "Huawei"),
        ("It cost $5, they said.", "$5"),
        ("In 2017.", "2017"),
        ("a+b (c)*", "(c)*"),
    ],
)
def test_contains(text: str, answer: str) -> None:
    assert contains(text, [answer])
    assert contains(text, ["something else", answer])
    assert not contains(text, ["something else", answer], every=True)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Huaweis everywhere", "Huawei"),
        ("It cost $50", "$5"),
        ("1,500 people", "500"),
        ("1,500 people", "1"),
        ("28.1 percent", "28"),
        ("28.1 percent", "1 percent"),
        ("at 10:30", "10"),
        ("", "x"),
    ],
)
def test_parts_of_words_and_of_numbers_do_not_count(text: str, answer: str) -> None:
    assert not contains(text, [answer])


@pytest.mark.parametrize("answers", [[], [""], [" \n"]])
@pytest.mark.parametrize("every", [True, False])
def test_with_nothing_to_look_for_nothing_is_contained(answers: list[str], every: bool) -> None:
    assert not contains("Some text. More!", answers, every=every)


def test_every_answer_is_needed_where_all_are_asked_for() -> None:
    assert contains("Kirby said five, Psaki six.", ["six", "five"], every=True)
    assert not contains("Kirby said five.", ["six", "five"], every=True)


def test_a_long_hostile_text_takes_no_time_to_speak_of() -> None:
    assert not contains("a " * 200_000, ["a b"])
    assert answer_words(" " * 200_000 + "[" * 100_000).endswith("[")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Huawei pivots [1].", "Huawei pivots."),
        ("“Yes.” [1][2]\n\nNo. [1, 2] [3]", "“Yes.”\n\nNo."),
        ("one[1]two", "one two"),
        ("[1] Yes", "Yes"),
        ("an array [x] of [sic]", "an array [x] of [sic]"),
        ("", ""),
    ],
)
def test_answer_words_are_without_markers(text: str, words: str) -> None:
    assert answer_words(text) == words


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("The Cat, a dog; an APPLE!", "cat dog apple"),
        ("  Theatre   and\tanthem ", "theatre and anthem"),
        ("U.S.A.", "usa"),
        ("the", ""),
        ("co-op's 28.1%", "coops 281"),
        ("ÉCOLE – “the” école", "école – “ ” école"),
        ("", ""),
        ("a-an-the", "aanthe"),
    ],
)
def test_normalise_as_squad_does(text: str, normal: str) -> None:
    """Lower case, then ASCII punctuation away, then articles as whole words, then white space, in this order."""
    assert normalise(text) == normal


@pytest.mark.parametrize(
    ("prediction", "answers", "same", "overlap"),
    [
        ("The Normans", ["Normans"], 1, 1),
        ("in Normandy", ["Normandy, France", "Normandy"], 0, 2 * 1 / (2 + 1)),
        ("10th and 11th centuries", ["the 10th and 11th centuries", "10th"], 1, 1),
        ("to be or not to be", ["to be"], 0, 2 * 2 / (6 + 2)),
        ("to to to", ["to be to"], 0, 2 * 2 / (3 + 3)),
        ("France", ["Denmark"], 0, 0),
        ("", [], 1, 1),
        ("the", [], 1, 1),
        ("France", [], 0, 0),
        ("", ["France"], 0, 0),
        ("", ["the", "?"], 1, 1),
        ("France", ["the", "France"], 1, 1),
    ],
)
def test_squad_numbers(prediction: str, answers: list[str], same: float, overlap: float) -> None:
    assert exact(prediction, answers) == same
    assert f1(prediction, answers) == pytest.approx(overlap)


def test_answers_that_normalise_to_nothing_are_dropped_beside_others() -> None:
    """The official script keeps only gold answers with words in them, and takes "" where none is left."""
    assert exact("", ["the", "France"]) == 0


def test_where_every_answer_is_needed_the_right_one_is_all_of_them() -> None:
    assert exact("five, six", ["five", "six"], every=True) == 1
    assert exact("five", ["five", "six"], every=True) == 0
    assert f1("five", ["five", "six"], every=True) == 2 * 1 / (1 + 2)
    assert f1("six five", ["five", "six"], every=True) == 1
