"""The plain pipeline most people start from: LangChain's recursive splitter at 1000/200, one model, Chroma.

The model is the same as ours, everything else is as it comes. It finds passages and writes no answers. Run as a
program with a folder and a question it prints the four passages a chain would be given by default.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from ingest.embed import packaged_model
from rag.evaluate import Case
from tests.benchmarks.pipelines import TOP, Built, Passage, Reply


def ingest(files: Sequence[Path], folder: Path) -> Built:
    """Splits the files and puts the pieces into a Chroma collection on disk."""
    whole = [Document(path.read_text(encoding="utf-8"), metadata={"source": path.name}) for path in files]
    pieces = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200).split_documents(whole)
    model = embeddings()
    Chroma.from_documents(pieces, model, persist_directory=str(folder))
    return Built(len(pieces), str(next(model._client.parameters()).dtype).removeprefix("torch."))


class Plain:
    """A similarity search, asked with the question alone."""

    def __init__(self, folder: Path) -> None:
        self._store = Chroma(persist_directory=str(folder), embedding_function=embeddings())

    def search(self, question: str, limit: int) -> list[Document]:
        """The `limit` nearest pieces, nearest first."""
        found: list[Document] = self._store.similarity_search(question, k=limit)
        return found

    def settle(self) -> None:
        """Its model is loaded by the time it is open."""

    def ask(self, case: Case) -> Reply:
        """What is found; the conversation before the question is left aside."""
        began = time.perf_counter()
        found = self.search(case.question, TOP)
        ms = (time.perf_counter() - began) * 1000
        return Reply(tuple(Passage(each.metadata["source"], each.page_content) for each in found), ms)


def open_folder(folder: Path) -> Plain:
    """The collection in the folder, open for questions."""
    return Plain(folder)


def embeddings() -> HuggingFaceEmbeddings:
    """The model as LangChain loads it."""
    return HuggingFaceEmbeddings(model_name=str(packaged_model()))


if __name__ == "__main__":
    for piece in open_folder(Path(sys.argv[1])).search(sys.argv[2], 4):
        print(piece.page_content)
