"""The rules of the house: who may import whom, how large things may be, what is packaged and pinned."""

from __future__ import annotations

import ast
import re
import shutil
import statistics
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PACKAGES = ("ingest", "rag", "ui")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@pytest.fixture(scope="module")
def pins() -> dict[str, str]:
    text = (ROOT / "constraints.txt").read_text()
    return dict(re.findall(r"^([^#=\s]+)==(\S+)$", text, re.MULTILINE))


def lines_of(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def functions() -> Iterator[tuple[str, int]]:
    """Every function with its length in lines, decorators and docstring left out."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, Function):
                documented = lines_of(node.body[0]) if ast.get_docstring(node) else 0
                yield f"{name_of(path)}:{node.lineno} {node.name}", lines_of(node) - documented


def test_imports_go_one_way_and_each_library_has_its_place() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert " kept, 0 broken" in done.stdout


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=name_of)
def test_a_module_says_what_it_does(path: Path) -> None:
    text = path.read_text()
    assert not text.strip() or ast.get_docstring(ast.parse(text)), "no docstring"


def test_modules_are_short() -> None:
    """The median is at most 110 lines, and none is over 300."""
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in SOURCES}
    assert statistics.median(lengths.values()) <= 110
    assert not {name: length for name, length in lengths.items() if length > 300}


def test_functions_are_short() -> None:
    """The median is at most 12 lines, nine in ten are under 30."""
    lengths = sorted(functions(), key=lambda each: each[1])
    assert statistics.median(length for _, length in lengths) <= 12
    too_long = [each for each in lengths if each[1] >= 30]
    assert len(too_long) <= len(lengths) / 10, too_long


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_nothing_is_swallowed_and_nothing_left_for_later(path: Path) -> None:
    text = path.read_text()
    caught = [node.type for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ExceptHandler)]
    assert not {ast.unparse(each) if each else "" for each in caught} & {"", "Exception", "BaseException"}
    assert not re.search(r"\b(TODO|FIXME|XXX|HACK)\b", text)


def test_every_direct_dependency_is_pinned(project: dict[str, Any], pins: dict[str, str]) -> None:
    declared = [*project["project"]["dependencies"]]
    for extra in project["project"]["optional-dependencies"].values():
        declared += extra
    for requirement in map(Requirement, declared):
        pin = pins.get(canonicalize_name(requirement.name))
        assert pin, f"{requirement.name} is not in constraints.txt"
        assert requirement.specifier.contains(pin), f"{requirement} does not admit {pin}"


def test_pins_are_exact_sorted_and_name_no_place(pins: dict[str, str]) -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9.-]*==[0-9][0-9a-z.]*", line) for line in lines)
    assert list(pins) == sorted(pins)
    assert pins["torch"] == "2.13.0"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel built from a copy of the sources, with what is installed here."""
    folder = tmp_path_factory.mktemp("wheel")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    (folder / "README.md").write_text("# onrecord\n")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "-w", "out", "."], cwd=folder, check=True, capture_output=True)
    [built] = (folder / "out").glob("onrecord-*.whl")
    return set(zipfile.ZipFile(built).namelist())


def test_the_wheel_holds_all_code_samples_and_assets(wheel: set[str]) -> None:
    wanted = {name_of(path) for path in SOURCES}
    wanted |= {name_of(path) for path in (ROOT / "ingest" / "samples").iterdir() if path.is_file()}
    wanted |= {name_of(path) for path in (ROOT / "ui" / "assets").iterdir()}
    wanted |= {name_of(path) for path in (ROOT / "ingest" / "model").iterdir()}
    wanted |= {name_of(path) for path in (ROOT / "rag").rglob("*") if path.suffix in {".j2", ".css", ".js", ".md"}}
    assert wanted <= wheel, wanted - wheel


def test_the_wheel_holds_nothing_else(wheel: set[str]) -> None:
    assert {name.split("/")[0] for name in wheel} <= {*PACKAGES, "onrecord-0.1.0.dist-info"}
