"""Sentence boundaries as offsets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import LONGEST_WORDS, RUN_WORDS, sentences

TABLE = """
The U.S. is big. | Mr. Smith paid $3.5 million.
It rose 28.1 percent in 2017, vs. 2016. | Then it fell.
Growth was 3.5 percent. | Prices rose by .5 percent.
We met at 7 p.m. Tuesday. | It was dark.
He came at 5 p.m. | He left at 6 a.m. on Monday.
It starts at 10 a.m. Eastern. | Be there.
“Why?” asked Dr. Lee. | Nobody knew.
Well... we waited… and waited. | Then it came.
Well . . . I think so. | He left . . . and came.
Then... | It came.
Gov. Newsom met Sen. Warren. | They spoke.
Gen. Mark A. Milley spoke. | Lt. Col. Alexander Vindman did.
Maj. Gen. Pat Ryder spoke. | St. Louis is a city.
We met Ms. Garcia and Amb. Rice. | Ald. Lopez left.
Drs. Walensky and Fauci came. | Messrs. Lee and Ray did not.
Mr. al-Sudani spoke. | Prof. de Witt listened.
He is from Ft. Worth, near Mt. Scott. | She is not.
The bill (H.R. 5376) passed. | Good.
Really?! | Yes.
What??? | No!!! | Yes...
I — I don't know. | Ask him.
The U.S. said so. | The U.K. did not. | He lives in the U.S. | The weather is bad there.
We work with the U.S. | I think it helps. | U.S. President Biden agreed.
The U.S. Senate met in Washington, D.C. | We left D.C. on Friday.
In the U.S. we say so. | And in the U.K. too.
J. K. Rowling wrote it. | J.K. Rowling did. | George W. Bush came.
I met John F. Kennedy Jr. | He was nice. | Martin Luther King Jr. Day is on.
He was president: Ulysses S. Grant. | He won.
We have a plan B. | And we will use it. | Give it a follow on X. | Thank you.
Malcolm X. Shabazz is a street. | It is long.
I have a Ph.D. | You have an M.D. | She has a B.A. in art.
No. | We did not. | The answer is no. | Nobody came.
No. 10 said so. | The flu is our No. 1 killer. | Nos. 2 and 3 are far off.
No, no, no. | I have to jump around. | No. | (Laughter.) | Okay.
It is not lost on me. | I understand. | Excuse me. | Sorry.
We will be done by May. | Thirteen of us came. | I may. | You may not.
Is it on Jan. 6? | On Jan. 6, 2021. | It was in Sept. | He left.
On Mon. he came. | On Tues. she did.
Apple Inc. said so. | He works at Acme Co. | It is big. | Acme Co. Ltd. is not.
It is 5 ft. 10 in. tall. | It weighs 10 lbs. and costs more.
See Vol. 3, Art. 5 and Fig. 2. | Then see Ch. 7, pp. 3-4.
Roe v. Wade fell. | So did Smith vs. Jones.
We had apples, pears, etc. and left. | They had nuts, etc. | Then they left.
Some, e.g. Smith, came. | I.e. not all.
“I am here.” | He left. | “Go.” | She went.
"Stop." | The end. | "Why?" she asked.
He said, “I left. I came back.” | Then he ate.
He said: “No.” | Then he left.
She called it “the end.” | Nobody agreed.
(Laughter.) | That was good. | (Applause.) | Thank you.
He sang. | (Laughter.) | We liked it.
I went (he did not.) and came. | He stayed.
He said (it was 3 p.m.) nothing. | So it goes.
Thank you, [moderator]. | And thanks, everybody.
One (inaudible). | One more.
We saw that — right? — this year. | And it — what? — fell.
Is it so? | — I don’t know.
It fell — and then it rose — again.
Jeopardy! is on tonight. | Yahoo! was sold.
Guess who? me. | Yes.
Go to vaccines.gov. | Nearly all do. | Go to example.com/a.html. | Then come.
Visit archives.gov for more. | It is free.
1. Roads and bridges. | They are old.
It costs $5. | Five dollars. | It rose 0.3. | Then it fell.
We grew by 1.5 million. | 300 came in 2020. | In 2021, none.
Main St. is closed. | We live on Main St. | The mayor does too.
World War II. | Then peace. | Pope John Paul II. | He spoke.
The G.O.P. lawmakers came. | W.H.O. officials did not.
A.M. Best said so. | O.K., fine.
"""
SMALL_TABLE = """
mr. smith met sen. warren. | they spoke.
the u.s. is big. | u.s. troops left. | st. louis is nice.
no. 10 said so. | no. | we did not.
he came at 5 p.m. on friday. | it was dark.
is that true? | i think so.
excuse me. | sorry. | you may. | i may not.
(laughter.) | that was good.
dr. fauci paid $3.5 million. | then he left.
j. k. rowling wrote it. | she did.
"""
CASES = TABLE.strip().split("\n")
SMALL_CASES = SMALL_TABLE.strip().split("\n")


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize("case", CASES + SMALL_CASES)
def test_sentences_end_where_a_reader_ends_them(case: str) -> None:
    expected = case.split(" | ")
    assert cut(" ".join(expected)) == expected


@pytest.mark.parametrize("case", SMALL_CASES)
def test_capitals_throughout_change_nothing(case: str) -> None:
    expected = case.upper().split(" | ")
    assert cut(" ".join(expected)) == expected


def test_small_letters_after_dots_go_on() -> None:
    assert cut("well... maybe. so it goes... on and on") == ["well... maybe.", "so it goes... on and on"]


def test_a_missing_space_hides_no_end() -> None:
    assert cut("It was good.Then it ended.") == ["It was good.", "Then it ended."]


def test_a_line_end_ends_a_sentence() -> None:
    assert cut("no full stop here\nnor here") == ["no full stop here", "nor here"]


def test_no_words_no_sentences() -> None:
    assert sentences("") == () == sentences(" \n ")


def words(count: int) -> str:
    return " ".join(f"word{n}" for n in range(count))


def lengths(text: str) -> list[int]:
    return [len(piece.split()) for piece in cut(text)]


@pytest.mark.parametrize(("count", "pieces"), [(25, [25]), (26, [13, 13]), (100, [25] * 4), (200, [25] * 8)])
def test_speech_without_punctuation_is_cut_into_even_runs(count: int, pieces: list[int]) -> None:
    assert lengths(words(count)) == pieces


def test_runs_begin_with_a_conjunction_where_they_can() -> None:
    left, right = words(12), words(15)
    assert cut(f"{left} and {right}") == [left, f"and {right}"]


def test_a_long_sentence_with_a_stop_is_one() -> None:
    assert lengths(words(60) + ".") == [60]
    assert lengths(words(40) + ", " + words(40) + ".") == [LONGEST_WORDS]


def test_a_stop_now_and_then_does_not_make_speech_punctuated() -> None:
    assert max(lengths(words(200) + ".")) <= RUN_WORDS


def test_too_long_a_sentence_is_cut_at_its_strongest_mark_near_the_middle() -> None:
    one, other, third = words(30), words(20), words(40)
    assert cut(f"{one}, {other}; {third}.") == [f"{one}, {other};", f"{third}."]
    assert cut(f"He said: “{one}. {other.capitalize()}, {third}.”") == [
        f"He said: “{one}.",
        f"{other.capitalize()}, {third}.”",
    ]


def test_who_reads_a_sentence_before_its_end_may_wait_longer_for_a_mark() -> None:
    assert sentences(words(70), bare_words=LONGEST_WORDS) == ((0, len(words(70))),)


LETTERS = st.text(max_size=300)
PIECES = st.sampled_from(
    ["Mr.", "no.", "U.S.", "I", "(Laughter.)", "—", "right?", "“", "”", '"', "\n", "10", "...", "me."]
)


@given(st.one_of(LETTERS, st.lists(st.one_of(PIECES, st.just("word")), max_size=150).map(" ".join)))
def test_every_word_is_in_exactly_one_sentence(text: str) -> None:
    spans = sentences(text)
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    assert "".join("".join(cut(text)).split()) == "".join(text.split())
    assert all(text[a:b].strip() == text[a:b] for a, b in spans)


@pytest.mark.parametrize(
    "text",
    [
        "Ms. " * 60_000,
        "no. me. " * 60_000,
        "(a. " * 60_000,
        "a " * 120_000,
        "— right? " * 60_000,
        "A. " * 60_000,
        "“ " * 120_000,
    ],
)
def test_hostile_text_is_cut_in_the_end(text: str) -> None:
    """Shapes that keep a reader busy for hours whose time grows with the square of a text's length."""
    assert "".join("".join(cut(text)).split()) == "".join(text.split())
