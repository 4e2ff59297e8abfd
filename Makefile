# `make run` needs Python 3.11 or newer and nothing else. Paths are relative, so that the clone may lie anywhere.
PYTHON := .venv/bin/python
ARGS ?=

.PHONY: run test contract-odoo check fmt bench lock clean setup-run setup-dev

run: setup-run  ## everything on this machine, in this terminal; make run ARGS="--offset 100"
	@exec $(PYTHON) -m chatwootai.entrypoints.cli up $(ARGS)

# Side by side what only talks to its own servers; alone what starts, measures and kills whole installations.
test: setup-dev  ## every test, the processes really started and killed; make test ARGS="-m unit"
ifeq ($(strip $(ARGS)),)
	$(PYTHON) -m pytest -n auto --maxprocesses 4 --dist loadfile -m "not e2e and not chaos"
	$(PYTHON) -m pytest -m "e2e or chaos"
else
	$(PYTHON) -m pytest $(ARGS)
endif

# The key travels in the environment: other users of the machine can read arguments.
contract-odoo: export CHATWOOTAI_TEST_ODOO_URL = $(ODOO_URL)
contract-odoo: export CHATWOOTAI_TEST_ODOO_DATABASE = $(ODOO_DB)
contract-odoo: export CHATWOOTAI_TEST_ODOO_LOGIN = $(ODOO_USER)
contract-odoo: export CHATWOOTAI_TEST_ODOO_API_KEY = $(ODOO_KEY)
contract-odoo: setup-dev  ## the adapter against a server, ODOO_URL=… ODOO_DB=… ODOO_USER=… ODOO_KEY=…; else the simulation
	$(PYTHON) -m pytest tests/contract -m contract -k "Odoo" -v $(ARGS)

check: setup-dev
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	@sh scripts/development/lock.sh --check

fmt: setup-dev
	$(PYTHON) -m ruff check --fix
	$(PYTHON) -m ruff format

bench: setup-dev
	$(PYTHON) -m bench $(ARGS)

lock: setup-run  ## after a change of the dependencies in pyproject.toml
	@sh scripts/development/lock.sh

clean:  ## the environment and the caches; never .data
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup-run:
	@sh scripts/development/setup.sh run

setup-dev:
	@sh scripts/development/setup.sh dev
