"""What a question costs: time, whole and by stage, and what a language model was sent and sent back."""

from __future__ import annotations

from rag.evaluate.metric import Metric, Parts
from rag.evaluate.record import Record

_QUANTILE = "Hyndman, Fan 1996, doi 10.1080/00031305.1996.10473566, type 7"
_WHOLE = {"total": "Time a question"}
_STAGES = {
    "understand": "Time to understand",
    "retrieve": "Time to retrieve",
    "answer": "Time to answer",
    "write": "Time to write",
    "verify": "Time to verify",
}
_USAGE = {"calls": "Calls", "input_tokens": "Input tokens", "output_tokens": "Output tokens"}
_QUANTILES = {"p50": 0.5, "p95": 0.95}


def _time_name(stage: str, quantile: str) -> str:
    return f"ms-{quantile}" if stage in _WHOLE else f"{stage}-ms-{quantile}"


def _time(stage: str, title: str, quantile: str) -> Metric:
    share = _QUANTILES[quantile]
    spent = "from question to answer" if stage in _WHOLE else f"spent in the stage “{stage}”"
    formula = f"the {share:.0%} quantile over questions of the milliseconds {spent}"
    name = _time_name(stage, quantile)
    return Metric(name, f"{title}, {quantile}", "cost", formula, _QUANTILE, "ms", "lower", quantile=share)


def _usage(key: str, title: str) -> Metric:
    what = f"{title.lower()} of the answering language model"
    formula = f"{what}; mean over the questions for which they are known"
    return Metric(key.replace("_", "-"), title, "cost", formula, "as the model's provider reports", "count", "lower")


COST = (
    *(_time(stage, title, each) for stage, title in (_WHOLE | _STAGES).items() for each in _QUANTILES),
    *(_usage(key, title) for key, title in _USAGE.items()),
)


def measure(record: Record) -> dict[str, Parts]:
    """The parts of every measure above that the record tells of."""
    timings = {
        _time_name(stage, quantile): (float(record.timings[stage]),)
        for stage in (_WHOLE | _STAGES)
        if stage in record.timings
        for quantile in _QUANTILES
    }
    usage = {key.replace("_", "-"): (float(record.usage[key]), 1.0) for key in _USAGE if key in record.usage}
    return {**timings, **usage}
