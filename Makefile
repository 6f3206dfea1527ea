# From saved listings to Parquet, CSV reports and charts. `make help` says what there is.
#
# Make decides what is stale. Since one process for all stale files of a stage is many times
# quicker than one for each, it does so in two steps: the rules of "What depends on what" are
# asked by a second Make (`make -n`, which builds nothing) and answer with the stale files, one
# word such as `report:coauthors` each; the recipe of `all` then runs each stage once with those.

ifneq ($(filter 3.% 4.0 4.0.% 4.1 4.1.% 4.2 4.2.%,$(MAKE_VERSION)),)
$(error author-listings needs GNU Make 4.3 or newer, this is $(MAKE_VERSION))
endif

RAW ?= data/raw
PROCESSED ?= data/processed
REPORTS ?= reports
AS_OF ?=
ENGINE ?= duckdb
MEMORY_LIMIT ?=
PYTHON ?= python3

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

export RAW PROCESSED REPORTS AS_OF Q MEMORY_LIMIT ENGINE SPARK_REMOTE SPARK_PROCESSED
export PYTHONUTF8 := 1
export MPLCONFIGDIR := $(CURDIR)/.venv/matplotlib

python := .venv/bin/python
space := $(subst ,, )
quote = '$(subst ','\'',$(1))'
escape = $(subst $(space),\$(space),$(1))

# Taken as they are: Make would read "$" in them as its own.
$(foreach name,RAW PROCESSED REPORTS AS_OF Q,$(eval override $(name) := $$(value $(name))))
processed := $(call escape,$(PROCESSED))
reports := $(call escape,$(REPORTS))
$(foreach name,RAW PROCESSED REPORTS,$(if $(strip $($(name))),,$(error $(name) must name a folder)))
$(foreach sign,: % ; * ? [ \ ~ |,$(if $(findstring $(sign),$(PROCESSED)$(REPORTS)),\
    $(error PROCESSED and REPORTS must not contain "$(sign)": Make gives it a meaning of its own)))

# --- What depends on what -------------------------------------------------------------------

depends := .venv/depends.mk
ifneq ($(filter all export,$(or $(MAKECMDGOALS),all))$(PLAN),)
include $(depends)
endif

ifndef PLAN
$(depends): .venv/main.stamp pipeline pipeline/charts \
    $(addprefix sql/,core checks reports exports provenance) \
    $(wildcard sql/*/*.sql pipeline/*.py pipeline/*/*.py pipeline/*/*/*.py)
	@$(python) -m pipeline.depends $@
endif

ifdef PLAN
name = $(lastword $(notdir $(basename $@)))
parsed := $(foreach name,$(parse.names) ,$(processed)/$(name).parquet)
models := $(foreach name,$(model.names) ,$(processed)/$(name).parquet)
csvs := $(foreach name,$(report.names) ,$(reports)/$(name).csv)
charts := $(foreach name,$(chart.names) ,$(reports)/$(name).png $(reports)/$(name).svg)
checked := $(processed)/checks.passed
warned := $(processed)/warnings.parse

.PHONY: plan
plan: $(reports)/index.html $(reports)/provenance.json $(reports)/warnings.txt
exports := $(foreach name,$(export.names) ,$(reports)/export/$(name))
plan: $(if $(filter export,$(PLAN)),$(exports))
$(parsed) $(warned): $(processed)/raw.manifest $(parse.code) requirements.txt ; parse:all
$(models): $(model.code) requirements.txt ; model:$(name)
$(processed)/network.parquet: $(network.code) requirements.txt \
    $(addprefix $(processed)/,$(addsuffix .parquet,authors author_names coauthor_pairs listings))
	network:all
$(processed)/paper_terms.parquet: $(terms.code) requirements.txt data/common_words.csv \
    $(processed)/entries.parquet $(processed)/papers.parquet
	terms:all
derived := $(foreach name,$(derived.names) ,$(processed)/$(name).parquet)
$(checked): $(parsed) $(models) $(derived) $(check.code) $(check.sql) requirements.txt ; check:all
$(csvs): $(report.code) requirements.txt | $(checked) ; report:$(name)
$(charts): $(chart.code) requirements.txt | $(checked) ; chart:$(name)
$(reports)/index.html: $(csvs) $(charts) $(page.code) \
    $(wildcard pipeline/pages/templates/*) requirements.txt | $(checked)
	page:all
$(exports): $(csvs) $(export.code) $(export.sql) requirements.txt \
    $(foreach name,$(export.tables) ,$(processed)/$(name).parquet) | $(checked)
	export:all
$(reports)/provenance.json: $(parsed) $(models) $(derived) $(csvs) $(charts) \
    $(reports)/index.html $(provenance.code) $(provenance.sql) pyproject.toml requirements.txt
	provenance:all
$(reports)/warnings.txt: $(warned) $(processed)/names.parquet data/author_aliases.csv $(warn.code)
	warn:all
endif

# --- The way of the data --------------------------------------------------------------------

folders := RAW=$(call quote,$(RAW)) PROCESSED=$(call quote,$(PROCESSED)) REPORTS=$(call quote,$(REPORTS))

# Found out once, when the recipe of `all` asks: by then what is included is up to date.
plan = $(eval $(value find_plan))$(plan)
define find_plan
noted := $(shell $(PYTHON) -S -m pipeline.manifest $(call quote,$(RAW)) $(call quote,$(PROCESSED)) $(call quote,$(REPORTS)) $(call quote,$(AS_OF)))
ifneq ($(.SHELLSTATUS),0)
$(error nothing was built, see above)
endif
plan := $(sort $(shell env -u MAKEFLAGS -u MAKELEVEL -u MAKE_RESTARTS $(folders) $(MAKE) --no-print-directory --silent -n PLAN=$(if $(filter export,$(MAKECMDGOALS)),export,yes) plan))
ifneq ($(.SHELLSTATUS),0)
$(error what is stale could not be found out, see above)
endif
endef

.PHONY: all
all: $(if $(filter spark,$(ENGINE)),.venv/cluster.stamp) ## Build tables, reports, charts and pages to read from RAW (the default)
	$(if $(plan),@$(python) -m pipeline --raw="$$RAW" --as-of="$$AS_OF" $(from) $(to) $(plan))

.PHONY: export
export: all ## Write the network, papers and reports for other tools, to REPORTS/export

# With "=", since a name or a query may start with a dash.
from := --processed="$$PROCESSED"
to := --reports="$$REPORTS"

.PHONY: query
query: .venv/main.stamp ## Answer Q="select …" (FORMAT=csv or json); without Q, list the tables
	@$(python) -m pipeline.query $(from) $(to) --query="$$Q" --format="$${FORMAT:-table}"

.PHONY: shell
shell: .venv/main.stamp ## Read queries, each ended by ";", until the end of input
	@$(python) -m pipeline.query $(from) $(to) --shell --format="$${FORMAT:-table}"

.PHONY: clean
clean: ## Remove the built tables, reports and charts
	@$(PYTHON) -m pipeline.clean $(from) $(to)

# --- For those who change the project -------------------------------------------------------

.PHONY: setup
setup: .venv/main.stamp $(EXTRAS:%=.venv/%.stamp) ## Install what `all` needs; EXTRAS=cluster also what ENGINE=spark needs

.PHONY: test
test: .venv/dev.stamp ## Run the tests that take seconds
	@$(python) -m pytest --numprocesses auto --dist worksteal $(TESTS)

.PHONY: test-slow
test-slow: .venv/dev.stamp ## Run the tests that take minutes
	@$(python) -m pytest -m slow $(TESTS)

.PHONY: test-cluster
test-cluster: .venv/dev.stamp .venv/spark/main.stamp ## Run the tests that need a Spark cluster, on one of this machine (Java 17)
	@$(python) -m pytest -m cluster $(TESTS)

.PHONY: torture
torture: .venv/dev.stamp ## Read CASES=20000 damaged pages of each kind, kill runs at a hundred moments, and lose nothing
	@$(python) -m pytest --numprocesses auto -m torture $(TESTS)

.PHONY: fuzz
fuzz: .venv/fuzz/main.stamp ## Read bytes that a fuzzer makes up, for SECONDS=60, and lose nothing
	@mkdir -p .venv/fuzz/pages
	@.venv/fuzz/bin/python tests/fuzz/fuzz_parser.py -max_total_time=$(or $(SECONDS),60) \
	    -dict=tests/fuzz/words.dict -max_len=4096 -rss_limit_mb=0 -artifact_prefix=.venv/fuzz/ \
	    .venv/fuzz/pages tests/listings

.PHONY: mutants
mutants: .venv/mutants.stamp ## Plant faults in the grammar and in the rules on names, and list those that no test finds
	@$(python) tests/mutants/python.py $(MUTANTS)

.PHONY: mutants-sql
mutants-sql: .venv/dev.stamp ## Plant faults in the SQL, one at a time: a case must tell each (FILES="core/papers …")
	@PYTHONPATH=.:tests $(python) tests/mutants/sql.py $(FILES)

.PHONY: bench
bench: .venv/dev.stamp ## Measure time and memory, and write docs/benchmarks.md (MEGABYTES="50 250 1000")
	@PYTHONPATH=. $(python) tests/bench/bench.py --megabytes $(or $(MEGABYTES),50 250 1000)

.PHONY: check
check: .venv/dev.stamp ## Look for faults without running: ruff, mypy and the lint of the SQL
	@$(python) -m ruff check .
	@$(python) -m ruff format --check .
	@$(python) -m mypy
	@$(python) -m pipeline.lint

.PHONY: docs
docs: ## Refresh the README's data dictionary and pictures (after make all on the shipped page)
	@$(PYTHON) -m pipeline.docs $(to)

.PHONY: lock
lock: ## Pin the newest versions of all packages (needs uv)
	@uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --custom-compile-command 'make lock' pyproject.toml --output-file requirements.txt
	@uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --custom-compile-command 'make lock' --extra cluster --constraints requirements.txt \
	    pyproject.toml --output-file requirements-cluster.txt
	@uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --custom-compile-command 'make lock' --extra cluster --group dev \
	    --constraints requirements-cluster.txt pyproject.toml --output-file requirements-dev.txt
	@uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --custom-compile-command 'make lock' --constraints requirements-cluster.txt \
	    --group spark --output-file requirements-spark.txt
	@uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --custom-compile-command 'make lock' --constraints requirements.txt \
	    --group fuzz --output-file requirements-fuzz.txt
	@uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --custom-compile-command 'make lock' --constraints requirements-dev.txt \
	    --group mutants --output-file requirements-mutants.txt

.PHONY: help
help: ## Say what can be made
	@echo 'usage: make [TARGET] [RAW=data/raw] [PROCESSED=data/processed] [REPORTS=reports] [AS_OF=YYYY-MM-DD]'
	@echo '  and, of many pages: [MEMORY_LIMIT=2GB] [ENGINE=spark SPARK_REMOTE=sc://host:port]'
	@sed -n 's/^\([a-z-]*\):.*## /  \1|/p' Makefile | while IFS='|' read -r target meaning; do \
	    printf '%-14s %s\n' "$$target" "$$meaning"; done

# An environment whose Python is gone (upgraded, moved) is made anew.
.venv/main.stamp: requirements.txt $(if $(wildcard .venv/bin/python),,always)
	$(install)

.venv/cluster.stamp: requirements-cluster.txt .venv/main.stamp
	$(install)

.venv/dev.stamp: requirements-dev.txt .venv/main.stamp
	$(install)

.venv/spark/main.stamp: requirements-spark.txt .venv/main.stamp
	$(install)

.venv/fuzz/main.stamp: requirements-fuzz.txt .venv/main.stamp
	$(install)

.venv/mutants.stamp: requirements-mutants.txt .venv/dev.stamp
	$(install)

.PHONY: always
always:

define install
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
    echo "error: author-listings needs Python 3.11 or newer; $(PYTHON) is" \
        "$$($(PYTHON) --version 2>&1 || echo 'not there'); name another one: make PYTHON=…" >&2; exit 1; }
@$(PYTHON) -m pipeline.environment $(@D) $< $@
endef
