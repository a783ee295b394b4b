# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0

# Thin: every target is a few lines. `make demo` and `make test` work from an empty clone on a machine with Swift.

PREFIX ?= /usr/local
PACKAGES = libhdf5-dev libcbf-dev libxml2-dev libssl-dev libarchive-dev libcurl4-openssl-dev libmicrohttpd-dev libsqlite3-dev \
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
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	        --no-upgrade $$missing >/dev/null; \
	else echo "These packages are missing; install them with:"; \
	    echo "  sudo apt-get install$$missing"; exit 1; fi

# Swift, or where to find it; nothing is installed that is there already.
.PHONY: swift-there
swift-there:
	@command -v swift >/dev/null || { echo "Swift 6 is missing: see https://www.swift.org/install, then run make again"; exit 1; }

# Reports on the examples: good files and files with faults. What the compiler says is shown only when it fails.
demo: swift-there packages
	@mkdir -p .build; echo "building, some minutes the first time ..."; \
	for p in imprimatur write-corpora; do \
	    swift build -c release --product $$p >.build/demo.log 2>&1 || { cat .build/demo.log; exit 1; }; done
	@.build/release/write-corpora $(EXAMPLES) $(EXAMPLES) >/dev/null
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

# Every form of report against its schemas and readers, and the Python module against the program: SCHEMAS=FOLDER with those
# of SARIF and JUnit, PEERS=ENVIRONMENT/bin with jsonschema, sarif-tools, junitparser and prometheus-client. Real files that lie
# beside the checkout are read as well.
.PHONY: test-formats
SCHEMAS ?=
test-formats: packages
	swift build --product imprimatur
	swift build --product write-corpora
	rm -rf .build/cases && .build/debug/write-corpora .build/cases corpora >/dev/null
	python3 packaging/python/make_types.py --check
	python3 Tests/Machines/python-module .build/debug/imprimatur corpora .build/cases $(wildcard $(SHARED_FILES)/corpus/real)
	@if [ -z "$(SCHEMAS)" ]; then echo "make test-formats: forms are skipped, SCHEMAS names no folder"; else \
	    $(if $(PEERS),$(PEERS)/)python3 Tests/Machines/formats .build/debug/imprimatur $(SCHEMAS) corpora .build/cases \
	        $(wildcard $(SHARED_FILES)/corpus/real); fi

# The action, the component and the hook as their services run them, and every schema with what it is for: PEERS=ENVIRONMENT/bin
# with check-jsonschema, json5 and pre-commit.
.PHONY: test-ci-kit test-install
test-ci-kit: packages
	@$(if $(PEERS),$(PEERS)/)python3 -c 'import json5, check_jsonschema, pre_commit' 2>/dev/null || { \
	    echo "make test-ci-kit: skipped, PEERS=ENVIRONMENT/bin has no check-jsonschema, json5 and pre-commit"; exit 0; }; \
	swift build --product imprimatur && swift build --product write-corpora && \
	.build/debug/write-corpora .build/cases corpora >/dev/null && $(if $(PEERS),$(PEERS)/)python3 Tests/Machines/ci-kit \
	    .build/debug/imprimatur .build/cases/golden/nxmx.nxs .build/cases/BEAM-001/fail-nexus-absent.nxs

# What dist, deb and wheel made, in a fresh root of Debian 12; by root, with debootstrap.
test-install: dist deb wheel
	swift build --product write-corpora
	.build/debug/write-corpora .build/cases/golden corpora/golden >/dev/null
	rm -rf .build/root && python3 Tests/Machines/installed $(DIST) .build/root .build/cases/golden/nxmx.nxs

# Pages of check -o report.html in Chromium: console, network, overflow, WCAG, use; PEERS=ENVIRONMENT/bin with playwright and
# axe-playwright-python. FILES="PATH …" are shown as well, SHOTS names a folder for pictures.
.PHONY: test-pages
test-pages: packages
	swift build --product imprimatur
	swift build --product write-corpora
	rm -rf .build/pages && for d in golden examples; do \
	    .build/debug/write-corpora .build/pages/$$d corpora/$$d >/dev/null || exit 1; done
	$(if $(PEERS),$(PEERS)/)python3 Tests/Machines/pages .build/debug/imprimatur corpora .build/pages $(FILES)

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

# Writing of frames beside cbf2nexus, bitshuffle and a plain loop in C: CBF="FILE…" is a scan with full headers.
.PHONY: bench-convert
bench-convert: packages
	PEERS=$(PEERS) Benchmarks/Convert/run $(CBF)

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

# Conversions of truncated and mutated images: how each run ends and what it wrote. MUTANTS says how many.
.PHONY: fuzz-convert
MUTANTS ?= 10000
fuzz-convert: packages
	@"$(or $(PYTHON),python3)" -c 'import h5py, hdf5plugin, numpy' 2>/dev/null || { \
	    echo "make fuzz-convert: skipped, PYTHON=ENVIRONMENT/bin/python has no h5py, hdf5plugin and numpy"; exit 0; }; \
	swift build -c release --product imprimatur && \
	"$(or $(PYTHON),python3)" Tests/Machines/mutated-conversions $(IMPRIMATUR) rules $(MUTANTS)

# Conversions of the shared inputs, held against the oracle of conversion: PYTHON=ENVIRONMENT/bin/python has what its
# requirements.txt names. KILLS says how often a conversion is killed; SETS names some of the groups.
.PHONY: test-convert
KILLS ?= 50
SETS ?=
test-convert: packages
	@[ -d "$(SHARED_FILES)/oracles/convert" ] || { \
	    echo "make test-convert: skipped, no oracle in '$(SHARED_FILES)'"; exit 0; }; \
	"$(or $(PYTHON),python3)" -c 'import h5py, hdf5plugin, gemmi' 2>/dev/null || { \
	    echo "make test-convert: skipped, PYTHON=ENVIRONMENT/bin/python has no h5py, hdf5plugin and gemmi"; exit 0; }; \
	swift build -c release --product imprimatur && \
	KILLS=$(KILLS) "$(or $(PYTHON),python3)" Tests/Machines/converted.py $(IMPRIMATUR) rules "$(SHARED_FILES)" $(SETS)

# Writers of h5py in other processes, and what check and watch say of their files; requests in all shapes to serve --lines,
# servers behind ?source= that lie, and pages in Chromium. PYTHON names a Python with h5py (and playwright); VAST=1 watches
# 100 000 files as well; PROGRAM names a program that is there, and nothing but the files of the corpora is built.
.PHONY: test-watch test-serve served-files
SERVED_YARD = .build/served
SERVED = $(or $(PROGRAM),$(IMPRIMATUR))
REQUESTS ?= 10000
served-files: packages
	$(if $(PROGRAM),,swift build -c release --product imprimatur)
	swift build --product write-corpora
	@mkdir -p $(SERVED_YARD); .build/debug/write-corpora $(SERVED_YARD) corpora/golden >/dev/null
test-watch: served-files
	@"$(or $(PYTHON),python3)" -c 'import h5py' 2>/dev/null || { \
	    echo "make test-watch: skipped, PYTHON=ENVIRONMENT/bin/python has no h5py"; exit 0; }; \
	"$(or $(PYTHON),python3)" Tests/Machines/watched.py $(SERVED) rules $(SERVED_YARD)/nxmx.nxs $(SERVED_YARD)/eiger-writer.nxs
test-serve: served-files
	python3 Tests/Machines/served.py $(SERVED) rules $(SERVED_YARD)/nxmx.nxs $(REQUESTS)
	python3 Tests/Machines/sources.py $(SERVED) rules $(SERVED_YARD)/frames.nxs
	@"$(or $(PYTHON),python3)" -c 'import h5py, playwright' 2>/dev/null || { \
	    echo "make test-serve: pages are skipped, PYTHON=ENVIRONMENT/bin/python has no h5py and playwright"; exit 0; }; \
	"$(or $(PYTHON),python3)" Tests/Machines/pages.py $(SERVED) rules $(SERVED_YARD)/nxmx.nxs $(SHARED_FILES)

.PHONY: test-archives
FRAMES ?=
test-archives: packages
	@command -v python3 >/dev/null || { echo "make test-archives: skipped, python3 is not here"; exit 0; }; \
	swift build --product imprimatur && swift build --product fuzz-archives && \
	Tests/Machines/archives .build/debug/imprimatur .build/debug/fuzz-archives $(FRAMES)
	swift build --product imprimatur
	IMPRIMATUR_SHARED="$${IMPRIMATUR_SHARED:-$(abspath ../shared)}" Tests/archives/remote.sh .build/debug/imprimatur \
	    corpora/DATA-010/pass-cbf.cif

# Object headers of HDF5 files changed under right checksums, through six verbs, twice and under names of several lengths; H5PY
# names a Python with h5py, IMPRIMATUR the program.
.PHONY: fuzz-headers
fuzz-headers: release
	@test -n "$(H5PY)" || { echo "make fuzz-headers H5PY=PYTHON [CASES=10000] [SEED=20261120] [HDF5_FILES=…]"; exit 2; }
	swift build --product write-corpora
	.build/debug/write-corpora .build/fuzz/golden corpora/golden >/dev/null
	$(H5PY) Tests/Machines/mutated-headers $(RELEASE)/imprimatur rules $(CASES) $(SEED) .build/fuzz/golden/nxmx.nxs $(HDF5_FILES)

# Damaged HDF5 files with right checksums, from seeds of every form that h5py writes: what our reader calls sound is set
# beside what h5py and h5dump 1.10 read of it, every object by its path and every value; the program checks each twice.
# H5PY=ENVIRONMENT/bin/python, with h5py 3.16.
.PHONY: fuzz-h5py
CASES ?= 10000
fuzz-h5py: packages
	@test -n "$(H5PY)" || { echo "make fuzz-h5py H5PY=PYTHON [CASES=10000] [SEED=20261120] [HDF5_FILES=…]"; exit 2; }
	swift build -c release --product fuzz-hdf5 && swift build -c release --product imprimatur
	rm -rf .build/fuzz-h5py && mkdir -p .build/fuzz-h5py/damaged
	$(H5PY) Benchmarks/FuzzHDF5/seeds.py .build/fuzz-h5py/seeds $(HDF5_FILES)
	.build/release/fuzz-hdf5 tree .build/fuzz-h5py/seeds/* | $(H5PY) Benchmarks/FuzzHDF5/compare.py --all
	$(H5PY) Benchmarks/FuzzHDF5/campaign.py .build/release/fuzz-hdf5 $(IMPRIMATUR) rules 0 $(CASES) $(SEED) \
	    .build/fuzz-h5py/damaged .build/fuzz-h5py/seeds/*

# One program that needs no library of ours: C libraries, the Swift runtime and the C++ library under it are linked into
# it. The linker takes the archive of the C++ library only where no shared one lies beside it.
release: packages
	@mkdir -p .build-release/archives
	@ln -sf "$$(gcc -print-file-name=libstdc++.a)" .build-release/archives/
	IMPRIMATUR_STATIC=1 IMPRIMATUR_TARGETS=imprimatur swift build -c release --static-swift-stdlib \
	    --scratch-path .build-release --product imprimatur --disable-local-rpath -Xlinker -L$(CURDIR)/.build-release/archives

install: release
	$(MAKE) --no-print-directory lay-out

# What `install` does with a program that is there.
.PHONY: lay-out
lay-out:
	install -D -m 755 $(RELEASE)/imprimatur $(DESTDIR)$(PREFIX)/bin/imprimatur
	mkdir -p $(DESTDIR)$(PREFIX)/share/imprimatur
	cp -R rules $(DESTDIR)$(PREFIX)/share/imprimatur/
	install -D -m 644 docs/imprimatur.1 $(DESTDIR)$(PREFIX)/share/man/man1/imprimatur.1
	mkdir -p $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions \
	    $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	IMPRIMATUR_RULES=rules $(RELEASE)/imprimatur completions bash \
	    > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/imprimatur
	IMPRIMATUR_RULES=rules $(RELEASE)/imprimatur completions zsh \
	    > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_imprimatur
	IMPRIMATUR_RULES=rules $(RELEASE)/imprimatur completions fish \
	    > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/imprimatur.fish

# What is handed on: a TAR file to unpack anywhere, a Debian package, and a wheel for pipx; all in .build-release/dist.
DIST = .build-release/dist
.PHONY: dist deb wheel
dist: release
	@rm -rf .build-release/stage && mkdir -p $(DIST)
	$(MAKE) --no-print-directory lay-out DESTDIR=$(CURDIR)/.build-release/stage PREFIX=
	@version=$$($(RELEASE)/imprimatur --version | awk '{print $$NF}') && name=imprimatur-$$version-$$(uname -m) && \
	    cp LICENSE README.md .build-release/stage/ && \
	    tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@$$(git log -1 --format=%ct) \
	        --transform "s,^\./,$$name/," -C .build-release/stage -cf - . | gzip -9n > $(DIST)/$$name.tar.gz && \
	        echo $(DIST)/$$name.tar.gz

deb: release
	@rm -rf .build-release/stage-deb && mkdir -p $(DIST)
	$(MAKE) --no-print-directory lay-out DESTDIR=$(CURDIR)/.build-release/stage-deb PREFIX=/usr
	packaging/deb.sh .build-release/stage-deb $(DIST)

wheel: release
	@rm -rf .build-release/stage-wheel && mkdir -p $(DIST)
	$(MAKE) --no-print-directory lay-out DESTDIR=$(CURDIR)/.build-release/stage-wheel PREFIX=
	python3 packaging/wheel.py .build-release/stage-wheel $(DIST)

# Audits of files that are killed, planted, torn and tortured, with stores and disks that fail. H5PY=PYTHON makes more of them.
.PHONY: test-audit test-slurm test-postgres bench-audit audit-files
AUDIT_YARD = .build/audit
AUDIT_FILES = $(AUDIT_YARD)/golden/nxmx.nxs
AUDIT_BAD = $(AUDIT_YARD)/bad/fail-nexus-absent.nxs
KILLS ?= 200
audit-files: packages
	swift build -c release --product imprimatur
	swift build -c release --product write-corpora
	@mkdir -p $(AUDIT_YARD)
	.build/release/write-corpora $(AUDIT_YARD)/golden corpora/golden >/dev/null
	.build/release/write-corpora $(AUDIT_YARD)/bad corpora/BEAM-001 >/dev/null
test-audit: audit-files
	Tests/audit/kills $(IMPRIMATUR) $(AUDIT_FILES) $(AUDIT_YARD)/kills 5000 $(KILLS)
	Tests/audit/planted $(IMPRIMATUR) $(AUDIT_FILES) $(AUDIT_YARD)/planted
	Tests/audit/stores $(IMPRIMATUR) $(AUDIT_FILES) $(AUDIT_BAD) $(AUDIT_YARD)/stores
	$(or $(H5PY),python3) Tests/audit/onepass $(IMPRIMATUR) $(AUDIT_FILES) $(AUDIT_YARD)/onepass
	$(or $(H5PY),python3) Tests/audit/torture $(IMPRIMATUR) $(AUDIT_FILES) $(AUDIT_YARD)/torture $(wildcard $(SHARED_FILES)/corpus)

# An array of eight on a real Slurm of one node, and the tables of an audit in a real PostgreSQL; each is skipped, and says
# so, where it is not installed. SERVERS is a folder with slurm-start and slurm-stop.
SERVERS ?= $(SHARED_FILES)/oracles/servers
test-slurm: audit-files
	@[ -x "$(SERVERS)/slurm-start" ] && command -v slurmctld munged >/dev/null || \
	    { echo "make test-slurm: skipped, no slurm-wlm, munge or SERVERS/slurm-start"; exit 0; }; \
	Tests/audit/slurm $(IMPRIMATUR) $(AUDIT_FILES) $(AUDIT_YARD)/slurm $(SERVERS)
test-postgres: audit-files
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { echo "make test-postgres: skipped, no postgresql"; exit 0; }; \
	Tests/audit/postgres $(IMPRIMATUR) $(AUDIT_FILES) $(AUDIT_BAD) $(abspath $(AUDIT_YARD))/postgres

# 20 000 files audited beside a bare walk with libhdf5 in as many processes, and a store of a million rows.
bench-audit: release audit-files
	Benchmarks/Audit/run $(RELEASE)/imprimatur $(AUDIT_FILES)
