# Everything there is to do. `make` alone lists it.
PYTHON ?= python3
RUN = .venv/bin/live-stats

.DEFAULT_GOAL := help
.PHONY: help dev publish refresh serve explain platforms stats live bench test lint
.PHONY: messages format clean

help: ## list what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

dev: ## write with the site beside you: a save builds and reloads it (port=8000)
	@$(PYTHON) -E bootstrap.py requirements.txt
	@$(RUN) dev --port $(or $(port),8000)

publish: ## build what changed, ask the platforms, write output/ (offline=1, fresh=1)
	@$(PYTHON) -E bootstrap.py requirements.txt
	@$(RUN) publish $(if $(offline),--offline) $(if $(fresh),--fresh)

refresh: ## ask again, write only the pages whose numbers changed (all=1: ask everything)
	@$(PYTHON) -E bootstrap.py requirements.txt
	@$(RUN) refresh $(if $(all),--all) $(if $(offline),--offline)

serve: ## read output/ in the browser at http://127.0.0.1:8000/ (port=8000)
	@$(PYTHON) -E bootstrap.py requirements.txt
	@$(RUN) serve --port $(or $(port),8000)

explain: ## say why a file was written, or was not (file=output/index.html)
	@$(PYTHON) -E bootstrap.py requirements.txt
	@$(RUN) explain $(or $(file),output/index.html)

platforms: ## list what can be counted where, how sure it is, and what it needs (name=x)
	@$(PYTHON) -E bootstrap.py requirements.txt
	@$(RUN) platforms $(name)

stats: ## say how the last collections went, and what they spent of their budgets
	@$(PYTHON) -E bootstrap.py requirements.txt
	@$(RUN) stats

live: ## ask every platform that needs no key once, and compare the shape (name=x)
	@$(PYTHON) -E bootstrap.py requirements.txt
	@$(RUN) live $(name)

bench: ## time it beside Hugo, Eleventy and stock Pelican (full=1: 10,000 posts too)
	@$(PYTHON) -E bootstrap.py requirements.txt
	@.venv/bin/python -m benchmarks $(if $(full),--full)

test: ## set up what the tests need, browser included, and run them all
	@$(PYTHON) -E bootstrap.py requirements-test.txt browser
	@.venv/bin/python -m pytest -n auto --dist loadfile

lint: ## check style and the order of imports
	@$(PYTHON) -E bootstrap.py requirements-test.txt
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports --no-logo --cache-dir .build/import-linter

messages: ## bring the catalogues of all languages up to date, or begin one (lang=pt)
	@$(PYTHON) -E bootstrap.py requirements-test.txt
	@PYTHONPATH=tests .venv/bin/python -m support.catalogues $(lang)

format: ## lay out the code
	@$(PYTHON) -E bootstrap.py requirements-test.txt
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

clean: ## remove what publish made (the history and the state stay)
	rm -rf output .build
