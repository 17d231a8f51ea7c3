# Two commands do everything: `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help install run test check format ui bench clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || python3 -m venv $(VENV)
	$(BIN)/python -m pip install -q -c constraints.txt -e '.[dev,postgres]'
	$(BIN)/python -m compileall -q -j 2 $(VENV)/lib/python3.11/site-packages || true
	touch $(STAMP)

install: $(STAMP) ## the virtual environment, versions pinned by constraints.txt

run: install ## read the samples in raw/, build, audit, publish, print the release
	$(BIN)/jixiao refresh

test: install check ## everything that must pass
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: install ## ruff, mypy, import rules, sqlfluff, yamllint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/yamllint --strict .
	JIXIAO_BUILD=$(CURDIR)/dbt_project/target/lint.duckdb $(BIN)/sqlfluff lint --processes 1 dbt_project

format: install ## ruff format and fix
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

ui: install ## Dagster's UI
	$(BIN)/jixiao ui
