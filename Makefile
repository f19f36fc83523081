# Tandem in two commands: `make run` and `make test`. `make` alone lists the others.
SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py

HOST ?= 127.0.0.1
PORT ?= 8000
DATA_DIR ?= $(CURDIR)/data
DEMO ?= 1
LOG_LEVEL ?= WARNING
export HOST PORT DATA_DIR

# Debian keeps a part of Python apart; asked for together with the rest, because apt-get takes its time.
VENV := $(shell [ -x .venv/bin/python ] || python3 -c 'import ensurepip' 2>/dev/null || echo python3-venv)
LOCK := --generate-hashes --no-emit-index-url --python-version 3.11
PANGO := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- to use it -----------------------------------------------------------------------------------

.PHONY: run
run: export DEMO := $(DEMO)
run: export LOG_LEVEL := $(LOG_LEVEL)
run: ready ## install what is missing, load calls and demo bids, serve (PORT, HOST, DATA_DIR)
	@exec $(MANAGE) serve --prepare --end-with-parent

.PHONY: ready
ready: libraries .venv-run staticfiles/staticfiles.json

.PHONY: .venv-run .venv-dev libraries
.venv-run:
	@tools/python requirements.txt

.venv-dev:
	@tools/python requirements-dev.txt

libraries:
	@tools/system "PDF dossiers" $(PANGO) $(VENV) || echo "Until then everything works but making dossiers."

staticfiles/staticfiles.json: requirements.txt $(shell find static -type f 2>/dev/null) | .venv-run
	@$(MANAGE) collectstatic --noinput --verbosity 0

# --- to change it --------------------------------------------------------------------------------

.PHONY: test
test: libraries .venv-dev ## install what is missing, run the whole suite
	@tools/system "browser, PDF and translation tests" chromium poppler-utils qpdf gettext || true
	@tools/system "opening workbooks and texts" libreoffice-calc-nogui libreoffice-writer-nogui || true
	@tools/system "tests on PostgreSQL and Redis" postgresql redis-server || true
	@$(PYTHON) -m tests.suite

.PHONY: fast
fast: .venv-dev ## the rulebook's tests: a second or two
	@$(PYTHON) -m pytest -q -m "not deep" tests/rulebook tests/golden

.PHONY: deep
deep: .venv-dev ## the full figures, kept in docs/measured.md: takes long
	@DEPTH=deep MEASURED=1 $(PYTHON) -m tests.suite

.PHONY: bench
bench: libraries .venv-dev ## how long things take, how much they ask and need, kept in docs/measured.md
	@MEASURED=1 $(PYTHON) -m tests.bench

.PHONY: mutants
mutants: .venv-dev ## change every line of the money's rules, count what no test notices, keep it in docs/mutation.md
	@$(PYTHON) tools/mutants.py

.PHONY: check
check: .venv-dev ## lint, format, types, floors, migrations, deployment settings
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --quiet --check .
	@.venv/bin/mypy --no-error-summary --no-incremental .
	@out=$$(.venv/bin/lint-imports --no-logo 2>&1) || { echo "$$out"; exit 1; }
	@DJANGO_SETTINGS_MODULE=config.settings.test $(MANAGE) makemigrations --check --dry-run
	@DJANGO_SETTINGS_MODULE=config.settings.test $(MANAGE) check --fail-level WARNING
	@set -a; . ./.env.example; SECRET_KEY=$$(sha512sum Makefile); DATA_DIR=$(DATA_DIR); DJANGO_SETTINGS_MODULE=config.settings.prod; \
		$(MANAGE) check --deploy --fail-level WARNING
	@echo "All checks pass."

.PHONY: shape
shape: .venv-dev ## sizes of files and functions beside our aim
	@$(PYTHON) tools/shape.py

.PHONY: docs
docs: .venv-dev ## write docs/workflow.md and docs/permits.md from the tables
	@DJANGO_SETTINGS_MODULE=config.settings.test $(MANAGE) draw_rules

.PHONY: screens
screens: libraries .venv-dev ## take a picture of every page for docs/screens
	@tools/system "pictures" chromium
	@$(PYTHON) -m tests.journeys.screens

.PHONY: messages
messages: .venv-dev ## collect the sentences for translators, compile what they wrote
	@tools/system "translations" gettext
	@$(MANAGE) makemessages --locale fr --locale nl --locale de --no-obsolete --add-location file \
		--ignore 'tests/*' --ignore 'staticfiles/*' --ignore '.venv/*'
	@$(MANAGE) compilemessages --verbosity 0 --ignore '.venv'

.PHONY: vendor
vendor: .venv-dev ## fetch anew what others made for static/vendor (needs Node)
	@$(PYTHON) -m config.vendor

.PHONY: lock
lock: .venv-dev ## pin pyproject.toml's intent in requirements*.txt, with hashes
	@$(PYTHON) -m pip install -qq uv
	@UV_CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/uv pip compile --quiet $(LOCK) pyproject.toml -o requirements.txt
	@UV_CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/uv pip compile --quiet $(LOCK) --extra dev pyproject.toml -o requirements-dev.txt
