# Two commands for a newcomer: `make run` and `make test`. Both make their own virtual environment.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= $(or $(REGIOWIJZER_HOST),127.0.0.1)
PORT ?= $(or $(REGIOWIJZER_PORT),8000)
CORPUS ?= $(or $(REGIOWIJZER_CORPUS),corpus)

.PHONY: run ingest test check format sbom lock upgrade clean

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

# Only what the locks name by version and SHA-256 is installed; --no-deps because they name everything.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps
LOCKED := $(PIP) --require-hashes
# PyPI's torch for Linux cannot start without CUDA's libraries; the CPU build needs none of those gigabytes.
WANTS_CUDA := import importlib.metadata as m, sys; \
  sys.exit(sys.platform != "linux" or not any("nvidia" in r or "cuda" in r for r in m.requires("torch") or ()))

# A new environment each time the pins change: an old package left behind would hide a missing pin.
$(VENV)/run.stamp: requirements.lock requirements-cpu.lock requirements-cuda.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Regiowijzer heeft Python 3.11 of nieuwer nodig; $(PYTHON) is ouder. Probeer: make run PYTHON=python3.12"; exit 2; }
	@echo "Regiowijzer wordt geïnstalleerd; dit duurt de eerste keer enkele minuten."
	$(PYTHON) -m venv --clear $(VENV)
	@$(LOCKED) -r requirements-cpu.lock 2> /dev/null || echo "Geen CPU-versie van torch gevonden; PyPI's versie wordt gebruikt."
	$(LOCKED) -r requirements.lock
	@if $(BIN)/python -c '$(WANTS_CUDA)'; then echo "CUDA voor torch"; $(LOCKED) -r requirements-cuda.lock; fi
	$(PIP) --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp requirements-test.lock
	$(LOCKED) -r requirements-test.lock
	@touch $@

# What is inside: every package, the encoder and the thesaurus, with versions, hashes and licences (CycloneDX).
sbom: $(VENV)/run.stamp
	@mkdir -p build && $(BIN)/regiowijzer sbom > build/sbom.cdx.json && echo build/sbom.cdx.json

# uv resolves the whole graph at once. `make lock` keeps the pins that still fit, `make upgrade` takes the newest.
# torch is held at one release because it is the heaviest pin; the hash is of its CPU build for Python 3.11 on x86-64
# Linux, which lies on another index than PyPI's builds, so that pip has to be asked for it by its own version.
TORCH := 2.13.0
TORCH_CPU := 6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b
UV := $(BIN)/python -m uv pip compile pyproject.toml --quiet --no-header --no-annotate --python-version 3.11 \
  --generate-hashes --extra build --constraint build/held.txt
# In a lock with hashes a package begins at the margin and its hashes are indented.
CUDA := /^[^ ]/ { cuda = /^(nvidia-|cuda-|triton)/ }
upgrade: UPGRADE := --upgrade
upgrade: lock
lock: $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet uv
	@mkdir -p build && echo 'torch==$(TORCH)' > build/held.txt
	@cat requirements.lock requirements-cuda.lock > build/run.txt
	@cat build/run.txt requirements-test.lock | grep -v '^-r' > build/test.txt
	$(UV) $(UPGRADE) -o build/run.txt
	$(UV) $(UPGRADE) --extra test --constraint build/run.txt -o build/test.txt
	@{ echo '# What Regiowijzer runs on, pinned. Made by: make lock'; \
	   awk '$(CUDA) !cuda' build/run.txt; } > requirements.lock
	@{ echo "# torch's CPU build, where an index or folder has it. Made by: make lock"; \
	   echo 'torch==$(TORCH)+cpu --hash=sha256:$(TORCH_CPU)'; } > requirements-cpu.lock
	@{ echo "# CUDA, which only PyPI's torch for Linux needs, pinned. Made by: make lock"; \
	   awk '$(CUDA) cuda' build/run.txt; } > requirements-cuda.lock
	@{ echo '# What the tests need on top of requirements.lock, pinned. Made by: make lock'; echo '-r requirements.lock'; \
	   awk 'NR == FNR { if (/^[^ ]/) seen[$$1] = 1; next } /^[^ ]/ { keep = !($$1 in seen) } keep' \
	     build/run.txt build/test.txt; } > requirements-test.lock

clean:
	rm -rf $(VENV) build .regiowijzer .mypy_cache .ruff_cache .pytest_cache .hypothesis
