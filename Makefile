# `make` alone lists the targets. Everything here runs on a fresh clone with python3 (3.11 or newer), make and a package
# index; .ci/run calls the same targets, so that what passes here passes there.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SITE_STAMP := $(VENV)/.installed-for-site

.PHONY: help demo test lint check mutants golden docs site bench format clean
.DEFAULT_GOAL := help

help:
	@echo "make demo     install into .venv and lint the example tables"
	@echo "make test     run the tests"
	@echo "make lint     formatting, lint, types, layers"
	@echo "make check    both: what CI runs"
	@echo "make mutants  hold the examples of the shipped packs to 90 % of the mutants of their rules"
	@echo "make golden   rewrite the expected outputs in tests/cases for review in the diff"
	@echo "make docs     rewrite the generated pages under docs/, enter new rules in rules/register.csv"
	@echo "make site     build the documentation as a site, into site/"
	@echo "make bench    measure speed against the targets in a few minutes; PARTS=\"engine scale\" for some of it, FULL=1 for the"
	@echo "              sizes that the targets name, which takes an hour"
	@echo "make format   format the code and repair what ruff can repair"

# Made again whenever the dependencies or the pinned tools change.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("perflint needs Python 3.11 or newer, this is " + sys.version.split()[0] + "; try: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@$(BIN)/python -m compileall -q perflint
	@touch $@

$(SITE_STAMP): $(STAMP)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[docs]'
	@touch $@

# The examples are real tables with real faults, so exit code 1 (findings) is the expected outcome of the demo.
demo: $(STAMP)
	@$(BIN)/perflint check examples; code=$$?; test $$code -le 1

test: $(STAMP)
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

mutants: $(STAMP)
	@$(BIN)/perflint test --isolated --mutate --fail-under 90 > .mutants.txt; code=$$?; grep '^cn-' .mutants.txt; \
	test $$code = 0 || echo "what no example notices: .mutants.txt"; exit $$code

golden: $(STAMP)
	@$(BIN)/python -m pytest tests/test_cases.py --golden; git --no-pager diff --stat -- tests/cases

docs: $(STAMP)
	@$(BIN)/python -m docs.generate && git --no-pager diff --stat -- docs rules/register.csv

# Strict: a link that leads nowhere, or a page that is in no menu, fails the build.
site: $(SITE_STAMP)
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict --config-file mkdocs.yml
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict --config-file mkdocs.en.yml

bench: $(STAMP)
	@$(BIN)/python -m bench $(if $(FULL),--full) $(PARTS)

format: $(STAMP)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) build dist site *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
