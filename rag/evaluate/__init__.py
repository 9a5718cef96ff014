"""Test question sets: how good the answers are, where they fail, and whether yesterday's change helped.

`evaluate` asks a set of an archive, `compare` sets two runs side by side, `read_questions` reads a set, and
METRICS.md beside this file defines every measure. Nothing here answers a question, and nothing is tuned here.
"""

from rag.evaluate.answerer import Answerer, Searcher
from rag.evaluate.cases import Case, Evidence, QuestionSet
from rag.evaluate.comparison import Comparison, compare
from rag.evaluate.estimate import Summary
from rag.evaluate.formats import read_questions
from rag.evaluate.judges import Judge, ModelJudge, load_judge
from rag.evaluate.record import Record
from rag.evaluate.run import Results, evaluate

__all__ = [
    "Answerer",
    "Case",
    "Comparison",
    "Evidence",
    "Judge",
    "ModelJudge",
    "QuestionSet",
    "Record",
    "Results",
    "Searcher",
    "Summary",
    "compare",
    "evaluate",
    "load_judge",
    "read_questions",
]
