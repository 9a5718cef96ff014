"""What all tests share: no network but loopback, the user's own archive out of reach, the samples.

Tests that need something this machine may lack get it through a fixture here, which skips with the reason.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.netguard import sitecustomize as netguard

ROOT = Path(__file__).parent.parent
_GUARD = Path(netguard.__file__).parent
_HOME = tempfile.TemporaryDirectory(prefix="onrecord-tests-")
_LOG = Path(_HOME.name) / "outside-tries"
_LOG.touch()
_KEPT = {netguard.LOG, "ONRECORD_DATA"}

# How fast this machine is today is no matter of these tests.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# Started in the background, a shell has Ctrl-C ignored for all that runs here, and the tests of Ctrl-C would wait.
signal.signal(signal.SIGINT, signal.default_int_handler)

os.environ[netguard.LOG] = str(_LOG)
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(_GUARD), os.environ.get("PYTHONPATH")]))
os.environ["XDG_DATA_HOME"] = _HOME.name
for name in {key for key in os.environ if key.startswith("ONRECORD_")} - _KEPT:
    del os.environ[name]


def pytest_unconfigure() -> None:
    """Leaves no file behind."""
    _HOME.cleanup()


@pytest.fixture
def outside_tries() -> Path:
    """The file that lists who tried to reach another host. A test that provokes a try empties it."""
    return _LOG


@pytest.fixture(autouse=True)
def no_outside_network() -> Iterator[None]:
    """Fails a test that tried to reach another host, itself or through a process it started."""
    before = _LOG.stat().st_size
    yield
    tries = _LOG.read_bytes()[before:].decode()
    assert not tries, f"reached for another host:\n{tries}"


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def samples() -> tuple[Path, ...]:
    """The packaged sample transcripts."""
    from ingest import samples as packaged

    return tuple(packaged.paths())


@pytest.fixture(scope="session")
def sample_archive(samples: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of all samples, made once by the real pipeline. For reading only; copy it to change it."""
    from ingest import sync

    folder = tmp_path_factory.mktemp("samples") / "archive"
    report = sync(samples, folder)
    assert report.ok, report.failed
    return folder


@pytest.fixture(scope="module")
def own_archive(sample_archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of it that the tests of one module may change."""
    return Path(shutil.copytree(sample_archive, tmp_path_factory.mktemp("own") / "archive"))


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The larger data sets beside the repository, or where ONRECORD_DATA says."""
    folder = Path(os.environ.get("ONRECORD_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the larger data sets are not here ({folder}); ONRECORD_DATA names another place")
    return folder
