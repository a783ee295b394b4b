// swift-tools-version: 6.1
// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import PackageDescription

// Two environment variables shape a build; both are explained in docs/contributing.md.
// IMPRIMATUR_TARGETS=CIFTests,HDF5 keeps only these targets and what they stand on (quick turns on two cores).
// IMPRIMATUR_STATIC=1 links the C libraries statically (`make release`).
let environment = ProcessInfo.processInfo.environment
let linksStatically = environment["IMPRIMATUR_STATIC"] == "1"

/// Language settings of every Swift target under Sources.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// Tests see everything and import plainly.
let relaxed: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// C libraries to link: the shared ones, or with IMPRIMATUR_STATIC the archives Debian ships beside them.
func linked(_ names: String...) -> [LinkerSetting] {
    guard linksStatically else { return names.map { .linkedLibrary($0) } }
    return [.unsafeFlags(names.flatMap { ["-Xlinker", "-l:lib\($0).a"] })]
}

func module(_ name: String, on dependencies: [String] = [], linker: [LinkerSetting] = []) -> Target {
    .target(
        name: name, dependencies: dependencies.map { .init(stringLiteral: $0) }, swiftSettings: strict,
        linkerSettings: linker)
}

func program(_ name: String, on dependencies: [String]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies.map { .init(stringLiteral: $0) }, swiftSettings: strict,
        // At a fixed address the released program starts in two thirds of the time: nothing has to be relocated. What it
        // calls is bound at the start and cannot be changed after (docs/decisions/0190-fixed-address.md).
        linkerSettings: linksStatically
            ? [
                .unsafeFlags([
                    "-Xclang-linker", "-no-pie", "-Xclang-linker", "-static-libgcc", "-Xlinker", "-z", "-Xlinker",
                    "now",
                    "-Xlinker", "-z", "-Xlinker", "relro",
                ])
            ] : [])
}

/// `data`: folders of the tests that are read by path and are no sources.
func tests(_ name: String, on dependencies: [String], data: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies.map { .init(stringLiteral: $0) }, exclude: data,
        swiftSettings: relaxed)
}

let targets: [Target] = [
    // MARK: Floor 0, C: one door each

    // HDF5 containers, serial build of Debian.
    .systemLibrary(name: "CHDF5"),
    // Chunks that deflate packed.
    .systemLibrary(name: "CDeflate"),
    // NXDL and DataCite XML: libxml2 behind a header of ours, loaded when first needed.
    .target(name: "CXML2", cSettings: [.unsafeFlags(["-I/usr/include/libxml2"])]),
    // Digests.
    .systemLibrary(name: "CCrypto"),
    // Compressed files and archives: zlib, and libarchive loaded when first needed, behind a header of ours.
    .target(name: "CArchive", linkerSettings: linked("z") + [.linkedLibrary("dl")]),
    // HTTP: libcurl behind a header of ours, loaded when first needed.
    .target(name: "CCurl", linkerSettings: [.linkedLibrary("dl")]),
    // A server of HTTP: libmicrohttpd behind a header of ours, loaded when first needed.
    .target(name: "CHTTPD", linkerSettings: [.linkedLibrary("dl")]),
    // Results of audits.
    .systemLibrary(name: "CSQLite"),
    // Digests that libcrypto lacks, and MD5 woven into SHA-256; libxxhash is in its header.
    .target(name: "CDigest", cSettings: [.unsafeFlags(["-O3"])]),
    // CBF codecs that libcbf decodes, behind a header of ours (cbf.h drags in hdf5.h and has no pkg-config file).
    .target(
        name: "CCBF", cSettings: [.unsafeFlags(["-I/usr/include/hdf5/serial"])], linkerSettings: [.linkedLibrary("cbf")]
    ),
    // Hot kernels: bitshuffle, byte_offset.
    .target(
        name: "CCodecs", cSettings: [.unsafeFlags(["-O3"])],
        linkerSettings: linked("lz4", "zstd", "sz") + (linksStatically ? linked("aec") : [])),

    // Pixels of one frame, counted.
    .target(name: "CPixels", cSettings: [.unsafeFlags(["-O3"])]),

    // Files below a folder, and the words of the command line.
    .target(name: "CFiles"),

    // The heap of a short run, taken in one step.
    .target(name: "CHeap"),

    // Processes: started with one socket, descriptors handed over, rights given away.
    .target(name: "CProcess"),

    // MARK: Floor 1, formats: bytes, and no word of diffraction

    // Byte sources: local files, mapped or read whole.
    module("Transport", on: ["CFiles"]),
    // Files behind addresses of the web; the only user of libcurl.
    module("Remote", on: ["CCurl", "Transport"]),
    // Requests from browsers and portals; the only user of libmicrohttpd.
    module("Listening", on: ["CHTTPD", "Transport"]),
    // Files inside a compression.
    module("Archive", on: ["CArchive", "Transport"]),
    // HDF5 files as snapshots; the only user of libhdf5.
    module(
        "HDF5", on: ["CHDF5", "ImageCodecs", "Transport"],
        linker: linked("hdf5_serial") + (linksStatically ? linked("sz", "aec", "z") : [])),
    // CIF 1.1, CIF 2.0 and CBF text as documents.
    module("CIF", on: ["Transport"]),
    // Encoders and decoders of images.
    module("ImageCodecs", on: ["CCodecs", "CDeflate"], linker: linked("deflate")),
    // JSON and JSON5: values read, reports written.
    module("JSON", on: ["Transport"]),
    // XML trees of NXDL files.
    module("XML", on: ["CXML2"], linker: [.linkedLibrary("dl")]),
    // Stores in one file; the only user of SQLite.
    module("SQLite", on: ["CSQLite", "Transport"], linker: linked("sqlite3")),
    // Digests of files, many at a time.
    module("Digest", on: ["CCrypto", "CDigest", "Transport"], linker: linked("crypto")),
    // Units of measurement and their dimensions.
    module("Units"),

    // MARK: Floor 2, model

    // Beam, detector, goniometer, axis chains, scans: pure Swift.
    module("Diffraction"),

    // MARK: Floor 3, standards

    // Headers of single images, experiment lists of DIALS, beamlines known by serial number.
    module("ImageHeaders", on: ["Transport", "JSON", "Diffraction"]),
    // imgCIF dictionaries, and documents to experiments.
    module("ImgCIF", on: ["Transport", "CIF", "Digest", "Diffraction", "ImageHeaders"]),
    // What the reference checker of Raw Data Letters says of a description.
    module("CheckImgCIF", on: ["CIF", "Diffraction"]),
    // NeXus definitions, and snapshots to experiments.
    module("NeXus", on: ["HDF5", "XML", "Units", "Digest", "Transport", "Diffraction"]),

    // Pixels of frames wherever they lie: found, decoded, counted.
    module(
        "Frames",
        on: [
            "Transport", "Archive", "CIF", "HDF5", "ImageCodecs", "CPixels", "Digest", "Diffraction", "ImageHeaders",
            "ImgCIF", "NeXus",
        ]),

    // Pixels of a scan into HDF5: many threads, chunks in frame order.
    module(
        "FrameWriting", on: ["Frames", "NeXus", "CIF", "HDF5", "ImageCodecs", "Digest", "Diffraction", "Transport"]),

    // What is published about a data set: record, author file, forms of DataCite and of repositories.
    module("DataCite", on: ["Transport", "JSON", "XML", "Diffraction"]),

    // Frames as a person looks at them.
    module("Pictures", on: ["Frames", "ImageCodecs", "Diffraction"]),

    // MARK: Floor 4, rules

    // Findings, reasons and reports on files: values that are written and read back.
    module("Findings", on: ["Transport", "JSON", "Digest", "Diffraction"]),
    // Rules as values, profiles, answers.
    module(
        "RuleEngine",
        on: [
            "Findings", "Transport", "CIF", "HDF5", "JSON", "Diffraction", "ImageHeaders", "ImgCIF", "Frames", "Remote",
            "DataCite",
        ]),
    // One file per rule.
    module(
        "RuleCatalog",
        on: [
            "RuleEngine", "Transport", "CIF", "HDF5", "Diffraction", "ImageCodecs", "ImageHeaders", "ImgCIF",
            "CheckImgCIF", "NeXus", "Frames", "Remote", "DataCite",
        ]),

    // MARK: Floor 5, actions

    // Processes of this program that read files for it, and the way back when reading goes wrong.
    module("Workers", on: ["Transport", "CProcess"]),
    // One folder per verb.
    module(
        "Actions",
        on: [
            "Workers", "RuleCatalog", "RuleEngine", "Findings", "CIF", "HDF5", "Diffraction", "ImageHeaders", "ImgCIF",
            "CheckImgCIF", "NeXus", "Digest", "JSON", "XML", "ImageCodecs", "Archive", "Remote", "Transport", "Frames",
            "FrameWriting", "Pictures", "SQLite", "DataCite", "Listening",
        ]),
    // Deposits in repositories: drafts, uploads, verification, publication.
    module(
        "Deposit",
        on: [
            "Packaging", "Actions", "Remote", "Findings", "Digest", "JSON", "XML", "Transport", "DataCite",
            "Diffraction",
        ]),
    // Packages of data for repositories: volumes, manifests, documents, bags.
    module(
        "Packaging",
        on: [
            "Actions", "DataCite", "Frames", "RuleCatalog", "RuleEngine", "Findings", "Archive", "Digest", "JSON",
            "Transport",
            "Diffraction",
        ]),
    // Corpus files and examples from recipes.
    module("CorpusRecipes", on: ["HDF5", "ImageCodecs", "JSON", "Transport"]),

    // MARK: Floor 6, doors

    // Reports: one file per format.
    module(
        "Report", on: ["Findings", "Transport", "JSON", "Digest", "RuleCatalog", "RuleEngine", "Diffraction"]),
    // Verbs, options, help, completions, exit codes.
    module(
        "CommandLine",
        on: [
            "Actions", "Packaging", "Deposit", "Workers", "Frames", "HDF5", "Remote", "Listening", "Report", "Findings",
            "Transport",
            "JSON",
            "Digest",
            "NeXus",
            "RuleEngine",
            "RuleCatalog",
            "Diffraction", "ImgCIF", "DataCite",
        ]),
    program("imprimatur", on: ["CommandLine", "CHeap", "Transport"]),
    // Written documentation: rule pages, man page, schema.
    program("write-docs", on: ["Actions", "CommandLine", "JSON", "RuleCatalog", "RuleEngine"]),
    // NeXus corpus files and examples from recipes.
    program("write-corpora", on: ["CorpusRecipes"]),
    // What two programs say of the same files; `make verdicts`.
    program("compare-verdicts", on: ["JSON", "Digest"]),

    // Time of reading CIF; Benchmarks/CIF/run sets it beside gemmi.
    .executableTarget(
        name: "benchmark-cif", dependencies: ["CIF", "Transport"], path: "Benchmarks/CIF", exclude: ["run"],
        swiftSettings: strict),

    // CIF files with one character changed, checked until something breaks; `make fuzz`.
    .executableTarget(
        name: "fuzz-cif", dependencies: ["Actions", "CIF", "ImgCIF", "RuleEngine", "TestSupport", "Transport"],
        path: "Benchmarks/Fuzz", swiftSettings: strict),

    // Damaged HDF5 files, read by our own reader until something breaks; `make fuzz`.
    .executableTarget(
        name: "fuzz-hdf5", dependencies: ["HDF5", "JSON", "TestSupport", "Transport"], path: "Benchmarks/FuzzHDF5",
        exclude: ["campaign.py", "compare.py", "forms.py", "seeds.py"], swiftSettings: strict),

    // Damaged streams of every codec, decoded by all kernels until something breaks; `make fuzz`.
    .executableTarget(
        name: "fuzz-codecs", dependencies: ["Digest", "ImageCodecs", "TestSupport"], path: "Benchmarks/FuzzCodecs",
        swiftSettings: strict),

    // Damaged archives, and the digests of members; `make fuzz`, `make test-archives`.
    .executableTarget(
        name: "fuzz-archives", dependencies: ["Archive", "Digest", "TestSupport", "Transport"],
        path: "Benchmarks/FuzzArchives", swiftSettings: strict),

    // Digests of decoded frames; Benchmarks/FrameDigests/compare.py holds them against other readers, `make test-frames`.
    .executableTarget(
        name: "frame-digests",
        dependencies: ["CIF", "Diffraction", "Digest", "Frames", "HDF5", "ImageCodecs", "Transport"],
        path: "Benchmarks/FrameDigests", exclude: ["compare.py"], swiftSettings: strict),

    // Time of reading HDF5; Benchmarks/HDF5/run sets it beside a walk in C.
    .executableTarget(
        name: "benchmark-hdf5", dependencies: ["HDF5"], path: "Benchmarks/HDF5",
        exclude: ["run", "bare-walk.c", "walk.h"], swiftSettings: strict),

    // Time of decoding frames; Benchmarks/Frames/run sets it beside fabio, CBFlib, h5py and libhdf5.
    .executableTarget(
        name: "benchmark-frames", dependencies: ["ImageCodecs"], path: "Benchmarks/Frames",
        exclude: ["run", "compare.py", "h5dread.c"], swiftSettings: strict),

    // Time of writing frames; Benchmarks/Convert/run sets it beside cbf2nexus, bitshuffle and a plain loop in C.
    .executableTarget(
        name: "benchmark-convert",
        dependencies: ["Digest", "FrameWriting", "HDF5", "ImageCodecs", "Transport"], path: "Benchmarks/Convert",
        exclude: ["run", "compare.py", "plain.c"], swiftSettings: strict),

    // MARK: Tests

    .target(name: "TestSupport", dependencies: [], path: "Tests/TestSupport", swiftSettings: relaxed),
    // Frames of a crystal for any geometry of the model.
    .target(
        name: "SimulatedFrames", dependencies: ["Frames", "ImageCodecs", "Diffraction"], path: "Tests/SimulatedFrames",
        swiftSettings: relaxed),
    tests("ArchitectureTests", on: ["TestSupport"]),
    tests("HDF5Tests", on: ["HDF5", "Transport", "TestSupport"]),
    tests("CIFTests", on: ["CIF", "TestSupport"]),
    tests("CLibraryTests", on: ["CArchive", "CCurl", "SQLite", "CSQLite", "CCBF"]),
    tests("RemoteTests", on: ["CCurl", "Remote", "Transport", "TestSupport"]),
    tests(
        "DepositTests",
        on: [
            "imprimatur", "Deposit", "Packaging", "Remote", "Findings", "JSON", "Transport", "DataCite", "Diffraction",
            "TestSupport",
        ]),
    tests("FormatTests", on: ["Archive", "ImageCodecs", "JSON", "XML", "Digest", "Units", "Transport", "TestSupport"]),
    tests("ArchiveTests", on: ["Archive", "CorpusRecipes", "Transport", "TestSupport"]),
    tests("DiffractionTests", on: ["Diffraction", "TestSupport"], data: ["Vectors"]),
    tests(
        "ImgCIFTests",
        on: [
            "ImgCIF", "CheckImgCIF", "ImageHeaders", "CIF", "Transport", "Diffraction", "RuleCatalog", "RuleEngine",
            "TestSupport",
        ]),
    tests(
        "NeXusTests",
        on: [
            "NeXus", "HDF5", "Units", "Transport", "Diffraction", "CorpusRecipes", "RuleCatalog", "RuleEngine",
            "TestSupport",
        ]),
    tests(
        "FramesTests",
        on: [
            "Frames", "Pictures", "CIF", "HDF5", "ImageCodecs", "Digest", "Transport", "Diffraction", "CorpusRecipes",
            "SimulatedFrames", "TestSupport",
        ]),
    tests(
        "PackagingTests",
        on: [
            "Packaging", "DataCite", "Diffraction", "Actions", "Archive", "Digest", "Findings", "JSON", "RuleEngine",
            "Transport", "TestSupport",
        ]),
    tests("DataCiteTests", on: ["DataCite", "Diffraction", "JSON", "XML", "Transport", "TestSupport"]),
    tests(
        "FrameWritingTests",
        on: [
            "FrameWriting", "Frames", "NeXus", "HDF5", "ImageCodecs", "Digest", "Diffraction", "Transport",
            "TestSupport",
        ]),
    tests(
        "ConversionTests",
        on: [
            "Actions", "Diffraction", "Findings", "HDF5", "NeXus", "RuleEngine", "Transport", "TestSupport",
        ]),
    tests("FindingsTests", on: ["Findings", "Transport", "JSON", "TestSupport"]),
    tests("RuleEngineTests", on: ["RuleEngine", "Frames", "Findings", "TestSupport"]),
    tests(
        "CorpusTests",
        on: [
            "Actions", "Diffraction", "Digest", "Findings", "Frames", "JSON", "Report", "CorpusRecipes", "RuleCatalog",
            "RuleEngine", "Transport", "TestSupport",
        ],
        data: ["Mutants/mutants.tsv", "Readers/read_with_nxmx.py", "Truth/unknown-values.tsv"]),
    .executableTarget(
        name: "worker-under-test", dependencies: ["Workers"], path: "Tests/WorkerUnderTest", swiftSettings: relaxed),
    tests("WorkersTests", on: ["worker-under-test", "Workers", "CCurl", "SQLite", "CSQLite", "TestSupport"]),
    tests(
        "CommandTests",
        on: [
            "imprimatur", "compare-verdicts", "write-docs", "CommandLine", "CIF", "Transport", "Report", "RuleCatalog",
            "RuleEngine",
            "Findings", "JSON", "Digest", "Actions", "HDF5", "CorpusRecipes", "Remote", "Diffraction", "TestSupport",
        ], data: ["Golden"]),
]

/// The targets named in IMPRIMATUR_TARGETS with everything they stand on; all targets without it.
func selected(_ all: [Target]) -> [Target] {
    guard let wanted = environment["IMPRIMATUR_TARGETS"], !wanted.isEmpty else { return all }
    var keep = Set<String>()
    var open = wanted.split(separator: ",").map(String.init)
    while let name = open.popLast() {
        guard keep.insert(name).inserted, let target = all.first(where: { $0.name == name }) else { continue }
        for dependency in target.dependencies {
            if case .byNameItem(let inner, _) = dependency { open.append(inner) }
        }
    }
    return all.filter { keep.contains($0.name) }
}

let package = Package(
    name: "imprimatur",
    products: environment["IMPRIMATUR_TARGETS"] == nil
        ? [.executable(name: "imprimatur", targets: ["imprimatur"])] : [],
    targets: selected(targets)
)
