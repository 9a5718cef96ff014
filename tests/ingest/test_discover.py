"""Which files of a folder are read: by their ending, packed or not, recordings only where they can be heard."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.discover import Found, discover, looks_like_transcript


def folder_of(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def names(paths: tuple[Path, ...], folder: Path) -> list[str]:
    return [str(path.relative_to(folder.resolve())) for path in paths]


@pytest.mark.parametrize(
    "name",
    "a.txt a.TXT a.md a.srt a.html a.htm a.docx a.pdf a.txt.gz a.SRT.GZ a.zip a.pdf.gz".split(),
)
def test_endings_of_transcripts(name: str) -> None:
    assert looks_like_transcript(Path(name))


@pytest.mark.parametrize("name", "a.png a.gz a.tar.gz a.png.gz a.tgz a.7z a.mp3 a a.doc a.rtf".split())
def test_endings_of_others(name: str) -> None:
    assert not looks_like_transcript(Path(name))


def test_a_folder_is_searched_and_what_is_left_out_is_listed(tmp_path: Path) -> None:
    folder_of(tmp_path, "b.txt", "a/c.pdf", "a/logo.png", ".hidden.txt", ".git/d.txt")
    found = discover([tmp_path])
    assert names(found.files, tmp_path) == ["b.txt", "a/c.pdf"]
    assert names(found.skipped, tmp_path) == ["a/logo.png"]


def test_a_file_that_is_named_is_read_whatever_its_ending(tmp_path: Path) -> None:
    folder_of(tmp_path, "a.rtf", "b.mp3")
    assert names(discover([tmp_path / "a.rtf", tmp_path / "b.mp3"]).files, tmp_path) == ["a.rtf", "b.mp3"]


def test_recordings_wait_until_they_can_be_heard(tmp_path: Path) -> None:
    folder_of(tmp_path, "a.mp3", "b.mp4", "b.vtt", "c.wav", "c.txt.gz", "d.png")
    deaf: Found = discover([tmp_path], listen=False)
    assert names(deaf.files, tmp_path) == ["b.vtt", "c.txt.gz"]
    assert names(deaf.recordings, tmp_path) == ["a.mp3"]
    assert names(deaf.skipped, tmp_path) == ["a.mp3", "b.mp4", "c.wav", "d.png"]
    hearing = discover([tmp_path], listen=True)
    assert names(hearing.files, tmp_path) == ["b.vtt", "c.txt.gz", "a.mp3"]
    assert names(hearing.skipped, tmp_path) == ["b.mp4", "c.wav", "d.png"]
    assert hearing.recordings == ()


def test_where_nothing_is_set_up_they_cannot(tmp_path: Path) -> None:
    folder_of(tmp_path, "a.mp3")
    assert discover([tmp_path]) == discover([tmp_path], listen=False)
