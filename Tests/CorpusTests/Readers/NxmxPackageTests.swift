// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Foundation
import RuleCatalog
import RuleEngine
import TestSupport
import Testing

/// What we say of files against what the package nxmx does, with which DIALS reads them.
///
/// Oracle: nxmx 0.0.8, run over every NXmx file of the shared cases and of the real files. `IMPRIMATUR_NXMX` names a Python
/// that has it; without one the tests are skipped.
@Suite(.enabled(if: NxmxPackage.interpreter != nil && Folder.shared != nil, "no Python with the package nxmx 0.0.8"))
struct NxmxPackageTests {
    @Test func `what the package stops at is spoken of`() throws {
        let check = try NxmxPackage.check()
        let files = NxmxPackage.files
        try #require(files.count > 100)
        let ends = try NxmxPackage.ends(of: files)
        try #require(ends.count == files.count)
        for (file, end) in ends.sorted(by: { $0.key < $1.key }) where end != "read" {
            let report = check.check(file)
            let isSpoken = report.findings.contains { $0.level == .A || $0.level == .B } || report.status != .pass
            let isKnown = NxmxPackage.legal[file.split(separator: "/").last.map(String.init) ?? ""] != nil
            #expect(isSpoken != isKnown, "\(file): \(end)")
        }
    }

    @Test func `where a spelling of units is said to stop readers, the package stops`() throws {
        let check = try NxmxPackage.check()
        let ends = try NxmxPackage.ends(of: NxmxPackage.files)
        for (file, end) in ends where end == "read" {
            let said = check.check(file).findings.filter { $0.rule == "NX-032" }
            #expect(said.isEmpty, "\(file): \(said.map(\.message))")
        }
    }
}

/// The Python package, where it is installed.
enum NxmxPackage {
    /// A Python that imports nxmx 0.0.8; nil without one.
    static let interpreter: String? = {
        let named = ProcessInfo.processInfo.environment["IMPRIMATUR_NXMX"]
        return [named, "/usr/bin/python3"].compactMap { $0 }.first { path in
            let words = ["-c", "import importlib.metadata as m; print(m.version('nxmx'))"]
            return (try? output(of: path, words))?.hasPrefix("0.0.8") ?? false
        }
    }()

    /// Files at which the package stops although NeXus allows what they hold, and why nothing is said of them.
    static let legal = [
        "omega_vec_1x3.nxs": "a vector of one row is three numbers, which other readers take as they are",
        "soft_20.nxs": "a chain of 20 soft links, of which libhdf5 follows 16, leads to what is reached without it",
        "v_sub_only.nxs": "the definition may stand in an NXsubentry alone",
        "v_units_array.nxs": "units may be an array of one string",
    ]

    static func check() throws -> FileCheck {
        let folder = Folder.checkout.appendingPathComponent("rules/profiles").path
        func bytes(_ name: String) -> [UInt8]? {
            FileManager.default.contents(atPath: folder + "/\(name).json5").map { [UInt8]($0) }
        }
        var settings = Bench.settings
        settings.profile = try Profile.load(
            bytes("nxmx-processing") ?? [], source: "nxmx-processing", catalogue: catalogue, parent: bytes)
        return FileCheck(settings)
    }

    /// NXmx files of the shared folder: the cases, and real files that name the definition.
    static let files: [String] = {
        guard let shared = Folder.shared else { return [] }
        return ["cases/nexus", "corpus/real"].flatMap { part -> [String] in
            let root = shared.appendingPathComponent(part).path
            let names = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
            return names.sorted().map { root + "/" + $0 }.filter { path in
                [".nxs", ".h5", ".hdf5"].contains { path.hasSuffix($0) } && namesNXmx(path)
            }
        }
    }()

    private static func namesNXmx(_ path: String) -> Bool {
        guard let bytes = FileManager.default.contents(atPath: path), bytes.count < 8 << 20 else { return false }
        return bytes.range(of: Data("NXmx".utf8)) != nil
    }

    /// How reading each file ended: "read", or the exception.
    static func ends(of files: [String]) throws -> [String: String] {
        guard let interpreter else { return [:] }
        let script = Folder.checkout.appendingPathComponent("Tests/CorpusTests/Readers/read_with_nxmx.py").path
        let lines = try output(of: interpreter, [script] + files).split(separator: "\n")
        var ends: [String: String] = [:]
        for line in lines {
            let parts = line.split(separator: "\t", maxSplits: 1).map(String.init)
            if parts.count == 2 { ends[parts[0]] = parts[1] }
        }
        return ends
    }

    private static func output(of program: String, _ words: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = words
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
