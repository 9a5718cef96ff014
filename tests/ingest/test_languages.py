"""Language tags as files and people write them, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.languages import is_plain_tag, language_tag


@pytest.mark.parametrize(
    ("stated", "tag"),
    [
        ("en", "en"), ("EN", "en"), (" en ", "en"), ("eng", "en"), ("English", "en"), ("Deutsch", "de"), ("ger", "de"),
        ("en-us", "en-US"), ("pt_BR", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW"), ("es-419", "es-419"), ("yue", "yue"),
        ("en-orig", "en"), ("iw", "he"), ("français", "fr"),
    ],
)  # fmt: skip
def test_tags_and_names_are_read_as_bcp_47_writes_them(stated: str, tag: str) -> None:
    assert language_tag(stated) == tag


@pytest.mark.parametrize("stated", ["", "und", "mul", "zxx", "xx", "klingon", "en-", "en us", "e", "en-uYU-mmqF", "1"])
def test_what_is_no_language_is_none(stated: str) -> None:
    assert language_tag(stated) is None


@pytest.mark.parametrize(
    ("text", "plain"), [("en", True), ("pt-BR", True), ("EN", False), ("eng", False), ("txt", False)]
)
def test_a_plain_tag_has_its_language_in_small_letters(text: str, plain: bool) -> None:
    assert is_plain_tag(text) is plain


@given(st.text())
def test_a_tag_stays_what_it_is(text: str) -> None:
    tag = language_tag(text)
    assert tag is None or language_tag(tag) == tag
