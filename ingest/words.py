"""Search by words: a tantivy index of passages (BM25, English stems) in a folder, derived from the archive.

Only this file knows tantivy. Queries are built term by term, so no sign in a question is ever taken for an operator.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy

from ingest.errors import IndexDamaged, StorageError

Run = tuple[str, ...]

FIELDS: Mapping[str, float] = {"text": 1.0, "head": 1.0, "speakers": 1.0}
NO_RUNS: Mapping[Run, float] = {}
_LASTING = frozenset((".fast", ".fieldnorm", ".idx", ".pos", ".store", ".term", ".del"))
_READ = frozenset({"text", "head"})
_HEAP_BYTES = 64_000_000
_ANALYZER = (
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    .filter(tantivy.Filter.remove_long(80))
    .filter(tantivy.Filter.lowercase())
    .filter(tantivy.Filter.ascii_fold())
    .filter(tantivy.Filter.stemmer("english"))
    .build()
)
_ANALYZING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Document:
    """A passage as word search sees it. `head` is the title, date and source of its transcript."""

    id: str
    head: str
    speakers: str
    text: str


def terms(text: str) -> list[str]:
    """The stems of the text's words, in order, just as the index holds them."""
    with _ANALYZING:
        return _ANALYZER.analyze(text)


def lasting(folder: Path) -> Iterator[Path]:
    """The files of the index that only a writer changes."""
    return (path for path in sorted(folder.glob("*.*")) if path.suffix in _LASTING and not path.name.startswith("."))


class WordIndex:
    """The index in `folder`, made when it is not there. One process may write at a time, any number read."""

    def __init__(self, folder: Path) -> None:
        self._open(folder)

    def _open(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            index = tantivy.Index(_schema(), path=str(folder))
        except (ValueError, OSError) as error:
            raise IndexDamaged(f"The word index in {folder} does not open: {error}.") from error
        index.register_tokenizer("news", _ANALYZER)
        self._folder, self._index = folder, index

    def __len__(self) -> int:
        return self._index.searcher().num_docs

    def apply(self, deletes: Iterable[str], adds: Iterable[Document]) -> None:
        """Removes the ids, then adds the documents in place of any of the same id; durable on return.

        Raises StorageError when the disk refuses.
        """
        try:
            self._apply(deletes, adds)
        except (ValueError, OSError) as error:
            raise StorageError(
                f"The word index could not be written: {error}. The archive itself is unharmed."
            ) from error
        self._index.reload()

    def _apply(self, deletes: Iterable[str], adds: Iterable[Document]) -> None:
        writer = self._index.writer(_HEAP_BYTES, 1)
        for passage_id in deletes:
            writer.delete_documents_by_term("id", passage_id)
        for document in adds:
            writer.delete_documents_by_term("id", document.id)
            writer.add_document(
                tantivy.Document(
                    id=[document.id], head=[document.head], speakers=[document.speakers], text=[document.text]
                )
            )
        writer.commit()
        writer.wait_merging_threads()

    def sweep(self) -> None:
        """Deletes what a writer that was cut off has left, which is in the way of the next. Raises IndexDamaged."""
        try:
            writer = self._index.writer(_HEAP_BYTES, 1)
            writer.garbage_collect_files()
            writer.wait_merging_threads()
        except (ValueError, OSError) as error:
            raise IndexDamaged(f"The word index in {self._folder} cannot be put in order: {error}.") from error

    def reload(self, folder: Path) -> None:
        """Sees what another process has written since, in the folder where it is now.

        Searches under way in other threads end on what they began with. Raises IndexDamaged.
        """
        self._open(folder)

    def held(self, ids: Sequence[str]) -> int:
        """How many of the ids the index holds."""
        query = tantivy.Query.term_set_query(self._index.schema, "id", list(ids))
        return len(self._index.searcher().search(query, max(len(ids) * 2, 1), count=False).hits)

    def search(
        self,
        question_terms: Iterable[str],
        limit: int,
        *,
        together: Mapping[Run, float] = NO_RUNS,
        among: Collection[str] | None = None,
        fields: Mapping[str, float] = FIELDS,
    ) -> dict[str, float]:
        """Passage ids with their BM25 scores, best first; only those `among` ids where some are given.

        `together` are runs of two or more stems with the weight that a passage's holding them side by side has.
        """
        clauses = [
            self._boosted(self._term(field, term), boost)
            for term in dict.fromkeys(question_terms)
            for field, boost in fields.items()
        ]
        clauses += [
            self._boosted(tantivy.Query.phrase_query(self._index.schema, field, list(run)), boost * fields[field])
            for run, boost in together.items()
            for field in _READ.intersection(fields)
        ]
        return self._found(clauses, limit, among) if clauses and limit > 0 else {}

    def _found(self, clauses: Sequence[tantivy.Query], limit: int, among: Collection[str] | None) -> dict[str, float]:
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, clause) for clause in clauses])
        if among is not None:
            allowed = tantivy.Query.term_set_query(self._index.schema, "id", list(among))
            unscored = tantivy.Query.const_score_query(allowed, 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, unscored)])
        searcher = self._index.searcher()
        found = searcher.search(query, limit, count=False)
        return {searcher.doc(address)["id"][0]: float(score) for score, address in found.hits}

    def _boosted(self, query: tantivy.Query, boost: float) -> tantivy.Query:
        return tantivy.Query.boost_query(query, boost)

    def _term(self, field: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._index.schema, field, term)

    def beginning(self, prefix: str) -> dict[str, int]:
        """The stems that begin so, each with the number of passages that hold it in one of the fields at least."""
        searcher, found = self._index.searcher(), dict[str, int]()
        for field in FIELDS:
            for term, count in searcher.terms_with_prefix(field, prefix):
                found[term] = max(count, found.get(term, 0))
        return found

    def document_frequency(self, term: str) -> int:
        """In how many passages the stem occurs in the text."""
        return self._index.searcher().doc_freq("text", term)

    def holds(self, term: str) -> bool:
        """Whether the stem occurs anywhere: in what was said, in a title, date or source, or in a speaker's name."""
        searcher = self._index.searcher()
        return any(searcher.doc_freq(field, term) for field in FIELDS)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name="news")
    return builder.build()
