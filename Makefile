# make run and make test do all the set-up; they need Python 3.11 or newer and nothing else.
#   make run PORT=9000           on another port
#   make run ADDRESS=10.0.0.5    where this machine has several addresses: show that one to others
#   make run PYTHON=python3.12   with another interpreter
# With a folder wheels/ (see make wheels) make run downloads nothing.

PYTHON ?= python3
PORT ?= 8501
ADDRESS ?=
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet
OFFLINE := $(if $(wildcard wheels/*.whl),--no-index --find-links wheels)
# A stamp is newer than the list of packages it stands for: nothing is installed twice.
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev

.PHONY: run test lint format bench wheels clean help
.DEFAULT_GOAL := help

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: $(INSTALLED) ## start the app for this machine and the office network
	@$(BIN)/python -m tools.lan_address --port $(PORT) --address "$(ADDRESS)"
	$(BIN)/streamlit run app.py --server.port $(PORT) \
		--browser.serverAddress $$($(BIN)/python -m tools.lan_address --address "$(ADDRESS)")

test: $(INSTALLED_DEV) ## run all tests: first the engine and the screens, then in a browser
	$(BIN)/python -m pytest --numprocesses auto --ignore tests/browser
	$(BIN)/python -m pytest --numprocesses 2 tests/browser

lint: $(INSTALLED_DEV) ## check style, format and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: $(INSTALLED_DEV) ## put the code into the common format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(INSTALLED_DEV) ## measure speed and write tests/bench/RESULTS.md
	$(BIN)/python -m tests.bench.run

wheels: $(VENV)/.created ## fetch all packages for an installation without internet
	$(BIN)/python -m pip --disable-pip-version-check download --dest wheels -r requirements.txt

clean: ## remove the environment and everything generated
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "Python 3.11 or newer is needed; choose it with: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(INSTALLED): requirements.txt $(VENV)/.created
	$(PIP) $(OFFLINE) -r requirements.txt
	@touch $@

$(INSTALLED_DEV): requirements-dev.txt $(INSTALLED)
	$(PIP) -r requirements-dev.txt
	@touch $@
