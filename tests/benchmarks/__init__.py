"""On the Record beside the plain pipeline most people start from: time, memory, evidence found, answers.

`python -m tests.benchmarks` prints the tables; no test run collects this package. The plain pipeline is in
`plain.py`, the rule by which both are judged in `match.py`.
"""
