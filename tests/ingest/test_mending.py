"""Text that came to us damaged: what is certainly so is mended, and everything else stays as it is."""
# ruff: noqa: RUF001 (damaged text is full of characters that look like others)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats import parse_bytes
from ingest.mending import mend_entities, mend_mojibake
from ingest.text import decode


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("Itâ€™s the mayorâ€™s bridge", "It’s the mayor’s bridge"),
        ("â€œWe wait,â€\x9d she said", "“We wait,” she said"),
        ("â€œWe waitâ€ she said", "“We wait” she said"),
        ("itâ\x80\x99s", "it’s"),
        ("cafÃ© in MÃ¼nchen, SÃ£o Paulo", "café in München, São Paulo"),
        ("donÃ¢â‚¬â„¢t", "don’t"),
        ("Â£5 at 50Â°", "£5 at 50°"),
        ("naÃ¯ve â€“ and “good” marks", "naïve – and “good” marks"),
        ("Ã\u00a0 la carte", "à la carte"),
        ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет"),
        ("ðŸ˜€", "😀"),
    ],
)
def test_words_read_in_the_wrong_encoding_are_put_right(damaged: str, meant: str) -> None:
    assert mend_mojibake(damaged) == meant


@pytest.mark.parametrize(
    "good",
    [
        "It’s fine – “yes”", "SÃO PAULO", "CAFÉ", "Ã is a letter", "L’ÎLE", "FRANÇOIS", "HÔTEL À PARIS",
        "CORAÇÃO “BOM”", "«À»", "DÉJÀ»", "RÉALITÉ…", "L’ÉTÉ™", "NESTLÉ™", "STRAßE–", "VIỆT NAM", "Привет, “мир”",
        "晚上好", "â", "5 € – 10 €", "ÂGE", "É…",
    ],
)  # fmt: skip
def test_good_text_is_not_touched(good: str) -> None:
    assert mend_mojibake(good) == good


@given(st.text(st.characters(codec="cp1252", min_codepoint=0xC0, max_codepoint=0xFF), min_size=1, max_size=30))
def test_a_word_of_accented_letters_survives(word: str) -> None:
    """The letters from À to ÿ alone never make a broken UTF-8 sequence: its later bytes are no letters."""
    assert mend_mojibake(word) == word


WORDS = "don’t café “Yes,” naïve said… €5 plain – Zürich “It’s señor Şişli Мост".split()


@given(st.lists(st.sampled_from(WORDS), min_size=1), st.integers(1, 2))
def test_what_was_broken_once_or_twice_comes_back(words: list[str], times: int) -> None:
    text = broken = f"words {' '.join(words)}"
    for _ in range(times):
        broken = broken.encode().decode("latin-1")
    assert decode(broken.encode(), "a.txt") == text


def test_a_long_text_of_the_same_damage_is_mended_throughout() -> None:
    assert mend_mojibake("donâ€™t " * 100_000) == "don’t " * 100_000


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;T", "AT&T"),
        ("it&#39;s &#x2019;&rsquo;", "it's ’’"),
        ("&lt;b&gt;", "<b>"),
        ("AT&T; R&D; &nosuch; a&b", "AT&T; R&D; &nosuch; a&b"),
        ("&copy 2020", "&copy 2020"),
    ],
)
def test_entities_in_plain_text_are_spelt_out(written: str, meant: str) -> None:
    assert mend_entities(written) == meant


def test_entities_do_not_hide_who_is_quoted() -> None:
    talk = "The bridge is closed.\n\nANN LEE, MAYOR &quot;We&nbsp;wait for AT&amp;T.&quot;"
    [_, turn] = parse_bytes(talk.encode(), "a.txt").turns
    assert (turn.speaker, turn.text) == ("Ann Lee", "We wait for AT&T.")


def test_mojibake_does_not_hide_who_is_quoted_and_offsets_are_of_the_mended_text() -> None:
    data = "The bridge is closed.\n\nANN LEE, MAYOR â€œWe canâ€™t wait.â€\x9d".encode()
    transcript = parse_bytes(data, "a.txt")
    turn = transcript.turns[1]
    assert (turn.speaker, turn.text) == ("Ann Lee", "We can’t wait.")
    assert transcript.text[turn.char_start : turn.char_end] == turn.text


def test_entities_in_captions_are_the_captions_own() -> None:
    captions = "1\n00:00:01,000 --> 00:00:02,000\nSay &amp;amp; twice.\n"
    assert parse_bytes(captions.encode(), "a.srt").turns[0].text == "Say &amp; twice."
