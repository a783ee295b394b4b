# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0

# Thin: every target is a few lines. `make demo` and `make test` work from an empty clone on a machine with Swift.

PREFIX ?= /usr/local
PACKAGES = libhdf5-dev libcbf-dev libxml2-dev libssl-dev libarchive-dev libcurl4-openssl-dev libsqlite3-dev \
           liblz4-dev libzstd-dev libdeflate-dev libaec-dev libxxhash-dev
EXAMPLES = corpora/examples
RELEASE = .build-release/release
IMPRIMATUR = .build/release/imprimatur

.PHONY: demo test test-shared test-machines test-workers mutants lint docs bench fuzz release install packages verdicts

# The Debian packages with the C libraries: installed by root, named to others.
packages:
	@missing=""; for p in $(PACKAGES); do \
	    dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	if [ -z "$$missing" ]; then exit 0; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
	else echo "These packages are missing; install them with:"; \
	    echo "  sudo apt-get install$$missing"; exit 1; fi

# Reports on the examples: good files and files with faults.
demo: packages
	swift build -c release --product imprimatur
	swift build -c release --product write-corpora
	.build/release/write-corpora $(EXAMPLES) $(EXAMPLES)
	@for f in $(EXAMPLES)/*.cif $(EXAMPLES)/*.nxs; do echo; echo "\$$ imprimatur check $$f"; \
	    $(IMPRIMATUR) check $$f; echo "exit $$?"; done
	@echo; echo "\$$ imprimatur inspect $(EXAMPLES)/i04-eiger.cif"; $(IMPRIMATUR) inspect $(EXAMPLES)/i04-eiger.cif

test: packages
	swift test

# The same tests, and those on real files that lie beside the checkout.
test-shared: packages
	IMPRIMATUR_SHARED="$${IMPRIMATUR_SHARED:-$(abspath ../shared)}" swift test

# Reports in roots that lack libraries or /proc, beside those of this machine; needs root, and says so.
test-machines: packages
	swift build --product imprimatur
	swift build --product write-corpora
	.build/debug/write-corpora $(EXAMPLES) $(EXAMPLES)
	Tests/Machines/run .build/debug/imprimatur rules $(EXAMPLES)/*.cif $(EXAMPLES)/*.nxs

# Ten thousand requests to two workers that are killed at random, and a reader that waits longer than any guard.
test-workers: packages
	REQUESTS=10000 swift test --filter WorkerPoolTests
	swift build --product imprimatur
	Tests/Machines/slow-reader .build/debug/imprimatur rules

# Digests of 5 000 files, 2 GB, killed ten times at random moments and resumed.
.PHONY: test-checksum
test-checksum: packages
	swift build -c release --product imprimatur
	Tests/Machines/killed-checksum $(IMPRIMATUR)

# Deposits, versions, embargoes, communities and ends by force on a running test server of InvenioRDM: IRDM_STATE names its
# folder (server.json, token-depositor, token-curator). Without one it says so and ends well.
.PHONY: test-deposit
test-deposit: packages
	swift build --product imprimatur
	Tests/Machines/deposit .build/debug/imprimatur rules

# Every mutant and every sound variant of the NXmx recipes, some fifteen thousand files; `make test` takes a sample.
mutants: packages
	IMPRIMATUR_MUTANTS=all swift test --filter MutantTests

lint:
	swift format lint --strict -r Sources Tests Package.swift

# Pages of rules, manual page, and the runs shown in README and guide.
docs: packages
	swift build --product imprimatur
	swift run write-docs

bench: release
	swift build -c release --product write-corpora
	.build/release/write-corpora $(EXAMPLES) $(EXAMPLES)
	Benchmarks/check/run $(RELEASE)/imprimatur
	Benchmarks/NeXus/cold $(RELEASE)/imprimatur
	Benchmarks/NeXus/warm $(RELEASE)/imprimatur
	Benchmarks/NeXus/run $(RELEASE)/imprimatur .build/release/write-corpora
	Benchmarks/Fixity/run $(RELEASE)/imprimatur

# Packages of simulated frames beside MD5 in memory and the disk; SCRATCH names a folder with room for three times MEGABYTES.
.PHONY: bench-package
MEGABYTES ?= 2000
bench-package: release
	IMPRIMATUR_RULES=$(abspath rules) Benchmarks/Packaging/run $(RELEASE)/imprimatur $(MEGABYTES)

# Packages held against sha256sum, unzip, zipfile and bsdtar; PEERS=ENVIRONMENT/bin with bagit, roc-validator and
# check-jsonschema; LARGE=1 tries a member of 5 GB.
.PHONY: test-package
test-package: packages
	swift build --product imprimatur
	PEERS=$(PEERS) Tests/Machines/packages .build/debug/imprimatur "$${IMPRIMATUR_SHARED:-$(abspath ../shared)}"

# Decoding of simulated frames beside fabio, CBFlib, h5py with hdf5plugin and H5Dread: PEERS=ENVIRONMENT/bin has them.
.PHONY: bench-frames
bench-frames: release
	IMPRIMATUR=.build-release/release/imprimatur PEERS=$(PEERS) Benchmarks/Frames/run

# What an older program and the present one say of the same files: OLD=PROGRAM, and if wanted FILES="PATH @LIST …",
# BYTES=1 (each report byte by byte), NEW=PROGRAM (no release is built), TIMES=0 (programs of unlike builds).
SHARED ?= $(abspath ../shared)
NEW ?=
FILES ?=
verdicts: $(if $(NEW),,release)
	@test -n "$(OLD)" || { echo "make verdicts OLD=PROGRAM [FILES=…] [BYTES=1]"; exit 2; }
	swift build --product compare-verdicts
	@$(if $(FILES),,swift build --product write-corpora && rm -rf .build/verdicts/corpora && \
	    .build/debug/write-corpora .build/verdicts/corpora corpora >/dev/null)
	.build/debug/compare-verdicts $(if $(BYTES),--bytes) $(if $(filter 0,$(TIMES)),--no-times) \
	    $(abspath $(OLD)) $(abspath $(or $(NEW),$(RELEASE)/imprimatur)) \
	    $(or $(FILES),corpora .build/verdicts/corpora $(wildcard $(SHARED)/corpus $(SHARED)/cases $(SHARED)/oracles/nexus))

# Corpus files with one character changed, 10 000 of them: no crash, no hang, a place for each syntax error. Then HDF5
# files with some bytes changed, for our own reader alone; the build for debugging sees what is read past the end.
SEED ?= 20261120
fuzz: packages
	swift build -c release --product fuzz-cif
	.build/release/fuzz-cif 10000 $(SEED) $$(find corpora -name '*.cif' -size -200k | LC_ALL=C sort) $(FILES)
	.build/release/fuzz-cif headers 10000 $(SEED) $$(find corpora -name '*.cbf' -size -200k | LC_ALL=C sort) $(FILES)
	swift build --product fuzz-hdf5
	swift build --product write-corpora
	for d in golden FILE-003 FILE-007 FILE-008 LINK-010; do \
	    .build/debug/write-corpora .build/fuzz/$$d corpora/$$d >/dev/null || exit 1; done
	.build/debug/fuzz-hdf5 20000 $(SEED) $$(find .build/fuzz -name '*.nxs' -size -200k | LC_ALL=C sort) $(HDF5_FILES)
	$(MAKE) fuzz-codecs
	$(MAKE) fuzz-archives

# Damaged streams of every codec under AddressSanitizer, decoded by all kernels, which have to agree.
.PHONY: fuzz-codecs
STREAMS ?= 100000
fuzz-codecs: packages
	IMPRIMATUR_TARGETS=fuzz-codecs swift build -c release --sanitize address --scratch-path .build-address \
	    --product fuzz-codecs
	SWIFT_BACKTRACE=enable=no .build-address/release/fuzz-codecs $(STREAMS) $(SEED) all

# Damaged ZIP, TAR and compressed TAR files under AddressSanitizer: directories, headers, members; and every prefix of each.
.PHONY: fuzz-archives
ARCHIVES ?= 100000
fuzz-archives: packages
	swift build --product write-corpora
	rm -rf .build/fuzz/hostile && .build/debug/write-corpora .build/fuzz corpora >/dev/null
	IMPRIMATUR_TARGETS=fuzz-archives swift build -c release --sanitize address --scratch-path .build-address \
	    --product fuzz-archives
	SWIFT_BACKTRACE=enable=no .build-address/release/fuzz-archives $(ARCHIVES) $(SEED) .build/fuzz/hostile/small*
	SWIFT_BACKTRACE=enable=no .build-address/release/fuzz-archives cuts .build/fuzz/hostile/small*

# Archives that Python makes, whole and with a fault each: the same frames as the plain files, and each fault told once.
# FRAMES names images to be packed beside those that are made.
# Every image of the real files decodes to the pixels of another reader; PEERS names a Python environment with fabio,
# tifffile, h5py and hdf5plugin.
.PHONY: test-frames
SHARED_FILES = $(if $(IMPRIMATUR_SHARED),$(IMPRIMATUR_SHARED),$(abspath ../shared))
test-frames: packages
	@[ -d "$(SHARED_FILES)/corpus" ] || { echo "make test-frames: skipped, no real files in '$(SHARED_FILES)'"; exit 0; }; \
	python=$(if $(PEERS),$(PEERS)/)python3; \
	"$$python" -c 'import fabio, tifffile, h5py, hdf5plugin' 2>/dev/null || { \
	    echo "make test-frames: skipped, PEERS=ENVIRONMENT/bin has no fabio, tifffile, h5py and hdf5plugin"; exit 0; }; \
	swift build -c release --product frame-digests && \
	"$$python" Benchmarks/FrameDigests/compare.py .build/release/frame-digests "$(SHARED_FILES)/corpus"

.PHONY: test-archives
FRAMES ?=
test-archives: packages
	@command -v python3 >/dev/null || { echo "make test-archives: skipped, python3 is not here"; exit 0; }; \
	swift build --product imprimatur && swift build --product fuzz-archives && \
	Tests/Machines/archives .build/debug/imprimatur .build/debug/fuzz-archives $(FRAMES)
	swift build --product imprimatur
	IMPRIMATUR_SHARED="$${IMPRIMATUR_SHARED:-$(abspath ../shared)}" Tests/archives/remote.sh .build/debug/imprimatur \
	    corpora/DATA-010/pass-cbf.cif

# Damaged HDF5 files with right checksums, from seeds of every form that h5py writes: what our reader calls sound is set
# beside what h5py reads of it, every object by its path and every value. H5PY=ENVIRONMENT/bin/python, with h5py 3.16.
.PHONY: fuzz-h5py
CASES ?= 10000
fuzz-h5py: packages
	@test -n "$(H5PY)" || { echo "make fuzz-h5py H5PY=PYTHON [CASES=10000] [SEED=20261120] [HDF5_FILES=…]"; exit 2; }
	swift build -c release --product fuzz-hdf5
	rm -rf .build/fuzz-h5py && mkdir -p .build/fuzz-h5py/damaged
	$(H5PY) Benchmarks/FuzzHDF5/seeds.py .build/fuzz-h5py/seeds $(HDF5_FILES)
	.build/release/fuzz-hdf5 tree .build/fuzz-h5py/seeds/* | $(H5PY) Benchmarks/FuzzHDF5/compare.py --all
	.build/release/fuzz-hdf5 write .build/fuzz-h5py/damaged $(CASES) $(SEED) .build/fuzz-h5py/seeds/*
	find .build/fuzz-h5py/damaged -name '*.h5' | xargs .build/release/fuzz-hdf5 tree | \
	    $(H5PY) Benchmarks/FuzzHDF5/compare.py

# One program that needs no library of ours: C libraries, the Swift runtime and the C++ library under it are linked into
# it. The linker takes the archive of the C++ library only where no shared one lies beside it.
release: packages
	@mkdir -p .build-release/archives
	@ln -sf "$$(gcc -print-file-name=libstdc++.a)" .build-release/archives/
	IMPRIMATUR_STATIC=1 IMPRIMATUR_TARGETS=imprimatur swift build -c release --static-swift-stdlib \
	    --scratch-path .build-release --product imprimatur -Xlinker -L$(CURDIR)/.build-release/archives

install: release
	install -D -m 755 $(RELEASE)/imprimatur $(DESTDIR)$(PREFIX)/bin/imprimatur
	mkdir -p $(DESTDIR)$(PREFIX)/share/imprimatur
	cp -R rules $(DESTDIR)$(PREFIX)/share/imprimatur/
	install -D -m 644 docs/imprimatur.1 $(DESTDIR)$(PREFIX)/share/man/man1/imprimatur.1
	mkdir -p $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	$(RELEASE)/imprimatur completions bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/imprimatur
