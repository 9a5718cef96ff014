"""Sidecars: which are about a file, whose word counts, and every way one can be broken."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import Malformed, TooLarge, TranscriptError
from ingest.formats.document import Metadata
from ingest.sidecars import Sidecars, is_sidecar


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("file", "sidecar"),
    [
        ("bridge.srt", "bridge.srt.meta.yaml"), ("bridge.srt", "bridge.meta.yaml"), ("bridge.srt", "bridge.meta.yml"),
        ("bridge.srt", "meta.yaml"), ("bridge.srt", "meta.yml"), ("bridge.txt.gz", "bridge.txt.meta.yaml"),
        ("bridge.txt.gz", "bridge.meta.yaml"), ("Bridge [dQw4w9WgXcQ].en.vtt", "Bridge [dQw4w9WgXcQ].meta.yaml"),
        ("bridge", "bridge.meta.yaml"), ("sub/bridge.srt", "meta.yaml"), ("a/b/c/bridge.srt", "a/meta.yaml"),
    ],
)  # fmt: skip
def test_a_sidecar_is_about_the_file_of_its_name_and_all_below_its_folder(
    tmp_path: Path, file: str, sidecar: str
) -> None:
    write(tmp_path / sidecar, "source: BBC\n")
    sidecars = Sidecars()
    assert sidecars.facts(tmp_path / file) == Metadata(source="BBC")
    assert sidecars.used == {tmp_path / sidecar}
    assert is_sidecar(tmp_path / sidecar)


@pytest.mark.parametrize(
    ("file", "sidecar"),
    [
        ("bridge.srt", "bridge.yaml"), ("bridge.srt", "bridges.meta.yaml"), ("bridge.srt", "sub/meta.yaml"),
        ("2024.05.srt", "2024.meta.yaml"), ("sub/bridge.srt", "bridge.meta.yaml"),
    ],
)  # fmt: skip
def test_another_file_is_no_sidecar_of_it(tmp_path: Path, file: str, sidecar: str) -> None:
    write(tmp_path / sidecar, "source: BBC\n")
    assert Sidecars().facts(tmp_path / file) == Metadata()


def test_the_nearer_word_counts_and_each_fact_knows_its_sidecar(tmp_path: Path) -> None:
    folder = tmp_path / "newsnight"
    write(tmp_path / "meta.yaml", "source: BBC\nlanguage: en\nprogramme: Any\ntitle: Any\n")
    write(folder / "meta.yaml", "programme: Newsnight\ntitle: Every\n")
    write(folder / "bridge.meta.yaml", "title: The bridge\nurl: https://example.org/a\n")
    write(folder / "bridge.srt.meta.yaml", "title: The closed bridge\n")
    facts = Sidecars().facts(folder / "bridge.srt")
    assert (facts.title, facts.programme, facts.source, facts.language) == (
        "The closed bridge",
        "Newsnight",
        "BBC",
        "en",
    )
    assert dict(facts.origins) == {
        "title": "sidecar bridge.srt.meta.yaml",
        "url": "sidecar bridge.meta.yaml",
        "programme": "sidecar newsnight/meta.yaml",
        "source": f"sidecar {tmp_path.name}/meta.yaml",
        "language": f"sidecar {tmp_path.name}/meta.yaml",
    }


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "title:\nsource: ''\n", "---\n# x\ntitle:\n"])
def test_an_empty_sidecar_states_nothing(tmp_path: Path, text: str) -> None:
    write(tmp_path / "a.meta.yaml", text)
    assert Sidecars().facts(tmp_path / "a.txt") == Metadata()


def test_a_sidecar_is_read_as_front_matter_is(tmp_path: Path) -> None:
    text = "---\r\ntitle: 1984\r\nshow: >\r\n  Two\r\n  lines\r\nduration: 3:04\r\naudio: a.mp3\r\n"
    write(tmp_path / "a.meta.yaml", text)
    facts = Sidecars().facts(tmp_path / "a.txt")
    assert facts == Metadata(title="1984", programme="Two lines", duration_ms=(3 * 60 + 4) * 1000, media_url="a.mp3")


@pytest.mark.parametrize(
    ("text", "line", "cause"),
    [
        ("title: [a\nsource: b\n", 2, "broken YAML"),
        ("source: BBC\n\tdate: b\n", 2, "broken YAML"),
        ("source: BBC\n\n# x\nlangauge: en\n", 4, "'langauge', which is none we know"),
        ("source: BBC\ndate: 05/06/2024\n", 2, "date cannot be '05/06/2024'"),
        ("source: BBC\nlanguage: klingon\n", 2, "language cannot be 'klingon'"),
        ("source: BBC\nduration: long\n", 2, "duration cannot be 'long'"),
        ("source:\n  name: BBC\n", 1, "a list or more keys"),
        ("- source: BBC\n", 1, "not made of keys and values"),
        ("The bridge was closed.\n", 1, "not made of keys and values"),
        ("a: " + "[" * 5000, 1, "cannot be read"),
        ("source: BBC\n---\nsource: CNN\n", 2, "broken YAML"),
    ],
)
def test_a_broken_sidecar_is_told_with_its_path_line_and_remedy(
    tmp_path: Path, text: str, line: int, cause: str
) -> None:
    sidecar = write(tmp_path / "a.meta.yaml", text)
    with pytest.raises(Malformed) as caught:
        Sidecars().facts(tmp_path / "a.txt")
    assert (caught.value.path, caught.value.line) == (str(sidecar), line)
    assert cause in caught.value.cause
    assert "left out until then" in caught.value.remedy


def test_a_broken_one_of_a_folder_is_told_for_every_file(tmp_path: Path) -> None:
    write(tmp_path / "meta.yaml", "colour: red\n")
    sidecars = Sidecars()
    for name in ("a.txt", "b.txt", "sub/c.txt"):
        with pytest.raises(Malformed, match="colour"):
            sidecars.facts(tmp_path / name)


def test_a_small_sidecar_cannot_grow_large_and_a_large_one_is_refused(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    write(tmp_path / "a.meta.yaml", "\n".join(lines))
    with pytest.raises(Malformed, match="'a0', which is none we know"):
        Sidecars().facts(tmp_path / "a.txt")
    write(tmp_path / "a.meta.yaml", "# " + "x" * 200_000)
    with pytest.raises(TooLarge):
        Sidecars().facts(tmp_path / "a.txt")


def test_a_folder_or_a_name_too_long_is_no_sidecar(tmp_path: Path) -> None:
    (tmp_path / "meta.yaml").mkdir()
    assert Sidecars().facts(tmp_path / ("x" * 250)) == Metadata()


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_sidecar_holds_only_a_clear_error_comes_out(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.meta.yaml").write_bytes(data)
    facts = Metadata()
    with suppress(TranscriptError):
        facts = Sidecars().facts(tmp_path / "a.txt")
    assert set(facts.origins) == set(facts.stated)
