# Two commands for a newcomer: `make run` and `make test`. Both make their own virtual environment.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
CORPUS ?= corpus

.PHONY: run ingest test check format lock clean

# Status 3 says that some documents could not be read; the others are indexed and worth serving.
run: $(VENV)/run.stamp
	@$(BIN)/regiowijzer ingest $(CORPUS) || [ $$? -eq 3 ]
	@exec $(BIN)/regiowijzer serve --host $(HOST) --port $(PORT)

ingest: $(VENV)/run.stamp
	@$(BIN)/regiowijzer ingest $(CORPUS)

test: check
	$(BIN)/python -m pytest

check: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/test.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# A new environment each time the pins change: an old package left behind would hide a missing pin.
$(VENV)/run.stamp: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Regiowijzer heeft Python 3.11 of nieuwer nodig; $(PYTHON) is ouder. Probeer: make run PYTHON=python3.12"; exit 2; }
	@echo "Regiowijzer wordt geïnstalleerd; dit duurt de eerste keer enkele minuten."
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp requirements-test.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-test.lock
	@touch $@

# uv resolves the whole graph at once; torch is held at one release because it is the heaviest pin, and its local
# version ('+cpu') is dropped because other machines have another build of the same release.
UV := $(BIN)/python -m uv pip compile pyproject.toml --quiet --no-header --no-annotate --python-version 3.11
lock: $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet uv
	@mkdir -p build && echo 'torch==2.13.0' > build/held.txt
	$(UV) --upgrade --constraint build/held.txt -o build/run.txt
	$(UV) --extra test --constraint build/run.txt -o build/test.txt
	@{ echo '# What Regiowijzer runs on, pinned. Made by: make lock'; sed 's/+cpu$$//' build/run.txt; } > requirements.lock
	@{ echo '# What the tests need on top of requirements.lock, pinned. Made by: make lock'; \
	   echo '-r requirements.lock'; grep -vxFf build/run.txt build/test.txt; } > requirements-test.lock

clean:
	rm -rf $(VENV) build .regiowijzer .mypy_cache .ruff_cache .pytest_cache .hypothesis
