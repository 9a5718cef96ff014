"""Encodings beyond UTF-8: read when they are declared or when only one script fits, never guessed for Latin ones."""
# ruff: noqa: RUF001 (letters of other alphabets look like Latin ones)

from __future__ import annotations

import pytest

from ingest.encodings import decode_declared, decode_guessed
from ingest.errors import BadEncoding
from ingest.formats import parse_bytes
from ingest.text import decode

RUSSIAN = """Добрый вечер. Сегодня городской совет закрыл мост через реку после осмотра, который показал трещины в
опорах. Мэр сказала, что ремонт займёт шесть недель, а жители будут ездить в объезд."""
GREEK = """Καλησπέρα. Το δημοτικό συμβούλιο έκλεισε σήμερα τη γέφυρα μετά από έλεγχο που έδειξε ρωγμές στις
κολόνες. Η δήμαρχος είπε ότι η επισκευή θα διαρκέσει έξι εβδομάδες."""
HEBREW = "ערב טוב. מועצת העיר סגרה היום את הגשר לאחר בדיקה שגילתה סדקים בעמודים. התיקון יימשך שישה שבועות."
ARABIC = "مساء الخير. أغلق مجلس المدينة الجسر اليوم بعد فحص أظهر شقوقا في الأعمدة. سيستغرق الإصلاح ستة أسابيع."
JAPANESE = "こんばんは。市議会は今日、点検で橋脚にひびが見つかったため、橋を閉鎖しました。修理に六週間かかります。"
CHINESE = "晚上好。市议会今天关闭了这座桥，因为检查发现桥墩有裂缝。市长说修理需要六个星期。居民将绕道而行。"
KOREAN = "안녕하십니까. 시의회는 오늘 점검에서 교각에 균열이 발견되어 다리를 폐쇄했습니다. 수리에 육 주가 걸립니다."


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "iso-8859-5"), (RUSSIAN, "cp866"), (GREEK, "cp1253"),
        (GREEK, "iso-8859-7"), (HEBREW, "cp1255"), (ARABIC, "cp1256"), (JAPANESE, "shift-jis"), (JAPANESE, "euc-jp"),
        (CHINESE, "gbk"), (CHINESE, "gb18030"), (KOREAN, "euc-kr"),
    ],
)  # fmt: skip
def test_a_script_of_its_own_tells_its_encoding(words: str, encoding: str) -> None:
    data = words.encode(encoding, "ignore")
    assert decode(data, "talk.txt") == data.decode(encoding)


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Zażółć gęślą jaźń, a potem idź do domu i napisz list do brata, który czeka. " * 9, "iso-8859-2"),
        ("Der Bürgermeister öffnet für Fußgänger früher die Brücke über die Elbe. " * 9, "mac-roman"),
    ],
)
def test_latin_scripts_are_not_guessed_at_any_length(words: str, encoding: str) -> None:
    with pytest.raises(BadEncoding, match="cannot tell") as caught:
        decode(words.encode(encoding), "talk.txt")
    assert caught.value.line == 1
    assert "UTF-8" in caught.value.remedy


def test_a_few_words_are_too_few_to_tell() -> None:
    assert decode_guessed("Привет, мир.".encode("cp1251")) is None
    assert decode_guessed(RUSSIAN.encode("cp1251")) == (RUSSIAN, "cp1251")


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<html><head><meta charset="windows-1250">', "cp1250"),
        ("<html><meta http-equiv='Content-Type' content='text/html; charset=ISO-8859-2'>", "iso-8859-2"),
        ('<?xml version="1.0" encoding="iso-8859-2"?><html>', "iso-8859-2"),
        ("<html><meta charset=iso-8859-1>", "cp1252"),
        ("<html><meta charset=GB2312>", "gb18030"),
    ],
)
def test_a_declared_encoding_is_used(head: str, encoding: str) -> None:
    words = {"cp1252": "“café” – 5 €", "gb18030": "市议会"}.get(encoding, "Zażółć gęślą jaźń")
    data = f"{head}{words}".encode(encoding)
    assert decode_declared(data) == f"{head}{words}"


@pytest.mark.parametrize("name", ["utf-7", "punycode", "idna", "hex", "unicode_escape", "nonsense", "x" * 39, "cp875"])
def test_only_encodings_that_pages_are_written_in_are_taken_from_a_declaration(name: str) -> None:
    assert decode_declared(f"<html><meta charset={name}>caf\xe9".encode("latin-1")) is None


def test_a_wrong_declaration_does_not_beat_utf8() -> None:
    page = f'<html><head><meta charset="windows-1251"><title>Мост</title><body><p>{RUSSIAN} {RUSSIAN} {RUSSIAN}'
    assert parse_bytes(page.encode(), "a.html").text.startswith("Добрый вечер.")
    assert parse_bytes(page.encode("cp1251"), "a.html").title == "Мост"
