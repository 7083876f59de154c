# Each habit has one command. Everything is set up on first use: nothing needs to be installed by hand.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps --require-hashes
SAMPLE ?= samples/critical-minerals.txt

.PHONY: brief test test-ray lint bench setup weights lock clean

brief: weights
	$(BIN)/zhbrief brief $(SAMPLE)

test: $(VENV)/.test weights
	$(BIN)/python -m pytest
	@$(MAKE) --no-print-directory test-ray

# On a cluster of three nodes that the tests start on this machine.
test-ray: $(VENV)/.ray
	$(BIN)/python -m pytest -m ray

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.test weights
	$(BIN)/python benchmarks/run.py

setup: $(VENV)/.core

weights: $(VENV)/.core
	@$(BIN)/zhbrief models pull >/dev/null

$(VENV)/bin/python:
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "zhbrief: $(PYTHON) with its venv module is needed (Debian: apt-get install python3.11-venv); or say PYTHON=..."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.core: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) -r requirements.lock
	$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.test: requirements-test.lock requirements-torch.lock requirements-openvino.lock $(VENV)/.core
	$(PIP) -r requirements-test.lock
	$(PIP) -r requirements-torch.lock
	$(PIP) -r requirements-openvino.lock
	touch $@

$(VENV)/.ray: requirements-ray.lock $(VENV)/.test
	$(PIP) -r requirements-ray.lock
	touch $@

# The locks name no index; torch's is the CPU build, whose local version tag other indexes do not have.
COMPILE := $(BIN)/python -m piptools compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url \
  --no-emit-find-links --no-emit-trusted-host --no-header --no-annotate
lock: $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet pip-tools
	$(COMPILE) --build-deps-for editable -o requirements.lock pyproject.toml
	$(COMPILE) -o requirements-test.lock requirements-test.in
	$(COMPILE) -o requirements-torch.lock requirements-torch.in
	$(COMPILE) -o requirements-openvino.lock requirements-openvino.in
	$(COMPILE) -o requirements-ray.lock requirements-ray.in
	sed -i 's/^torch==\([0-9.]*\)+cpu/torch==\1/' requirements-torch.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
