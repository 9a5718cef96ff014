"""One question, asked: its answer against what is right and against the archive. Makes a Record; averages nothing.

What an answerer says of its own citations is not believed: quotes and speakers are compared with the archive here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from ingest.archive import Archive
from ingest.embed import Embedder
from ingest.errors import UnknownTranscript
from ingest.transcript import Transcript
from rag.composed import stated
from rag.errors import EvaluationError
from rag.evaluate import match
from rag.evaluate.alce import judge_sentences, premise
from rag.evaluate.cases import Case
from rag.evaluate.judges import Judge, ModelJudge, Verdict
from rag.evaluate.locate import Locator
from rag.evaluate.record import Cited, FoundEvidence, Ranked, Record, Variant
from rag.evaluate.storable import number, storable, unicode
from rag.evaluate.units import by_transcript, numbered, ranked
from rag.results import Answer, Citation, Hit

DEEPEST = 20


class Scorer:
    """Judges answers over one archive. `judge` says whether quotes bear a sentence out, and a model what is right."""

    def __init__(self, archive: Archive, locator: Locator, embedder: Embedder, judge: Judge) -> None:
        self._archive = archive
        self._locator = locator
        self._embedder = embedder
        self._judge = judge

    def begin(self, case: Case, variant: Variant) -> Record:
        """The record of a question not yet asked, with its evidence located; "failed" until it is."""
        pieces = tuple(self._located(case))
        return Record(
            id=case.id,
            variant=variant,
            kind=case.kind,
            question=case.question,
            history=case.history if variant == "as asked" else (),
            answers=case.answers,
            every=case.every,
            answerable=case.answerable,
            draft=case.draft,
            status="failed",
            evidence=numbered(pieces, self._archive.passage_spans),
        )

    def finish(self, record: Record, answer: Answer, hits: Sequence[Hit], timings: Mapping[str, float]) -> Record:
        """The record with the answer judged. `hits` are at least DEEPEST passages where the answerer gives as many."""
        answer = storable(answer)
        evidence, marked = ranked(record.evidence, self._ranking(record, hits))
        citations = tuple(self._cited(each, evidence) for each in answer.citations)
        on = [(each.transcript_id, each.char_start, each.char_end) for each in answer.citations]
        scored = replace(
            record,
            status=answer.status,
            text=answer.text,
            short=answer.short.text if answer.short else "",
            notice=answer.notice,
            evidence=tuple(replace(each, cited=any(_on(each, *place) for place in on)) for each in evidence),
            citations=citations,
            hits=marked,
            rejected=tuple((each.text, each.reason) for each in answer.rejected),
            confidence=answer.confidence,
            timings={**answer.timings, **timings},
            usage=dict(answer.usage),
        )
        return self._judged(scored, answer) if answer.citations else self._given_up(scored, "It was refused.")

    def failed(self, record: Record, error: str) -> Record:
        """The record of a question that could not be asked."""
        return self._given_up(replace(record, error=unicode(error)), "It ended in an error.")

    def _located(self, case: Case) -> list[FoundEvidence]:
        found = []
        for each in case.evidence:
            place = self._locator.place(each)
            found.append(
                FoundEvidence(
                    source=each.source,
                    quote=each.quote,
                    relevance=each.relevance,
                    problem=place.problem,
                    transcript_id=place.transcript_id,
                    spans=place.spans,
                    speakers=place.speakers,
                )
            )
        return found

    def _ranking(self, record: Record, hits: Sequence[Hit]) -> tuple[Ranked, ...]:
        passages = tuple(
            Ranked(
                each.passage.id,
                each.passage.transcript_id,
                each.passage.char_start,
                each.passage.char_end,
                number(each.score) or 0.0,
            )
            for each in hits
        )
        whole = any(not each.quote for each in record.evidence)
        return (by_transcript(passages) if whole else passages)[:DEEPEST]

    def _cited(self, citation: Citation, evidence: Sequence[FoundEvidence]) -> Cited:
        transcript = self._transcript(citation.transcript_id)
        place = (citation.transcript_id, citation.char_start, citation.char_end)
        relevant = [each for each in evidence if each.relevance > 0]
        judged = bool(relevant) and not any(each.problem for each in relevant)
        speakers = {name for each in relevant for name in each.speakers}
        return Cited(
            marker=citation.marker,
            quote=citation.quote,
            transcript_id=citation.transcript_id,
            title=citation.title,
            speaker=citation.speaker,
            start_ms=citation.start_ms,
            char_start=citation.char_start,
            char_end=citation.char_end,
            interpolated=citation.interpolated,
            verbatim=transcript is not None and transcript.text[place[1] : place[2]] == citation.quote,
            as_stored=transcript is not None and transcript.turn_at(place[1]).speaker == citation.speaker,
            on_evidence=any(_on(each, *place) for each in relevant) if judged else None,
            right_speaker=citation.speaker in speakers if judged and speakers else None,
        )

    def _transcript(self, transcript_id: str) -> Transcript | None:
        try:
            return self._locator.transcript(transcript_id)
        except UnknownTranscript:
            return None

    def _judged(self, record: Record, answer: Answer) -> Record:
        """The record with what its text is worth: against the accepted answers, and against its own citations."""
        said = match.answer_words(stated(answer))
        judged = self._supported(record, answer)
        if not record.answers:
            return judged
        verdict = self._verdict(record, said)
        return replace(
            judged,
            contained=match.contains(said, record.answers, every=record.every),
            exact=match.exact(match.flat(said), [match.flat(each) for each in record.answers], every=record.every),
            f1=match.f1(match.flat(said), [match.flat(each) for each in record.answers], every=record.every),
            similarity=self._similarity(said, _accepted(record)),
            judged=verdict.grade if verdict else "",
            judge_reason=" ".join(filter(None, (verdict.reason if verdict else "", judged.judge_reason))),
        )

    def _supported(self, record: Record, answer: Answer) -> Record:
        """The record with its sentences judged; where the judge cannot tell, none is, and the reason says why."""
        cited = {each.marker: premise(each) for each in answer.citations}
        try:
            return replace(record, sentences=judge_sentences(stated(answer), cited, self._judge))
        except EvaluationError as error:
            return replace(record, judge_reason=f"Citations not judged: {error}")

    def _given_up(self, record: Record, reason: str) -> Record:
        """A refusal, or a failure, needs no judge: where there is an answer it is wrong."""
        wrong = isinstance(self._judge, ModelJudge) and record.answerable and record.answers
        return replace(record, judged="wrong", judge_reason=reason) if wrong else record

    def _verdict(self, record: Record, said: str) -> Verdict | None:
        if not isinstance(self._judge, ModelJudge):
            return None
        return self._judge.verdict(record.question, record.answers, said, every=record.every)

    def _similarity(self, said: str, accepted: Sequence[str]) -> float:
        mine, *theirs = self._embedder.embed([said, *accepted])
        return float(np.max(np.stack(theirs) @ mine))


def _accepted(record: Record) -> tuple[str, ...]:
    """What the text is compared with as a whole: any of the answers, or all of them together."""
    return (" ".join(record.answers),) if record.every else record.answers


def _on(evidence: FoundEvidence, transcript_id: str, char_start: int, char_end: int) -> bool:
    return evidence.transcript_id == transcript_id and any(
        start < char_end and char_start < end for start, end in evidence.spans
    )
