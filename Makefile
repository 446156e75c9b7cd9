# The commands that people and CI use alike. Each is a short script in .ci/, to be read there.
#
# One build folder for every clone and for CI on this machine, so that dependencies are compiled once.
export CARGO_TARGET_DIR ?= $(if $(XDG_CACHE_HOME),$(XDG_CACHE_HOME),$(HOME)/.cache)/photovault/target

.PHONY: help setup setup-tests run check test e2e release bench fuzz chaos clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what building needs (run and test do it by themselves)
	@.ci/setup.sh

setup-tests: setup ## install what the tests need besides: PostgreSQL and Chromium
	@.ci/setup-tests.sh

run: ## build and serve http://127.0.0.1:3000 with the demo studio
	@.ci/run.sh

check: ## the fast inner loop: formatting, both halves type-checked, unit tests
	@.ci/check.sh

test: ## everything: lints, tests on SQLite and PostgreSQL, the browser build, Playwright
	@.ci/test.sh

e2e: ## only the browser tests, on what `make run` builds; ARGS="cart --project desktop" picks some
	@.ci/e2e.sh $(ARGS)

release: ## dist/photovault: one file with every page and asset inside
	@.ci/release.sh

bench: ## the benchmarks; ONLY="gallery start" picks some
	@.ci/bench.sh $(ONLY)

fuzz: ## odd questions to the API, made from its own description; CASES=2000 in each role
	@.ci/fuzz.sh

chaos: ## the tests of bad days at full length, with their figures; ONLY="crash disk" picks some
	@ONLY="$(ONLY)" .ci/chaos.sh

clean: ## remove what was built here; data/ and the shared build folder stay
	@rm -rf target dist end2end/test-results end2end/playwright-report
	@echo "The compiled dependencies stay in $(CARGO_TARGET_DIR)"
