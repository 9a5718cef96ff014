"""How well we tell what a text bears out: `python -m tests.benchmarks.support`, some minutes on one core.

On SummEdits, by weights fitted to all other texts: balanced accuracy, area under the curve, and for each threshold
what is kept and struck. The rules alone, and calling everything the same, stand beside it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from sklearn.metrics import balanced_accuracy_score, roc_auc_score

from ingest.embed import question_embedder
from tests.benchmarks.fit_support import Numbers, held_out, threshold
from tests.benchmarks.summedits import DOMAINS, Judged, found, judged, read

Flags = npt.NDArray[np.bool_]
_SHARES = (0.99, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05)


def main() -> None:
    """Prints the tables."""
    seen = judged(read(found()), question_embedder())
    likely = held_out(seen)
    rules = np.array(seen.pass_rules)
    unsigned = held_out(seen, signed=False)
    shipped = threshold(seen, likely)
    for domain in DOMAINS:
        own = np.array([edit.domain == domain and edit.whole for edit in seen.edits])
        holds = np.array([edit.holds for edit in seen.edits])[own]
        print(f"\n{domain}: {len(holds)} summaries, {holds.sum()} hold")
        for line in compared(holds, rules[own], likely[own], unsigned[own], shipped):
            print(line)
    for line in (*curve(seen, likely, rules), *withheld(seen, likely, rules, shipped)):
        print(line)


def compared(holds: Flags, rules: Flags, likely: Numbers, unsigned: Numbers, shipped: float) -> list[str]:
    """One line for each way of telling."""
    ways = {
        "all the same": np.ones_like(holds),
        "rules alone": rules,
        "model, at one half": likely >= 0.5,
        "rules and model, as shipped": rules & (likely >= shipped),
        "(model with free signs)": unsigned >= 0.5,
    }
    areas = {"model, at one half": likely, "(model with free signs)": unsigned}
    return [_line(name, holds, shown, areas.get(name)) for name, shown in ways.items()]


def _line(name: str, holds: Flags, shown: Flags, likely: Numbers | None) -> str:
    accuracy = balanced_accuracy_score(holds, shown)
    area = "" if likely is None else f"  AUROC {roc_auc_score(holds, likely):.3f}"
    return f"  {name:28} balanced accuracy {accuracy:.3f}  {_shares(holds, shown)}{area}"


def _shares(holds: Flags, shown: Flags) -> str:
    precise = f"{holds[shown].mean():.2f}" if shown.any() else "  – "
    kept, struck = shown[holds].mean(), (~shown[~holds]).mean()
    return f"holding kept {kept:4.0%}  edited struck {struck:4.0%}  of those kept hold {precise}"


def curve(seen: Judged, likely: Numbers, rules: Flags) -> list[str]:
    """Both domains together, with the rules as a veto, at thresholds that keep given shares of what holds."""
    whole = np.array([edit.whole for edit in seen.edits])
    holds = np.array([edit.holds for edit in seen.edits])[whole]
    lines = [f"\nrules and model, {len(holds)} summaries of which {holds.mean():.0%} hold"]
    for share in _SHARES:
        at = float(np.quantile(likely[whole][holds & rules[whole]], 1 - share))
        lines.append(f"  threshold {at:.3f}  {_shares(holds, rules[whole] & (likely[whole] >= at))}")
    return lines


def withheld(seen: Judged, likely: Numbers, rules: Flags, shipped: float) -> list[str]:
    """What becomes of summaries that hold when the sentences they rest on are taken out of the text."""
    whole = np.array([edit.whole for edit in seen.edits])
    holds = np.array([edit.holds for edit in seen.edits])
    area = roc_auc_score(holds[holds | ~whole], likely[holds | ~whole])
    by_rules, by_model = ~rules[~whole], likely[~whole] < shipped
    told = f"struck by the rules {by_rules.mean():.0%}, by the model {by_model.mean():.0%}"
    both = f"by either {(by_rules | by_model).mean():.0%}"
    return [f"\nwith their evidence withheld, {len(by_rules)} summaries: {told}, {both}; model's AUROC {area:.3f}"]


if __name__ == "__main__":
    main()
