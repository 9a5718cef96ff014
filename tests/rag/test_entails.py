"""A natural language inference model of the user's: real cross-encoders, tiny ones with weights made for the test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from sentence_transformers import CrossEncoder
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

from ingest.errors import ModelError
from rag.entails import Entails
from rag.evidence import given
from rag.further import further_checks
from rag.results import Rejected
from rag.verify import Supported, verify
from rag.written import take
from tests.rag.builders import hits, transcript

LABELS = {0: "contradiction", 1: "entailment", 2: "neutral"}
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "huawei", "europe", "asia", "profits", "rose"]
GOOD = "Huawei is pivoting towards Europe and Asia [1]."


def saved(folder: Path, favoured: int, labels: dict[int, str] | None = None) -> str:
    """A BERT of two layers and 16 numbers, its last layer's bias in favour of one output."""
    told = labels or LABELS
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=16,
        id2label=told,
        label2id={label: at for at, label in told.items()},
    )
    network = BertForSequenceClassification(config)
    with torch.no_grad():
        network.classifier.bias[favoured] = 9.0
    network.save_pretrained(folder)
    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    names: dict[str, Any] = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=512, **names).save_pretrained(folder)
    assert CrossEncoder(str(folder)).config.num_labels == len(told)
    return str(folder)


def judged(check: Entails, text: str = GOOD) -> Supported | Rejected:
    of = transcript()
    [sentence] = take(text, final=True)[0]
    return verify(sentence, [given(n, hit, of) for n, hit in enumerate(hits(of), start=1)], "", (check,))


def test_what_the_model_finds_entailed_is_kept(tmp_path: Path) -> None:
    assert isinstance(judged(Entails(saved(tmp_path, favoured=1))), Supported)


@pytest.mark.parametrize("favoured", [0, 2])
def test_what_it_finds_neutral_or_contradicted_is_struck_out(tmp_path: Path, favoured: int) -> None:
    name = saved(tmp_path, favoured)
    outcome = judged(Entails(name))
    assert isinstance(outcome, Rejected)
    assert outcome.reason == f"The model {name} does not find it in the passage it cites."


@pytest.mark.parametrize(
    "labels",
    [
        {0: "ENTAILMENT", 1: "NEUTRAL", 2: "CONTRADICTION"},
        {0: "entailment", 1: "not_entailment"},
        {0: "is_entailed", 1: "contradiction"},
    ],
)
def test_the_order_of_labels_is_the_models_own(tmp_path: Path, labels: dict[int, str]) -> None:
    assert isinstance(judged(Entails(saved(tmp_path / "yes", 0, labels))), Supported)
    assert isinstance(judged(Entails(saved(tmp_path / "no", 1, labels))), Rejected)


@pytest.mark.parametrize("labels", [{0: "LABEL_0", 1: "LABEL_1"}, {0: "entailment"}, {0: "entailed", 1: "entailment"}])
def test_a_model_that_does_not_say_what_is_entailment_is_told_so(tmp_path: Path, labels: dict[int, str]) -> None:
    with pytest.raises(ModelError, match=r"does not say which of its outputs is entailment .*id2label"):
        Entails(saved(tmp_path, 0, labels)).warm()


def test_a_model_that_is_not_there_is_told_with_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"The NLI model .*gone.* could not be loaded: .* Give a folder"):
        judged(Entails(str(tmp_path / "gone")))


def test_a_model_that_is_named_is_a_further_check_and_is_loaded_at_once(tmp_path: Path) -> None:
    ours, theirs = further_checks(saved(tmp_path / "there", favoured=1))
    assert [type(ours).__name__, type(theirs).__name__] == ["BornOut", "Entails"]
    with pytest.raises(ModelError, match="gone"):
        further_checks(str(tmp_path / "gone"))


def test_what_there_was_no_time_for_nobody_has_confirmed(tmp_path: Path) -> None:
    outcome = judged(Entails(saved(tmp_path, favoured=1), seconds=-1))
    assert isinstance(outcome, Rejected)
    assert "had no time" in outcome.reason


def test_what_the_rules_strike_is_not_asked(tmp_path: Path) -> None:
    outcome = judged(Entails(str(tmp_path / "gone")), "Huawei is pivoting to Africa [1].")
    assert isinstance(outcome, Rejected)
    assert "Africa" in outcome.reason
