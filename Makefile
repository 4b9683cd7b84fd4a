# Thin on purpose: what each command does is in scripts/.

.DEFAULT_GOAL := help
.PHONY: help demo run test test-unit test-sanitizers soak lint bench fuzz release clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

demo: ## install what is missing, build, serve the sample hospital, ask it three questions, play the ABDM story
	@scripts/demo.sh

run: ## the same, but keep serving until Ctrl-C
	@scripts/demo.sh --serve

test: ## install what is missing, then lint, the sanitizer and optimised runs and every test
	@scripts/test.sh

test-unit: ## every test, the ones against a real PostgreSQL included
	@scripts/test.sh unit

test-sanitizers: ## the tests of threads and of memory, under the thread and address sanitizers
	@scripts/test.sh sanitizers

soak: ## kill the server a hundred times with each database, in the middle of conversations; about an hour
	@scripts/test.sh soak

lint: ## formatting and the rules of the house
	@scripts/lint.sh

bench: ## measure, beside the peers
	@scripts/bench.sh

fuzz: ## feed generated input to the code that reads strangers' bytes, a minute each
	@scripts/fuzz.sh

release: ## one stripped executable with the Swift runtime inside: dist/milaan
	@scripts/release.sh

clean: ## remove everything that was built
	rm -rf .build dist Fuzz/.build
