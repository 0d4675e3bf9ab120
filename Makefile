# Everything there is to do. `make` alone lists it.
PYTHON ?= python3
RUN = PYTHONPATH="plugins$${PYTHONPATH:+:$$PYTHONPATH}" .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help publish refresh serve platforms stats live test lint format clean

help: ## list what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

publish: ## build the site, ask the platforms, write output/ (offline=1: ask nobody)
	@$(PYTHON) -E bootstrap.py requirements.txt
	@$(RUN) -m live_stats publish $(if $(offline),--offline)

refresh: ## ask again, write only the pages whose numbers changed (all=1: ask everything)
	@$(PYTHON) -E bootstrap.py requirements.txt
	@$(RUN) -m live_stats refresh $(if $(all),--all) $(if $(offline),--offline)

serve: ## read output/ in the browser at http://127.0.0.1:8000/ (port=8000)
	@$(PYTHON) -E bootstrap.py requirements.txt
	@$(RUN) -m live_stats serve --port $(or $(port),8000)

platforms: ## list what can be counted where, how sure it is, and what it needs (name=x)
	@$(PYTHON) -E bootstrap.py requirements.txt
	@$(RUN) -m live_stats platforms $(name)

stats: ## say how the last collections went, and what they spent of their budgets
	@$(PYTHON) -E bootstrap.py requirements.txt
	@$(RUN) -m live_stats stats

live: ## ask every platform that needs no key once, and compare the shape (name=x)
	@$(PYTHON) -E bootstrap.py requirements.txt
	@$(RUN) -m live_stats live $(name)

test: ## set up what the tests need, browser included, and run them all
	@$(PYTHON) -E bootstrap.py requirements-test.txt browser
	@$(RUN) -m pytest

lint: ## check style and types of mistakes that tools can see
	@$(PYTHON) -E bootstrap.py requirements-test.txt
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .

format: ## lay out the code
	@$(PYTHON) -E bootstrap.py requirements-test.txt
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

clean: ## remove what publish made (the history and the state stay)
	rm -rf output .build
