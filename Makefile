# Two commands do everything: `make demo` and `make test`. Each installs what it needs.

# Engines by the protocol version that their extension speaks: 2.0.0, 1.2.0, 1.0.0. The demo needs the first only.
ENGINES := duckdb-1.5.5 duckdb-1.5.4 haybarn-1.5.3
installed = $(1)/node_modules/.installed

.PHONY: demo test parity build bench soak clean

demo: build $(call installed,engines/duckdb-1.5.5)
	@bin/vgi-gen generate
	@node tools/build.mjs --no-types
	@node examples/demo.mjs

test: build $(foreach engine,$(ENGINES) haybarn-unittest-1.5.3,$(call installed,engines/$(engine))) $(call installed,bench/peers/vgi) $(call installed,bench/peers/vgi-rpc)
	@bin/vgi-gen check
	@npx vitest run

parity: build
	@node tools/parity.mjs

bench: build $(call installed,engines/duckdb-1.5.5) $(call installed,bench/peers/vgi-rpc) $(call installed,bench/peers/protobuf-es)
	@node bench/run.mjs

soak: build $(call installed,engines/duckdb-1.5.5)
	@node tools/soak.mjs

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

bench/peers/%/node_modules/.installed: bench/peers/%/package-lock.json
	@echo "installing $* to measure against (up to 240 MB, once) ..."
	@npm ci --prefix bench/peers/$* --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

clean:
	rm -rf dist node_modules engines/*/node_modules bench/peers/*/node_modules
