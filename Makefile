# Publishing official documents from content/ into build/. `make` alone says what there is.

SLUGS ?=
CLUSTER ?=
TLS ?=
FROM ?= HEAD
TO ?=
# Tests of a module stay in one process: what is expensive is made once for all of them.
PYTEST_ARGS ?= -n 2 --dist loadgroup --no-loadscope-reorder
FUZZ_ARGS ?=
EDITORS ?=
UV_VERSION := 0.13.9

PYTHON := .venv/bin/python
# Memory is kept for the next test: asking the system for it anew takes a twentieth of their time.
MALLOC := MALLOC_TRIM_THRESHOLD_=1000000000 MALLOC_MMAP_THRESHOLD_=1000000000
# What was skipped, and why, is told last.
PYTEST := $(MALLOC) $(PYTHON) -m pytest -rs $(PYTEST_ARGS)
# Locks for all platforms and Pythons; no address of any package index gets into them.
UV_COMPILE := $(PYTHON) -m uv --quiet pip compile pyproject.toml --group build --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate $(LOCK_ARGS)

# In the C locale Debian's Python cannot start from a checkout whose path is Chinese.
export LC_ALL := C.UTF-8
# Where no bytecode is kept, each process of the tests compiles the program and the tests anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help publish check serve diff test slow long quick lint fuzz bench archive atsize sitereport confusion takeback editors ofd faults goldens docs pictures setup setup-test fonts bundle container site lock clean

help:
	@echo "Usage: make TARGET [SLUGS=\"one-document another-document\"]"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

publish: setup ## Publish all documents, or those named in SLUGS, into build/; CLUSTER=tcp://… by a cluster.
	@.venv/bin/publisher publish $(if $(CLUSTER),--cluster "$(CLUSTER)") $(if $(TLS),--tls "$(TLS)") $(SLUGS)

check: setup ## Check all documents, or those named in SLUGS, without publishing them.
	@.venv/bin/publisher check $(SLUGS)

serve: setup ## Preview all documents, or those named in SLUGS, at 127.0.0.1 and rebuild at each change.
	@.venv/bin/publisher serve $(if $(PORT),--port $(PORT)) $(SLUGS)

diff: setup ## Compare FROM=v1 (HEAD) with TO=v2, or with content/ as it is, into build/diff/.
	@.venv/bin/publisher diff $(foreach slug,$(SLUGS),--slug $(slug)) "$(FROM)" $(if $(TO),"$(TO)")

test: lint ## Set up everything that the tests need, lint and run all tests but the slow ones.
	$(PYTEST) -m "not slow"

slow: setup-test ## Run the tests that need LibreOffice or Chromium, or see once more in another way what others see.
	$(PYTEST) -m slow

long: lint ## Run the tests with all the cases, of many of which make test tries some; an hour or more.
	EXAMPLES=20 $(PYTEST)

quick: lint ## Lint and run the tests that need neither LibreOffice nor Chromium nor much time.
	$(PYTEST) -m "not slow and not thorough"

lint: setup-test ## Check style, types and the order of imports.
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports --no-logo

fuzz: setup-test ## Give every reader hundreds of thousands of damaged inputs; FUZZ_ARGS="-j 1 html".
	$(PYTHON) tools/fuzz.py $(FUZZ_ARGS)

bench: setup-test ## Measure how long publishing and comparing take.
	$(PYTHON) tools/bench.py
	$(PYTHON) tools/bench_many.py $(BENCH_MANY_ARGS)

archive: setup-test ## Make an archive of a thousand made documents in build/.made/, to look at; ARCHIVE_ARGS="--count 10000".
	$(PYTHON) tools/make_archive.py build/.made $(ARCHIVE_ARGS)

atsize: setup-test ## Measure how long the page of a long table loads, filters and sorts; ATSIZE_ARGS="--rows 3000".
	$(PYTHON) tools/page_at_size.py $(ATSIZE_ARGS)

sitereport: setup-test ## Run axe, Nu and Lighthouse over each kind of page of that archive; SITE_ARGS="--node FOLDER" has both.
	$(PYTHON) tools/site_report.py build/.made/build/public $(SITE_ARGS)

takeback: setup-test ## Edit hundreds of files at random, as Word would and in LibreOffice, and take them back, an hour or more.
	$(PYTHON) tools/take_back.py --by-hand $(TAKE_BACK_ARGS)
	$(PYTHON) tools/take_back.py --pasted $(TAKE_BACK_ARGS)
	$(PYTHON) tools/take_back.py $(TAKE_BACK_ARGS)

confusion: setup-test ## Measure what is recognised in foreign files, into docs/importing-measured.md.
	$(PYTHON) tools/confusion.py

editors: setup-test ## Run the editors of CMSs and keep what they save of the fragment; fetches 340 MB.
	npm ci --prefix tests/editors --ignore-scripts --no-audit --no-fund --loglevel=error
	$(PYTHON) tools/editors.py $(EDITORS)

ofd: setup-test ## Try hundreds of documents as OFD and PDF/A; draw eleven by ofd.js beside the PDF, into build/ofd/.
	$(PYTHON) tools/ofd.py random
	$(PYTHON) tools/ofd.py pictures

faults: setup-test ## Let every file operation fail, and kill a thousand runs; takes long.
	$(PYTHON) tools/faults.py $(FAULTS_ARGS)

goldens: setup-test ## Rewrite the golden files of the tests from what the program produces now.
	$(PYTEST) --force-regen --regen-all

docs: setup-test ## Regenerate what is generated in docs/: pages, schemas and tables.
	$(PYTHON) tools/make_docs.py

pictures: setup-test ## Take the pictures of pages and terminal in docs/pictures/ anew.
	$(PYTHON) tools/make_pictures.py

setup: ## Install what publishing needs: system libraries, Python packages, fonts; CLUSTER=1 Dask too.
	@bash tools/setup.sh $(if $(CLUSTER),cluster,publish)

setup-test:
	@bash tools/setup.sh test

fonts: setup ## Fetch the free fonts into .fonts/ and link the office's own ones.

bundle: setup ## Write one archive of program, packages and fonts for machines without internet.
	$(PYTHON) tools/bundle.py

container: setup ## Build the container image, or run its steps in a bare Debian, and publish content/ with it.
	$(PYTHON) tools/container.py $(CONTAINER_ARGS)

site: ## Make a website of docs/ in dist/site/; a link that leads nowhere stops it.
	@bash tools/setup.sh site
	$(PYTHON) tools/site_of_docs.py

lock: setup ## Pin the newest allowed packages that fit the locks; LOCK_ARGS=--upgrade takes newer ones.
	$(PYTHON) -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(UV_COMPILE) --output-file requirements.lock
	$(UV_COMPILE) --group dev --constraint requirements.lock --output-file requirements-dev.lock
	$(UV_COMPILE) --group site --constraint requirements-dev.lock --output-file requirements-site.lock
	$(UV_COMPILE) --extra cluster --constraint requirements-dev.lock --output-file requirements-cluster.lock

clean: ## Remove what was built and all caches, but neither .venv/ nor .fonts/.
	find build -mindepth 1 ! -path build/.gitignore -delete
	rm -rf dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests tools -name __pycache__ -prune -exec rm -rf {} +
