"""Whether a sentence follows from what it cites: features one by one, the logit over them, and the check."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from ingest.embed import Vectors, question_embedder
from rag.evidence import given
from rag.further import BornOut, further_checks
from rag.results import Rejected
from rag.support import FEATURES, IN_FAVOUR, Source, features, likelihood, source
from rag.support_weights import SUPPORT
from rag.verify import Supported, verify
from rag.written import take
from tests.rag.builders import hit, transcript

TOLD = (
    "The harbour reopened on Tuesday after 12 days.",
    "Mayor Rosa Field said the repairs had cost 40 million dollars.",
    "Fishing boats were the first to leave.",
    "The ferry to Arlen will not run before May.",
    "It had rained for a week.",
)


def held(told: Sequence[str] = TOLD, facts: str = "") -> Source:
    return source(told, facts, question_embedder().embed(told))


def found(claim: str, told: Sequence[str] = TOLD, facts: str = "") -> dict[str, float]:
    return dict(features(claim, held(told, facts), question_embedder()))


class Counting:
    """An embedder of one dimension that counts what it was given."""

    name, dimension = "counting", 1

    def __init__(self) -> None:
        self.seen: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.seen += texts
        return np.ones((len(texts), 1), dtype=np.float32)


@pytest.mark.parametrize(
    ("claim", "feature", "count"),
    [
        ("Mayor Rosa Field paid Anna Berg 40 million dollars.", "names", 1),
        ("The harbour reopened after 13 days for 50 million dollars.", "numbers", 2),
        ("The harbour never reopened on Tuesday after 12 days.", "denies", 1),
        ("Fishing boats were the last to leave.", "opposite", 1),
        ("Fishing boats were the last to leave.", "opposite_anywhere", 1),
        ("The ferry to Arlen will run before May.", "contradicts", 1),
        ("Mayor Rosa Field was against the repairs.", "brought", 1),
        ("All fishing boats were perhaps the first to leave.", "degrees", 2),
    ],
)
def test_what_is_amiss_is_counted(claim: str, feature: str, count: int) -> None:
    assert found(claim)[feature] == count


def test_what_is_known_elsewhere_is_told_from_what_is_not_known_at_all() -> None:
    quiet = (f"Nothing happened on the quay that morning, said witness {word}." for word in "abcdef")
    told = (*TOLD, *quiet, "Kim left.")
    away = found("Fishing boats were the first to leave, said Kim and Lee.", told)
    assert (away["names"], away["names_elsewhere"]) == (1, 1)


def test_facts_beside_the_words_count_as_known() -> None:
    assert found("The harbour of Bergen reopened on Tuesday.")["names"] == 1
    assert found("The harbour of Bergen reopened on Tuesday.", facts="Bergen radio")["names"] == 0


def test_coverage_is_the_share_of_content_words_within_three_sentences() -> None:
    assert found("Fishing boats were sunk by pirates.")["coverage"] == pytest.approx(2 / 4)


def test_the_weakest_clause_is_told() -> None:
    whole = found("The harbour reopened on Tuesday, and giant purple elephants danced happily.")
    assert whole["part_coverage"] == 0
    assert whole["part_similarity"] < whole["similarity"]


def test_a_claim_and_a_source_of_one_word() -> None:
    assert 0 <= likelihood(found("Rain.", ("Rain.",))) <= 1
    with pytest.raises(ValueError, match="at least one sentence"):
        source((), "", np.zeros((0, 1), dtype=np.float32))


def test_every_feature_is_there_and_each_weight_points_the_way_it_should() -> None:
    assert tuple(found(TOLD[0])) == FEATURES
    assert set(SUPPORT.weights) <= set(FEATURES)
    assert all((weight > 0) == (name in IN_FAVOUR) for name, weight in SUPPORT.weights.items())


def test_the_likelihood_is_a_logit() -> None:
    nothing = dict.fromkeys(FEATURES, 0.0)
    assert likelihood(nothing) == pytest.approx(1 / (1 + math.exp(-SUPPORT.bias)))
    alike = {**nothing, "similarity": 1.0}
    assert likelihood(alike) == pytest.approx(1 / (1 + math.exp(-SUPPORT.bias - SUPPORT.weights["similarity"])))


@pytest.mark.parametrize("claim", TOLD)
def test_its_own_words_bear_a_sentence_out(claim: str) -> None:
    assert likelihood(found(claim)) >= SUPPORT.threshold


@pytest.mark.parametrize(
    "claim",
    [
        "The council of Oslo closed 3 schools after a fire in the market hall.",
        "Economists expect interest rates to stay where they are.",
        "Mayor Rosa Field said the repairs had never cost 50 million dollars.",
    ],
)
def test_what_the_words_do_not_say_is_unlikely(claim: str) -> None:
    assert likelihood(found(claim)) < SUPPORT.threshold


def judged(text: str, check: BornOut) -> Supported | Rejected:
    of = transcript()
    [sentence] = take(text, final=True)[0]
    return verify(sentence, [given(n, hit(of, n - 1), of) for n in range(1, 6)], "why Europe?", (check,))


def test_the_check_keeps_what_is_borne_out_and_embeds_a_passage_once() -> None:
    counting = Counting()
    check = BornOut(counting)
    for _ in range(2):
        assert isinstance(judged("Huawei is pivoting towards Europe and Asia [1].", check), Supported)
    assert len(counting.seen) == 1 + 2 * 2, "the passage once; each time the claim and its one clause"


def test_the_check_strikes_what_the_rules_let_pass() -> None:
    softened = (
        "Perhaps China's Huawei is possibly already pivoting towards Europe and some of Asia, "
        "only almost because the US is getting harder to enter [1]."
    )
    outcome = judged(softened, BornOut())
    assert isinstance(outcome, Rejected)
    assert outcome.reason == "As a whole, the passage it cites does not bear it out."


def test_without_a_model_of_the_users_there_is_our_check_alone() -> None:
    assert [type(check).__name__ for check in further_checks()] == ["BornOut"]
