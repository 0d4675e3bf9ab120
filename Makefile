# Everything there is to do. `make` alone lists it.
PYTHON ?= python3
SETUP = command -v $(firstword $(PYTHON)) >/dev/null || { echo "make: there is no $(PYTHON); install Python 3.11 or newer, or name the one you have: make $@ PYTHON=python3.12" >&2; exit 127; }; $(PYTHON) -I bootstrap.py
RUN = .venv/bin/live-stats

# What leads Python to other packages than those in .venv, or makes it run differently.
unexport PYTHONHOME PYTHONPATH PYTHONPLATLIBDIR PYTHONSAFEPATH PYTHONEXECUTABLE
unexport PYTHONINSPECT PYTHONOPTIMIZE PYTHONUSERBASE __PYVENV_LAUNCHER__

.DEFAULT_GOAL := help
.PHONY: help init new dev publish check refresh serve explain platforms stats live demo bench
.PHONY: accept reject
.PHONY: test faults lint
.PHONY: docs dev-setup test-with format messages lock wheel release clean

help: ## list what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

init: ## make the site your own (name="…" address=https://… lang=en author="…" contact=…)
	@$(SETUP) requirements.txt
	@$(RUN) init $(if $(name),--name="$$name") $(if $(address),--address="$$address") $(if $(lang),--lang="$$lang") $(if $(author),--author="$$author") $(if $(contact),--contact="$$contact")

new: ## begin a post as a draft (title="…" hashtags=MeToo lang=en)
	@$(SETUP) requirements.txt
	@$(RUN) new $(if $(title),--title="$$title") $(if $(hashtags),--hashtags="$$hashtags") $(if $(lang),--lang="$$lang")

dev: ## write with the site beside you: a save builds and reloads it (port=8000)
	@$(SETUP) requirements.txt
	@$(RUN) dev --port $(or $(port),8000)

publish: ## build what changed, fetch current counts, write output/ (offline=1, fresh=1, verbose=1)
	@$(SETUP) requirements.txt
	@$(RUN) publish $(if $(offline),--offline) $(if $(fresh),--fresh) $(if $(verbose),--verbose)

check: ## list all mistakes, and what is worth a look, without publishing (format=github)
	@$(SETUP) requirements.txt >&2
	@$(RUN) check $(if $(format),--format $(format)) $(if $(strict),--strict) $(if $(verbose),--verbose) || [ $$? -eq 4 ]

refresh: ## fetch what is due, write only the pages whose numbers changed (all=1: fetch all)
	@$(SETUP) requirements.txt
	@$(RUN) refresh $(if $(all),--all) $(if $(offline),--offline) $(if $(verbose),--verbose)

serve: ## read output/ in the browser at http://127.0.0.1:8000/ (port=8000)
	@$(SETUP) requirements.txt
	@$(RUN) serve --port $(or $(port),8000)

explain: ## say why a file was written, or was not (file=output/index.html)
	@$(SETUP) requirements.txt
	@$(RUN) explain $(or $(file),output/index.html)

demo: ## publish a copy of the site with invented readings, and serve it (port=8001)
	@$(SETUP) requirements.txt
	@cd tests && ../.venv/bin/python -m support.demo --port $(or $(port),8001)

platforms: ## list what can be counted where, how sure it is, and what it needs (name=x)
	@$(SETUP) requirements.txt
	@$(RUN) platforms $(name)

stats: ## say how the last collections went, and what they spent of their budgets
	@$(SETUP) requirements.txt
	@$(RUN) stats

live: ## ask the platforms themselves, check the replies (name=x, ref="stat:…")
	@$(SETUP) requirements.txt
	@$(RUN) live $(if $(ref),--ref="$$ref",$(name))

accept: ## let a reading pass that was held as implausible (ref="stat:…")
	@$(SETUP) requirements.txt
	@$(RUN) accept $(if $(ref),"$$ref")

reject: ## leave out a reading that was held as implausible (ref="stat:…")
	@$(SETUP) requirements.txt
	@$(RUN) reject $(if $(ref),"$$ref")

bench: ## time it beside Hugo, Eleventy and stock Pelican (full=1: 10,000 posts too; only=history: a long history)
	@$(SETUP) requirements.txt
	@.venv/bin/python -m benchmarks $(if $(full),--full) $(if $(only),--only $(only))

dev-setup: ## set up what contributing needs: tests, linter, types (but no browser)
	@$(SETUP) requirements-test.txt
	@echo "ready: make lint, make test, .venv/bin/pytest tests/live_stats/i18n"

test: ## set up what the tests need, browser included, and run them all
	@$(SETUP) requirements-test.txt browser
	@.venv/bin/python -m pytest -n auto --dist loadfile

faults: ## make every file operation of every command fail, and look what is left (step=9)
	@$(SETUP) requirements-test.txt
	@cd tests && ../.venv/bin/python -m faults --step $(or $(step),1)

test-with: ## run them with another Pelican, in an environment of its own (pelican=4.11)
	@$(SETUP) requirements-test.txt
	@.venv/bin/python scripts/test_with.py $(or $(pelican),4.11)

lint: ## check style, types, the order of imports, and spelling
	@$(SETUP) requirements-test.txt
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy --cache-dir .build/mypy
	@.venv/bin/lint-imports --no-logo --cache-dir .build/import-linter
	@.venv/bin/codespell

messages: ## bring the catalogues of all languages up to date, or begin one (lang=pt)
	@$(SETUP) requirements-test.txt
	@PYTHONPATH=tests .venv/bin/python -m support.catalogues $(lang)

format: ## lay out the code
	@$(SETUP) requirements-test.txt
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

docs: ## write the pages of docs/reference/ that come from the code
	@$(SETUP) requirements.txt
	@.venv/bin/python scripts/command_reference.py
	@.venv/bin/python scripts/settings_reference.py

lock: ## write the lock files anew, after a change of dependencies in pyproject.toml
	@$(SETUP) requirements-test.txt
	@.venv/bin/python scripts/lock.py

wheel: ## build one distribution for each plugin, into dist/
	@$(SETUP) requirements.txt
	@.venv/bin/python scripts/wheel.py

release: ## date the changelog, set the version, commit and tag (version=0.2.0)
	@$(SETUP) requirements.txt
	@.venv/bin/python scripts/release.py $(version)

clean: ## remove what publish made (the history and the state stay)
	rm -rf output .build
