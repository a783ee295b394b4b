// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The floors of the house, as docs/contributing.md draws them. Imports point down; inside one floor only the arrows
/// listed in `beside` are allowed.
enum Floors {
    static let table: [[String]] = [
        [
            "CHDF5", "CDeflate", "CXML2", "CCrypto", "CArchive", "CCurl", "CSQLite", "CCBF", "CCodecs",
            "CHeap", "CProcess", "CFiles", "CPixels", "CDigest", "CHTTPD",
        ],
        [
            "Transport", "Archive", "HDF5", "CIF", "ImageCodecs", "XML", "JSON", "Digest", "Units", "Remote", "SQLite",
            "Listening",
        ],
        ["Diffraction"],
        ["ImageHeaders", "ImgCIF", "CheckImgCIF", "NeXus", "Frames", "FrameWriting", "Pictures", "DataCite"],
        ["Findings", "RuleEngine", "RuleCatalog"],
        ["Workers", "Actions", "Packaging", "Deposit", "CorpusRecipes"],
        ["Report", "CommandLine", "imprimatur", "write-docs", "write-corpora", "compare-verdicts"],
    ]

    /// Imports between modules of one floor: `a` may import `b`.
    static let beside: [String: Set<String>] = [
        "Archive": ["Transport"],
        "Remote": ["Transport"],
        "Listening": ["Transport"],
        "HDF5": ["ImageCodecs", "Transport"],
        "CIF": ["Transport"],
        "Digest": ["Transport"],
        "JSON": ["Transport"],
        "SQLite": ["Transport"],
        "ImgCIF": ["ImageHeaders"],
        "Frames": ["ImageHeaders", "ImgCIF", "NeXus"],
        "FrameWriting": ["Frames", "NeXus"],
        "Pictures": ["Frames"],
        "RuleEngine": ["Findings"],
        "RuleCatalog": ["RuleEngine", "Findings"],
        "Actions": ["Workers"],
        "Packaging": ["Actions"],
        "Deposit": ["Packaging", "Actions"],
        "CommandLine": ["Report"],
        "imprimatur": ["CommandLine"],
        "write-docs": ["CommandLine", "Report"],
    ]

    /// What comes with the compiler and the system.
    static let system: Set<String> = ["Swift", "Glibc", "Synchronization"]

    /// The C module that a format module is the only door to.
    static let doors: [String: String] = [
        "CHDF5": "HDF5", "CDeflate": "ImageCodecs", "CXML2": "XML", "CArchive": "Archive", "CCrypto": "Digest",
        "CCodecs": "ImageCodecs", "CDigest": "Digest",
        "CCBF": "ImageCodecs", "CHeap": "imprimatur", "CPixels": "Frames", "CProcess": "Workers", "CFiles": "Transport",
        "CCurl": "Remote", "CSQLite": "SQLite", "CHTTPD": "Listening",
    ]

    static func floor(of module: String) -> Int? { table.firstIndex { $0.contains(module) } }
}
