"""A folder of results: what was written is there after a kill, and results of different runs are never mixed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from rag.errors import ResultsError
from rag.evaluate.record import FoundEvidence, Ranked, Record, from_line, to_line
from rag.evaluate.store import Store

ROOT = Path(__file__).parents[3]
ABOUT = {"fingerprint": {"questions_sha256": "q1", "archive": "a1", "settings": {"top_k": 10}}}


def record(key: str) -> Record:
    return Record(
        id=key,
        variant="as asked",
        kind="who",
        question="Who? “quoted” \u202e\x00",
        history=("earlier",),
        answers=("a", "b"),
        every=False,
        answerable=True,
        draft=False,
        status="grounded",
        evidence=(FoundEvidence("s", "q", transcript_id="t", spans=((0, 3), (7, 9)), rank=2),),
        hits=(Ranked("p", "t", 0, 10, 0.5, 0),),
        timings={"total": 12.5},
        usage={"calls": 1},
    )


def written(folder: Path, *keys: str) -> Store:
    store = Store(folder)
    with store.writing():
        store.begin(ABOUT)
        with store.appending() as file:
            for key in keys:
                store.append(file, record(key))
    return store


def test_a_record_comes_back_as_it_was() -> None:
    assert from_line(to_line(record("q"))) == record("q")
    assert "\n" not in to_line(record("q"))


def test_what_is_there_is_known(tmp_path: Path) -> None:
    store = written(tmp_path / "out", "one", "two")
    assert store.keys() == {("one", "as asked"), ("two", "as asked")}
    assert [each.id for each in store.records()] == ["one", "two"]


def test_a_line_that_was_cut_off_is_asked_again(tmp_path: Path) -> None:
    store = written(tmp_path / "out", "one", "two")
    path = tmp_path / "out" / "results.jsonl"
    path.write_bytes(path.read_bytes()[:-40])
    assert store.keys() == {("one", "as asked")}
    with store.appending() as file:
        store.append(file, record("two"))
    assert [each.id for each in store.records()] == ["one", "two"]


def test_a_file_of_one_cut_line_is_empty(tmp_path: Path) -> None:
    store = written(tmp_path / "out", "one")
    path = tmp_path / "out" / "results.jsonl"
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert store.keys() == set()
    assert path.read_bytes() == b""


@pytest.mark.parametrize(
    ("changed", "told"),
    [({"archive": "a2"}, "archive"), ({"questions_sha256": "q2"}, "questions"), ({"settings": {}}, "settings")],
)
def test_results_of_another_run_are_not_added_to(tmp_path: Path, changed: dict[str, object], told: str) -> None:
    store = written(tmp_path / "out", "one")
    about = {"fingerprint": {**ABOUT["fingerprint"], **changed}}
    with pytest.raises(ResultsError, match=rf"another run \(changed: {told}\).*--fresh"):
        store.begin(about)
    store.clear()
    assert store.begin(about) == about
    assert store.keys() == set()


def test_a_run_that_is_gone_on_with_keeps_its_beginning(tmp_path: Path) -> None:
    store = Store(tmp_path / "out")
    with store.writing():
        store.begin({**ABOUT, "started": "monday"})
    assert store.begin({**ABOUT, "started": "tuesday"})["started"] == "monday"


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    store = written(tmp_path, "one")
    store.clear()
    assert [each.name for each in tmp_path.iterdir() if each.name != ".lock"] == ["notes.txt"]


MINE = (
    {"results.jsonl": "{}\n"},
    {"report.html": "<p>the quarter's figures"},
    {"ragas.jsonl": "a question set of mine\n", "notes.txt": "mine"},
    {"run.json": '{"scripts": {"test": "make"}}', "results.jsonl": "{}\n"},
    {"run.json": "[1]"},
    {"set-archive/letters.txt": "mine", "run.json": json.dumps(ABOUT)},
)


@pytest.mark.parametrize("files", MINE, ids=lambda files: next(iter(files)))
def test_what_is_not_of_a_run_is_neither_written_over_nor_thrown_away(tmp_path: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    store = Store(tmp_path)
    with pytest.raises(ResultsError, match="Nothing was touched: choose another --out, or move it away"):
        store.begin(ABOUT)
    with pytest.raises(ResultsError, match="Nothing was touched: choose another --out, or move it away"):
        store.clear()
    assert {path.relative_to(tmp_path).as_posix(): path.read_text() for path in _files(tmp_path)} == files


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_clearing_that_was_stopped_can_be_gone_on_with(tmp_path: Path) -> None:
    """What says that the others are ours goes last."""
    store = written(tmp_path, "one")
    (tmp_path / "report.html").mkdir()
    with pytest.raises(OSError, match=r"report\.html"):
        store.clear()
    assert store.about() == ABOUT
    (tmp_path / "report.html").rmdir()
    store.clear()
    assert not (tmp_path / "results.jsonl").exists()
    assert store.begin({"fingerprint": {"archive": "another"}})


@pytest.mark.parametrize("name", ["results.jsonl", "ragas.jsonl", "run.json", "set-archive", "set-archive/words"])
def test_what_a_test_is_made_with_is_not_replaced_by_its_results(tmp_path: Path, name: str) -> None:
    store = Store(tmp_path / "out")
    (tmp_path / "link").symlink_to(tmp_path / "out")
    for folder in ("out", "link", "out/../out"):
        with pytest.raises(ResultsError, match="would be replaced by the results"):
            store.spare(tmp_path / folder / name)
    store.spare(tmp_path / name)
    store.spare(tmp_path / "out" / "mine.jsonl")
    store.spare(tmp_path / "out")


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "7"])
def test_a_damaged_description_is_told(tmp_path: Path, content: str) -> None:
    store = written(tmp_path, "one")
    (tmp_path / "run.json").write_text(content)
    with pytest.raises(ResultsError, match=r"run\.json"):
        store.begin(ABOUT)


def test_a_line_that_is_still_being_written_is_no_record_yet(tmp_path: Path) -> None:
    store = written(tmp_path, "one", "two")
    path = tmp_path / "results.jsonl"
    path.write_bytes(path.read_bytes()[:-40])
    assert [each.id for each in store.records()] == ["one"]
    path.write_bytes(b'{"id"')
    assert list(store.records()) == []


def test_a_disk_that_is_full_is_told_and_what_was_written_stays(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import resource, signal, sys
        from rag.errors import ResultsError
        from tests.rag.evaluate.test_store import ABOUT, record
        from rag.evaluate.store import Store
        store = Store(sys.argv[1])
        with store.writing():
            store.begin(ABOUT)
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
            try:
                with store.appending() as file:
                    for number in range(10**9):
                        store.append(file, record(str(number)))
            except ResultsError as error:
                print(error)
    """)
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert f"{tmp_path / 'results.jsonl'}: cannot be written" in done.stdout, done.stderr
    assert "the same command goes on" in done.stdout
    assert (tmp_path / "results.jsonl").stat().st_size == 100_000
    keys = Store(tmp_path).keys()
    assert keys == {(str(number), "as asked") for number in range(len(keys))}
    assert len(keys) > 10


def test_a_damaged_record_is_told_with_its_line(tmp_path: Path) -> None:
    store = written(tmp_path, "one", "two")
    path = tmp_path / "results.jsonl"
    first, second = path.read_bytes().splitlines()
    path.write_bytes(first + b"\n" + second.replace(b'"as asked"', b'"as sung"') + b"\n")
    with pytest.raises(ResultsError, match=r"results\.jsonl: line 2 .*--fresh"):
        list(store.records())


def test_nothing_was_run_here(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="nothing was run"):
        list(Store(tmp_path).records())
    with pytest.raises(ResultsError, match="holds no results"):
        Store(tmp_path).about()


def test_a_file_in_the_folders_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(ResultsError, match="no results can be written"), Store(tmp_path / "out").writing():
        pass


def test_two_runs_do_not_write_to_one_folder(tmp_path: Path) -> None:
    with (
        Store(tmp_path).writing(),
        pytest.raises(ResultsError, match="another run is writing"),
        Store(tmp_path).writing(),
    ):
        pass


def test_a_killed_writer_leaves_whole_records_and_no_lock(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import sys
        from tests.rag.evaluate.test_store import ABOUT, record
        from rag.evaluate.store import Store
        store = Store(sys.argv[1])
        with store.writing():
            store.begin(ABOUT)
            with store.appending() as file:
                for number in range(10**9):
                    store.append(file, record(str(number)))
    """)
    path = tmp_path / "results.jsonl"
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT) as running:
        while not path.exists() or path.stat().st_size < 100_000:
            assert running.poll() is None
            time.sleep(0.01)
        os.kill(running.pid, signal.SIGKILL)
    store = Store(tmp_path)
    with store.writing():
        assert store.begin(ABOUT) == json.loads((tmp_path / "run.json").read_text())
        known = store.keys()
    assert known == {(str(number), "as asked") for number in range(len(known))}
    assert len(known) > 10
