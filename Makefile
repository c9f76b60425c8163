# Everything starts here: `make demo` and `make test` need python3 (3.11 or newer), make and the package index.
# `make help` lists the rest.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
RUN    := $(BIN)/python
SHELL  := /bin/sh

LOCALE := src/maatje/app/locale
HTMX   := src/maatje/web/static/vendor/htmx.min.js
AXE    := tests/web/vendor/axe.min.js

.PHONY: help demo test check bench lock messages shots tutorial clean install install-dev frontend

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | sort

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "maatje needs Python 3.11 or newer; say which with: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "Python's venv module is missing; on Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@touch $@

$(VENV)/run: $(VENV)/made requirements/run.txt requirements/build.txt pyproject.toml
	@echo "Installing (once)…"
	@$(RUN) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/build.txt
	@$(RUN) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(RUN) -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev: $(VENV)/run requirements/dev.txt
	@$(RUN) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

# Front-end files come inside wheels from the package index, pinned by hash (docs/decisions/0006).
$(HTMX) $(AXE): requirements/frontend.txt tools/frontend.py | $(VENV)/made
	@$(RUN) tools/frontend.py requirements/frontend.txt

$(LOCALE)/nl/LC_MESSAGES/maatje.mo: $(LOCALE)/nl/LC_MESSAGES/maatje.po | $(VENV)/run
	@$(BIN)/pybabel -q compile -d $(LOCALE) -D maatje

install: $(VENV)/run $(HTMX) $(LOCALE)/nl/LC_MESSAGES/maatje.mo ## make the virtual environment and what the program needs

install-dev: install $(VENV)/dev $(AXE) ## the same, with what the tests need

demo: install ## an invented adviser's twelve years, read like yours would be; then the week
	@$(BIN)/maatje demo

test: install-dev ## all tests; says what it skipped and why
	@$(RUN) -m pytest -rs $(ARGS)

check: install-dev ## lint, types, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache | tail -n 15

$(VENV)/bench: $(VENV)/dev requirements/bench.txt
	@$(RUN) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

bench: install-dev $(VENV)/bench ## every figure that the documents quote (about fifteen minutes)
	@$(RUN) benchmarks/all.py $(ARGS)

shots: install-dev ## pictures of the pages, for human eyes, in shots/
	@$(BIN)/maatje demo --folder shots/home --no-serve >/dev/null
	@$(RUN) tests/web/shots.py shots/home --now 2026-06-09T08:00:00Z --out shots

messages: install-dev ## collect new sentences into the Dutch catalogue, and list those without Dutch
	@$(RUN) tools/messages.py

tutorial: install-dev ## fill the tutorial's and the reference's blocks from the program itself
	@$(RUN) tools/tutorial.py
	@$(RUN) tools/reference.py

UV := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header
lock: $(VENV)/made ## pin every dependency again, by hash and without addresses
	@$(RUN) -m pip install -q uv==0.13.9
	@$(UV) pyproject.toml -o requirements/run.txt
	@$(UV) pyproject.toml --group build -o requirements/build.txt
	@$(UV) pyproject.toml --group build --group dev -o requirements/dev.txt
	@$(UV) pyproject.toml --group bench -o requirements/bench.txt
	@$(UV) --no-deps requirements/frontend.in -o requirements/frontend.txt

clean: ## forget the virtual environment and everything made
	@rm -rf $(VENV) build dist shots .mypy_cache .ruff_cache .pytest_cache .hypothesis src/maatje/web/static/vendor tests/web/vendor
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
