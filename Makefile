# `make run` and `make test` do all that is needed, on a bare machine too. The other habits are below.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.PHONY: run test setup setup-test check format glossary coverage fit accuracy killed opendb pictures lock clean help

run: setup ## open the desk, or work without one where there is no display
	@$(PYTHON) packaging/run.py

test: setup-test ## run every test: two at a time, then by themselves those that measure time
ifdef TESTS
	@$(BIN)/python -m pytest $(TESTS)
else
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder --durations 15 -m "not alone"
	@$(BIN)/python -m pytest -m alone
endif

setup: ## set up .venv with the program and its desk
	@$(PYTHON) packaging/set_up.py run

setup-test: ## the same, with the tools of the tests
	@$(PYTHON) packaging/set_up.py test

check: setup-test ## format, lint, layers, types and data, without the tests
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/mypy
	@$(BIN)/steelyard catalog lint

format: setup-test ## format the code and put right what can be put right without thought
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

glossary: setup-test ## write the glossary of quantities and rules anew
	@$(BIN)/python packaging/glossary.py

coverage: setup-test ## write the page on what the catalogue knows anew
	@$(BIN)/python packaging/coverage.py

fit: setup-test ## fit the models' constants on the measurements beside the checkout, and write them
	@$(BIN)/python tests/accuracy/fit.py $(FAMILIES)

accuracy: setup-test ## hold the engine against those measurements, and write the page on it
	@$(BIN)/python tests/accuracy/page.py

pictures: setup-test ## draw every view anew into out/pictures, and those of README and docs into resources/docs/pictures
	@mkdir -p out/pictures resources/docs/pictures
	@STEELYARD_PICTURES=out/pictures $(BIN)/python -m pytest --quiet tests/pictures
	@for theme in light dark; do cp out/pictures/desk-parts-$$theme.png resources/docs/pictures/desk-$$theme.png; done
	@cp out/pictures/catalogue-browse-light.png resources/docs/pictures/catalogue-light.png
	@cp out/pictures/desk-site-light.png resources/docs/pictures/desk-site.png
	@cp out/pictures/accuracy.png resources/docs/pictures/accuracy.png

killed: setup-test ## kill the program 200 times in the middle of each change that it makes: some twelve minutes
	@STEELYARD_KILLS=200 $(BIN)/python -m pytest --quiet -k kill tests/library tests/cli/test_prices.py

opendb: setup-test ## bring in all of ../shared/data/opendb, and say how long it took
	@STEELYARD_OPENDB=all $(BIN)/python -m pytest --quiet --capture=no tests/library/opendb/test_whole.py

lock: ## pin every wheel anew (needs uv)
	@sh packaging/lock.sh

clean: ## forget the environment and all that was made
	@rm -rf .venv .venv.lock out build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

help: ## say this
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14
