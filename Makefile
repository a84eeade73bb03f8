# Dueprocess: `make run` starts the whole product on this machine, `make test` runs all its tests.
# Everything is built from source; the embedded workflow server lives in a module of its own (deploy/local).

SHELL := /bin/bash
.DEFAULT_GOAL := build
.PHONY: build run deps test check fmt histories generate

build:
	@mkdir -p bin
	@if [ -d starter ]; then go build -o bin/starter ./starter; fi
	@if [ -d worker ]; then go build -o bin/worker ./worker; fi
	@cd deploy/local && go build -o ../../bin/local .

run: build
	bin/local run

# Installs what the tests need and this machine lacks, or says what it is and how to get it.
deps:
	@internal/deps.sh

test: deps build
	go test ./...
	cd deploy/local && go test ./...

check:
	@internal/check.sh

fmt:
	gofmt -w $$(git ls-files '*.go')

# Records a history for each path of a case; see internal/record for when that is right.
histories: build
	go run ./internal/record bin/local workflows/testdata/histories
