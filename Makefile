# Needs python3 (3.11 or newer) with venv, and make. Everything else is fetched into .venv and frontend/node_modules.
PYTHON ?= python3
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# Else each of the processes that serve starts would compile every module again: ten seconds of work, each time.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run dev test lint bench

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14
	@echo
	@echo "  Settings come from the environment: PORT, DATA_DIR, DEMO and more; see docs/running.md."

setup: ## install and build everything, start nothing
	@$(PYTHON) .ci/prepare.py dev

run: ## serve at http://localhost:PORT (PORT=8000, DATA_DIR=./.data, DEMO=1)
	@$(PYTHON) .ci/prepare.py run
	@exec python manage.py serve

dev: ## serve with reload, and the front end with hot reload
	@$(PYTHON) .ci/prepare.py dev
	@exec python manage.py serve --dev

test: ## every test: both databases, races, contract, browser, front end
	@$(PYTHON) .ci/prepare.py dev
	@PYTHONPATH=$(CURDIR) exec python .ci/test.py

lint: ## ruff, mypy, imports, migrations, catalogs, front end, generated client
	@$(PYTHON) .ci/prepare.py dev
	@exec python .ci/lint.py

bench: ## measure against the targets: the web (PostgreSQL), then the planner; results in bench-results/
	@$(PYTHON) .ci/prepare.py dev
	@exec python -m tests.benchmarks
