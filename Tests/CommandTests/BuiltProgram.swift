// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// The executable that this test run built, run as a person runs it.
enum BuiltProgram {
    struct Result {
        let output: String
        let complaints: String
        /// Exit code; for a signal its number, negative.
        let code: Int32
    }

    static let url = BuiltFile.url("imprimatur")

    /// Runs another program of this test run.
    static func run(_ arguments: [String], program: String) throws -> Result {
        try run(
            BuiltFile.url(program), arguments, in: Folder.checkout, input: "", variables: ["PATH": "/usr/bin:/bin"])
    }

    /// Runs the program in a folder, without a terminal, with the rules of this checkout.
    static func run(
        _ arguments: String..., in folder: URL = Folder.checkout, input: String = "",
        environment: [String: String] = [:]
    ) throws -> Result {
        try run(arguments, in: folder, input: input, environment: environment)
    }

    /// The rules that a test brings along, else those of this checkout.
    private static func rules(for folder: URL) -> URL {
        let own = folder.appendingPathComponent("rules")
        return FileManager.default.fileExists(atPath: own.path) ? own : Folder.checkout.appendingPathComponent("rules")
    }

    static func run(_ arguments: [String], in folder: URL, input: String, environment: [String: String]) throws
        -> Result
    {
        var variables = [
            "PATH": "/usr/bin:/bin", "IMPRIMATUR_RULES": rules(for: folder).path,
        ]
        variables.merge(environment) { $1 }
        return try run(url, arguments, in: folder, input: input, variables: variables)
    }

    private static func run(
        _ program: URL, _ arguments: [String], in folder: URL, input: String, variables: [String: String]
    ) throws -> Result {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = variables
        let scratch = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: scratch) }
        let files = ["in", "out", "err"].map { scratch.appendingPathComponent($0) }
        try Data(input.utf8).write(to: files[0])
        for file in files[1...] { try Data().write(to: file) }
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        let texts = try files[1...].map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        let code = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return Result(output: texts[0], complaints: texts[1], code: code)
    }
}

/// Compares with a file under Golden, or writes it with WRITE_GOLDEN=1.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = Folder.checkout.appendingPathComponent("Tests/CommandTests/Golden/\(name)")
    if ProcessInfo.processInfo.environment["WRITE_GOLDEN"] == "1" {
        try Data(text.utf8).write(to: file)
    }
    let wanted = try String(contentsOf: file, encoding: .utf8)
    #expect(text == wanted, "see Golden/\(name); WRITE_GOLDEN=1 writes it", sourceLocation: sourceLocation)
}
