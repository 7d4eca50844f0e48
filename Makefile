# Two commands do everything on a fresh machine with git, make and Python 3.11 or newer:
#   make demo    set up, check an example article, draw its map, say where it is
#   make test    set up, run every check and test, browser tests included

PYTHON ?= python3
VENV := .venv
BIN := $(abspath $(VENV))/bin
# Folders too: a file taken away is a change.
SOURCES := pyproject.toml $(shell find geo maps -not -name '*.pyc' -not -name __pycache__ -not -path 'geo/data/atlas*')
ROOT := $(CURDIR)

.PHONY: demo test test-more lint types units browser bench eval atlas clean

demo: $(VENV)/.installed
	@mkdir -p out && cd out && \
	$(BIN)/dateline check $(ROOT)/docs/examples/hafen.txt && \
	$(BIN)/dateline map $(ROOT)/docs/examples/hafen.txt -o hafen.html && \
	echo "The map: file://$(ROOT)/out/hafen.html"

test: lint types units

lint: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.tested
	$(BIN)/mypy

# From another folder and against the installed package: a geo/ in the current folder would shadow it.
units: $(VENV)/.tested browser
	mkdir -p $(VENV)/elsewhere && cd $(VENV)/elsewhere && $(BIN)/pytest -c $(ROOT)/pyproject.toml --rootdir $(ROOT) $(ROOT)/tests

# A thousand draws a language instead of a few.
test-more: $(VENV)/.tested
	mkdir -p $(VENV)/elsewhere && cd $(VENV)/elsewhere && DATELINE_DRAWS=1000 $(BIN)/pytest -c $(ROOT)/pyproject.toml --rootdir $(ROOT) $(ROOT)/tests/test_true_and_false.py

browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "installing chromium for the browser tests"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; \
	  else \
	    echo "The browser tests need Debian's chromium: sudo apt-get install chromium" >&2; exit 1; \
	  fi; }

bench: $(VENV)/.tested
	cd $(VENV) && $(BIN)/python $(ROOT)/benchmarks/start.py
	cd $(VENV) && $(BIN)/python $(ROOT)/benchmarks/reading.py
	cd $(VENV) && $(BIN)/python $(ROOT)/benchmarks/hostile.py

# Recognition and resolution on gold corpora, which are not part of the project: make eval CORPORA=DIR
eval: $(VENV)/.tested
	cd $(VENV) && $(BIN)/python $(ROOT)/benchmarks/quality.py $(abspath $(CORPORA))

# Compile the atlas inside the checkout, for an editable install and for work on geo/ itself.
atlas: $(VENV)/.tested
	$(BIN)/python -m pip install --quiet --editable .

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dateline needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.installed: $(SOURCES) | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check .
	@touch $@

$(VENV)/.tested: $(SOURCES) | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check '.[test]'
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) build dist out geo/data/atlas
