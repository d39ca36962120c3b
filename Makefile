# A thin door to the project's commands; `make` lists them.
# Bootstraps .venv/ with nothing but Python 3.11+: uv is used when it is there, else venv and pip.
#   make PYTHON=python3.13 …   another interpreter for a new .venv/
#   make UV= …                 pip even where uv is installed
#   make test ARGS="-k photo"  arguments for pytest, harness runs and the like

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo serve test test-all test-long chaos lint bench lock clean

UV := $(shell command -v uv 2>/dev/null)
IN := .venv/bin/python -m
JOBS := auto
ARGS :=

# The first interpreter on the path that is new enough. uv may also find, or fetch, one that is not.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$name -c '$(NEW_ENOUGH)' >/dev/null 2>&1 && { echo $$name; break; }; done)

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: .venv/ready ## the whole thing on this machine, without LINE; ONCE=1 ends after the story
	$(IN) flask demo $(if $(filter-out 0,$(ONCE)),--once) $(ARGS)

serve: .venv/ready ## web and workers in one process, on http://127.0.0.1:8000
	$(IN) flask serve $(ARGS)

test: .venv/ready-dev ## all tests but the long forms, with linters, types and house rules
	$(IN) pytest -n $(JOBS) -m "not long and not chaos" $(ARGS)

test-all: test test-long chaos ## `make test`, then the long forms, then the whole chaos

test-long: .venv/ready-dev ## the long forms alone: fuzz, browser, more kills, every talk on PostgreSQL
	$(IN) pytest -n $(JOBS) -m long $(ARGS)

chaos: .venv/ready-dev ## everything fails at once, on both databases; then what was lost or doubled is counted
	TESTS_ON_DISK=1 $(IN) pytest -s -m chaos $(ARGS) tests/chaos

lint: .venv/ready-dev ## ruff, mypy and the import contracts alone
	$(IN) ruff check
	$(IN) mypy
	.venv/bin/lint-imports

bench: .venv/ready-dev ## measure, on this machine: tests/benchmarks/bench_*.py
	TESTS_ON_DISK=1 $(IN) pytest -s -o python_files='bench_*.py' $(ARGS) tests/benchmarks

# setuptools builds the project itself, so it is locked with the rest and nothing is fetched unhashed.
BUILD_NEEDS = "$(PYTHON)" -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")'
COMPILE = "$(UV)" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(ARGS)

lock: ## write both locks anew (needs uv); ARGS=--upgrade takes the newest releases
	@command -v "$(UV)" >/dev/null || { echo "make lock needs uv" >&2; exit 1; }
	$(BUILD_NEEDS) | $(COMPILE) pyproject.toml - --output-file requirements.lock
	$(BUILD_NEEDS) | $(COMPILE) pyproject.toml - --extra dev --constraint requirements.lock --output-file requirements-dev.lock

clean: ## remove .venv/ and what tools left behind
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# ---- the virtual environment ---------------------------------------------------------------------------

ifeq ($(strip $(UV)),)
define install
	@.venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null || { \
		echo "The .venv/ here has no pip. Remove it (make clean) and try again." >&2; exit 1; }
	$(IN) pip install --quiet --disable-pip-version-check --require-hashes --no-deps --no-compile -r $(1)
	$(IN) pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
endef
else
define install
	"$(UV)" pip install --quiet --python .venv/bin/python --require-hashes -r $(1)
	"$(UV)" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
endef
endif

# What a stamp promises: .venv/ holds what its lock says, and the project itself. The dev lock holds the other.
.venv/ready: .venv/bin/python requirements.lock pyproject.toml
	$(call install,requirements.lock)
	@touch $@

.venv/ready-dev: .venv/bin/python requirements-dev.lock pyproject.toml
	$(call install,requirements-dev.lock)
	@touch .venv/ready $@

# Runs when there is none, or when the interpreter it was made with has gone away.
.venv/bin/python:
	@if [ -e .venv ] && [ ! -e .venv/pyvenv.cfg ]; then \
		echo ".venv is here but is no virtual environment; move it away and try again." >&2; exit 1; fi
ifeq ($(strip $(UV)),)
	@"$(or $(PYTHON),false)" -c '$(NEW_ENOUGH)' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed and none was found; name one with make PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -m venv --clear .venv || { rm -rf .venv; \
		echo "This Python cannot make a virtual environment with pip in it." >&2; \
		echo "Debian and Ubuntu: apt install python3-venv. Or install uv, and try again." >&2; exit 1; }
else
	"$(UV)" venv --quiet --clear --python "$(or $(PYTHON),>=3.11)" .venv
endif
