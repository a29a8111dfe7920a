# Two commands do everything: `make demo` and `make test`. Each installs what it needs.

ENGINE := duckdb-1.5.5

.PHONY: demo test build bench clean

demo: build engines/$(ENGINE)/node_modules/.installed
	@bin/vgi-gen generate
	@node tools/build.mjs --no-types
	@node examples/demo.mjs

test: build engines/$(ENGINE)/node_modules/.installed
	@bin/vgi-gen check
	@npx vitest run

bench: build engines/$(ENGINE)/node_modules/.installed
	@node bench/run.mjs

build: node_modules/.installed
	@node tools/build.mjs

node_modules/.installed: package-lock.json
	@echo "installing the packages of vgi-gen ..."
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

engines/%/node_modules/.installed: engines/%/package-lock.json
	@echo "installing $* and its VGI extension (about 170 MB, once) ..."
	@npm ci --prefix engines/$* --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

clean:
	rm -rf dist node_modules engines/*/node_modules
