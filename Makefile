# The two commands of the README. Both first make the environment .venv, if it is not there or pyproject.toml is newer.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: validate test coverage docs release lint

# ARTICLE=path also verifies every citation against a copy of the article.
validate: .venv/ready
	$(BIN)/wuxi-outsourcing validate . $(if $(ARTICLE),--source "$(ARTICLE)")
	$(BIN)/frictionless validate datapackage.json > .venv/frictionless.txt || { cat .venv/frictionless.txt; exit 1; }
	@echo "frictionless agrees"

# ARTICLE=path also runs the tests that need the article.
test: .venv/ready
	ARTICLE="$(abspath $(ARTICLE))" $(BIN)/python -m pytest

# The same with the branches counted, which takes twice as long; fails below 95 %.
coverage: .venv/ready
	ARTICLE="$(abspath $(ARTICLE))" $(BIN)/python -m pytest --cov

# Writes anew what is made from the package: tables in the READMEs, codebook, metadata.
docs: .venv/ready
	$(BIN)/python scripts/generate.py

# Builds what is released into dist/, from the last commit.
release: .venv/ready
	$(BIN)/python scripts/release.py

lint: .venv/ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/zizmor --offline --persona=auditor .github

.venv/ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "wuxi-outsourcing needs Python 3.11 or later; try: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@
