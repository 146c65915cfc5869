# Each target first makes the environment .venv, if it is not there or pyproject.toml is newer.
PYTHON ?= python3
BIN := .venv/bin
LOWEST := $(shell sed -n 's/.*"pandas>=\([0-9.]*\)".*/\1/p' pyproject.toml)

.PHONY: validate test coverage corpus contributions lowest programs docs site site-test lint release address

# Stale sizes and hashes are not reported: they are refreshed after a merge.
# ARTICLE=path also verifies every citation against a copy of the article.
validate: .venv/ready
	$(BIN)/wuxi-outsourcing validate . --allow-stale $(if $(ARTICLE),--source "$(ARTICLE)")
	$(BIN)/frictionless validate datapackage.json --skip-errors byte-count,hash-count > .venv/frictionless.txt || { cat .venv/frictionless.txt; exit 1; }
	@echo "frictionless agrees"

# ARTICLE=path also runs the tests that need the article.
test: .venv/ready
	ARTICLE="$(abspath $(ARTICLE))" $(BIN)/python -m pytest

# The same with the branches counted, which takes twice as long; fails below 95 %.
coverage: .venv/ready
	ARTICLE="$(abspath $(ARTICLE))" $(BIN)/python -m pytest --cov

# Nightly and before a release: each planted defect and its printed fix; each EVERYth of thousands of broken packages,
# by default each fifth.
corpus: .venv/ready
	EVERY="$(EVERY)" $(BIN)/python -m pytest -m slow --ignore tests/contributions

# Nightly: a contribution of each kind, with all tests, on a clone.
contributions: .venv/ready
	ARTICLE= $(BIN)/python -m pytest -m slow -n 0 tests/contributions

# Nightly: the tests with the lowest pandas that is declared.
lowest:
	$(PYTHON) -m venv .venv/lowest
	.venv/lowest/bin/python -m pip install --quiet --editable '.[dev]' 'pandas==$(LOWEST)'
	.venv/lowest/bin/python -m pytest

# Nightly: what other programs make of the files. Of these, Debian has R (r-cran-readr, r-cran-rsqlite).
programs:
	$(PYTHON) -m venv .venv/programs
	.venv/programs/bin/python -m pip install --quiet --editable '.[dev]' datasets datasette
	.venv/programs/bin/python -c 'import duckdb; duckdb.install_extension("sqlite")'
	PATH="$(CURDIR)/.venv/programs/bin:$$PATH" .venv/programs/bin/python -m pytest tests/scripts/test_programs.py

# Makes what is made from the package: sections of the READMEs, codebook, charts, metadata, types.
docs: .venv/ready
	$(BIN)/python scripts/generate.py

# Once: REPOSITORY=owner/name writes the addresses of repository and site into datapackage.json, and makes the documents.
address: .venv/ready
	$(BIN)/python scripts/address.py -- "$$REPOSITORY"
	$(BIN)/wuxi-outsourcing format
	$(BIN)/python scripts/generate.py

# The site, into _site/: open _site/index.html.
site: .venv/ready
	$(BIN)/python scripts/build_site.py

# The site in a real browser: an installed Chromium or Chrome, or the one that CHROMIUM=path names. ARTICLES=5000 tries
# the verifier on as many articles. Two checkers come by npm; without it, the tests that need them are skipped.
site-test: .venv/ready
	-npm install --prefix .venv --no-save --silent --ignore-scripts axe-core@4.14.1 vnu-jar@26.9.27
	CHROMIUM="$(CHROMIUM)" ARTICLES="$(ARTICLES)" ARTICLE="$(abspath $(ARTICLE))" $(BIN)/python -m pytest -m site tests/website

lint: .venv/ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/zizmor --offline --persona=auditor .github

# Builds what is released into dist/, from the last commit.
release: .venv/ready
	$(BIN)/python scripts/build_release.py

.venv/ready: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "wuxi-outsourcing needs Python 3.11 or later; try: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@
