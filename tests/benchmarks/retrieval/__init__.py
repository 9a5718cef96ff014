"""One table of all that retrieval is judged on: pipelines by test sets, with intervals and paired differences.

`python -m tests.benchmarks.retrieval` makes what is missing and prints it; no test run collects this package. The sets
are in `sets.py`, the pipelines in `pipelines.py`, the measures are those of `rag.evaluate`.
"""
