# Two commands do everything: `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
#: Processes of pytest; one more than the machine has cores gains nothing.
JOBS ?= 2

.PHONY: help install run test tests check format ui coverage stress bench bench-env spark-env test-spark test-spark-dbt clean \
  check-format check-python check-types check-rooms check-contract check-yaml check-sql check-evaluator

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# pip compiles with one core; compileall with two, and grumbles about template files, which is no error.
$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || python3 -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-compile -c constraints.txt -e '.[dev,postgres]'
	$(BIN)/python -m compileall -qq -j 2 $(VENV)/lib/python3.11/site-packages || true
	touch $(STAMP)

install: $(STAMP) ## the virtual environment, versions pinned by constraints.txt

# Environments of their own, so that nobody installs them who does not use them. pandas gives way to
# the version that PySpark supports; everything else is pinned as in the normal environment.
SPARK_BIN := .venv-spark/bin
SPARK_STAMP := .venv-spark/.installed
$(SPARK_STAMP): pyproject.toml constraints.txt constraints-spark.txt
	test -x $(SPARK_BIN)/python || $(PYTHON) -m venv .venv-spark || python3 -m venv .venv-spark
	grep -v '^pandas' constraints.txt > .venv-spark/constraints.txt
	$(SPARK_BIN)/python -m pip install -q --disable-pip-version-check --no-compile \
	  -c .venv-spark/constraints.txt -c constraints-spark.txt -e '.[s3,spark,spark-test]'
	$(SPARK_BIN)/python -m compileall -qq -j 2 .venv-spark/lib/python3.11/site-packages || true
	touch $(SPARK_STAMP)

spark-env: $(SPARK_STAMP) ## environment of the distributed engine (.venv-spark; needs Java 17)

test-spark: $(SPARK_STAMP) ## reading on a Spark cluster of two workers, reports on S3-compatible storage
	$(SPARK_BIN)/python -m pytest -p no:cacheprovider tests/spark --ignore=tests/spark/test_dbt_spark.py

test-spark-dbt: $(SPARK_STAMP) ## the models on a Spark Thrift server, against DuckDB's tables
	$(SPARK_BIN)/python -m pytest -p no:cacheprovider tests/spark/test_dbt_spark.py

BENCH_STAMP := .venv-bench/.installed
$(BENCH_STAMP): pyproject.toml constraints.txt constraints-bench.txt
	test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench || python3 -m venv .venv-bench
	.venv-bench/bin/python -m pip install -q --disable-pip-version-check --no-compile \
	  -c constraints.txt -c constraints-bench.txt -e '.[peers]'
	.venv-bench/bin/python -m compileall -qq -j 2 .venv-bench/lib/python3.11/site-packages || true
	touch $(BENCH_STAMP)

bench-env: $(BENCH_STAMP) ## other readers to compare with (.venv-bench)

run: install ## read the samples in raw/, build, audit, publish, print the release
	$(BIN)/jixiao refresh

test: install check tests ## the checks and the tests

tests: install ## the tests alone, each file in one process (its builds are shared)
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile -m "not long"

tests-long: install ## what takes minutes: published PDFs, servers, damage; not part of `make test`
	$(BIN)/python -m pytest -m long

CHECKS := check-format check-python check-types check-rooms check-contract check-yaml check-sql check-evaluator
check: $(CHECKS) ## ruff, mypy, import rules, contract, yamllint, sqlfluff, dbt-project-evaluator where it can be had

check-format: install
	$(BIN)/ruff format --check .

check-python: install
	$(BIN)/ruff check .

check-types: install
	$(BIN)/mypy

check-rooms: install
	$(BIN)/lint-imports

check-contract: install
	$(BIN)/python -m orchestration.contract.generate --check

check-yaml: install
	$(BIN)/yamllint --strict .

# dbt reads the two variables to compile; linting opens no warehouse. The parser in Rust (sqlfluffrs) takes a
# quarter of the time.
check-sql: install
	mkdir -p dbt_project/target
	JIXIAO_RECORDS=records JIXIAO_BUILD=$(CURDIR)/dbt_project/target/lint.duckdb \
	  $(BIN)/sqlfluff lint --processes $(JOBS) dbt_project/models dbt_project/analyses

# Judges a copy of the dbt project; its packages come from the package hub. Without them nothing is judged.
check-evaluator: install
	$(BIN)/python -m tests.support.evaluator

format: install ## ruff format and fix
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

ui: install ## Dagster's UI
	$(BIN)/jixiao ui

coverage: install ## lines of orchestration/ that the tests run
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --cov=orchestration --cov-report=term:skip-covered

stress: install ## long: kill -9 again and again, damaged files to the readers
	$(BIN)/python benchmarks/stress_kill.py --kills 50
	$(BIN)/python benchmarks/fuzz_readers.py --seconds 600

#: small | medium | large
SIZE ?= small
bench: install ## every benchmark, small (SIZE=medium, large), into benchmarks/results.md
	$(BIN)/python -m benchmarks.run_all --size $(SIZE)

clean: ## what a run and the tools left behind; not warehouse/
	rm -rf dbt_project/target dbt_project/logs logs .pytest_cache .mypy_cache .ruff_cache .hypothesis
