# What one does with careplan. Each target makes .venv first; while the locks are unchanged that needs no network.
.PHONY: demo demo-reset test proof bench lint types venv
SUITES := $(wildcard tests/unit tests/integration tests/contracts tests/walks tests/browser)
BIN := .venv/bin

# The supervisor takes the place of make's shell, so that Ctrl-C and SIGTERM reach it.
demo:
	@.ci/venv demo
	@CAREPLAN_ENV=demo exec $(BIN)/careplan demo

demo-reset:
	@.ci/venv demo
	@CAREPLAN_ENV=demo exec $(BIN)/careplan demo reset

test: lint types
	@.ci/chromium
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder -m "not proof" $(SUITES)

proof: venv
	@.ci/chromium
	@$(BIN)/python -m pytest -q -n 0 -m proof tests

bench: venv
	@exec $(BIN)/python -m benchmarks

lint: venv
	@$(BIN)/ruff check --quiet .
	@$(BIN)/djlint --quiet --lint templates
	@PYTHONPATH=. $(BIN)/lint-imports

types: venv
	@$(BIN)/mypy

venv:
	@.ci/venv dev
