# Every command a person types here; CI calls the same ones (.ci/run). `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help report test check serve bench soak pictures fresh
SHELL := /bin/bash
BIN := .venv/bin
YEAR ?= 2025
SAMPLE_YEARS ?= 2024-2026
HOME_DIR := $(if $(NHANTAI_HOME),$(NHANTAI_HOME),home)
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | while IFS=$$'\t' read -r name text; do printf '  make %-9s %s\n' "$$name" "$$text"; done

report: .venv/.runtime ## the province's report from a sample season: fills ./home, runs the road, publishes
	@test -f "$(HOME_DIR)/sample.json" || $(BIN)/nhantai sample --years $(SAMPLE_YEARS)
	@$(BIN)/nhantai run --year $(YEAR) --publish --by "Người ký mẫu"

test: .venv/.development .venv/.system ## the whole test suite, with everything it needs
	@NHANTAI_PROCESSES=1 $(BIN)/python -m pytest -q -n 2 --dist loadfile

check: .venv/.development ## formatters, linters, types, import arrows, generated files fresh
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/mypy
	@$(BIN)/sqlfluff lint --disable-progress-bar -q dbt_project
	@$(BIN)/python -m expectations.render --check

serve: .venv/.runtime ## Dagster's web UI on 127.0.0.1:3000 over the same home
	@export NHANTAI_HOME="$(abspath $(HOME_DIR))" && export DAGSTER_HOME="$$($(BIN)/python -m orchestration.instance)" \
	  && export DAGSTER_DISABLE_TELEMETRY=1 DO_NOT_TRACK=1 && exec $(BIN)/dagster dev -m orchestration.definitions -h 127.0.0.1 -p 3000

bench: .venv/.runtime ## the ratios of performance.md § 8 on this machine; no test
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench.collection
	@$(BIN)/python -m bench.registers

soak: .venv/.development .venv/.system ## the long ones: fuzzing, kill -9, season seeds
	@$(BIN)/python -m pytest -m soak

pictures: .venv/.development .venv/.system ## docs/pictures from the current edition and the web UI
	@$(BIN)/python docs/pictures/take.py --home "$(HOME_DIR)"
	@$(BIN)/python docs/pictures/graph.py --home "$(HOME_DIR)"
	@$(BIN)/python docs/pictures/forms.py

fresh: .venv/.runtime ## write the generated files again (dbt properties, data dictionary, rule catalogue)
	@$(BIN)/python -m expectations.render

# ---- what the commands stand on ----
.venv/bin/python:
	@.ci/python-environment .venv

.venv/.runtime: requirements.lock pyproject.toml | .venv/bin/python
	@echo "installing what runs (hashed) …"
	@$(PIP) -r requirements.lock
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.development: requirements-dev.lock .venv/.runtime
	@echo "installing what tests and checks need (hashed) …"
	@$(PIP) -r requirements-dev.lock
	@touch $@

.venv/.system: .ci/system-packages | .venv/bin/python
	@.ci/system-packages
	@touch $@
