# `make demo` shows what it does, `make test` proves it, `make check` adds the slow checks.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

.PHONY: demo test check generate clean

demo: $(VENV)/.installed
	@$(BIN)/validate sample_templates/; code=$$?; \
	if [ $$code -ne 1 ]; then echo "demo: expected findings (exit 1), got exit $$code"; exit 1; fi; \
	echo; \
	echo "demo: these are the samples of every rule, the bad ones found and the good ones passed."; \
	echo "demo: exit 1 is what a pipeline would see. Now try: $(BIN)/validate YOUR_FOLDER"

test: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto

# pyright fetches its own runtime at the first call; the others check the files of other programs.
check: $(VENV)/node test
	$(BIN)/pip install -q -e '.[dev]'
	$(BIN)/pyright
	$(BIN)/python -m pytest tests/ci

# Mermaid's own parser, for the test that asks it; without npm that one is skipped. So are those
# that open a page in a browser, unless `chromium` (or `google-chrome`) is there.
$(VENV)/node: | $(VENV)/bin/python
	@if command -v npm >/dev/null; then \
	npm install --silent --no-save --prefix $@ mermaid@11 jsdom@26; else \
	echo "check: no npm, so Mermaid's own parser is not asked"; fi

# What is written by the rules themselves, and by python-hcl2's grammar.
generate: $(VENV)/.installed
	$(BIN)/python -m validator.pages
	$(BIN)/python -m validator.readers.terraform.hcl.compile

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache dist build

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q -e .
	@touch $@

$(VENV)/.installed-test: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q -e '.[test]'
	@touch $@ $(VENV)/.installed
