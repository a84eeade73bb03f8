# Dueprocess: `make run` starts the whole product on this machine, `make test` runs all its tests.
# Everything is built from source; the embedded workflow server lives in a module of its own (deploy/local).

SHELL := /bin/bash
.DEFAULT_GOAL := build
.PHONY: build run deps test test-long bench screenshots check fmt histories generate licences look

build:
	@mkdir -p bin
	@go build -o bin/ ./starter ./worker
	@cd deploy/local && go build -o ../../bin/local .

run: build
	bin/local run

# Installs what the tests need and this machine lacks, or says what it is and how to get it.
deps:
	@internal/deps.sh

test: deps build
	go test ./...
	cd deploy/local && go test ./...

# What takes minutes: from end to end, with faults.
test-long: deps build
	FAULT_WALKS=$${FAULT_WALKS:-100} go test -tags long -timeout 50m ./test/...

# What the product costs on this machine; BENCH_JSON=FILE for programs.
bench: build
	@go run ./bench

# The pictures of docs/guides, made anew in the browser.
screenshots: deps build
	go test -tags screenshots -count=1 -run TestScreenshots ./test/browser

# The whole of it, or some: make check ONLY="lint imports".
check:
	@internal/check.sh $(ONLY)

# Code from SQL.
generate:
	@internal/tools.sh
	cd registry && ../.cache/bin/sqlc generate

licences:
	go run ./internal/licences > docs/licences.md.new && mv docs/licences.md.new docs/licences.md

# The style sheet of others, from what web/ui/vendored names; needs npm.
look:
	web/ui/vendored/build.sh

fmt:
	gofmt -w $$(git ls-files '*.go')

# Records a history for each path of a case; see internal/record for when that is right.
histories: build
	go run ./internal/record bin/local workflows/testdata/histories
