// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// A folder with files of each kind, in which a shell runs the program; gone with this value.
final class Yard {
    /// One line of a shell, in which `$P` is the program.
    struct Line: Sendable, CustomTestStringConvertible {
        let line: String
        let code: Int32
        /// What is to be said, among other things.
        let words: String
        var testDescription: String { line }

        init(_ line: String, _ code: Int32, _ words: String) {
            self.line = line
            self.code = code
            self.words = words
        }
    }

    let folder: URL

    init() throws {
        folder = try Folder.temporary()
        try SmallFiles.write(to: folder)
        try write("raw.cbf", "###CBF: VERSION 1.5\n\(SmallFiles.good)")
        try Data([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A] + [UInt8](repeating: 0, count: 100))
            .write(to: folder.appendingPathComponent("other.h5"))
        try write("a.img", "{\nHEADER_BYTES=512;\n")
        try write("old.txt", "old\n")
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("visit/inner"), withIntermediateDirectories: true)
        try write("visit/good.cif", SmallFiles.good)
        try write("secret", "secret_words\n")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }

    /// Runs a line of bash; exit code, for a signal its number, negative.
    func shell(_ line: String) throws -> (code: Int32, output: String, complaints: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", line]
        process.currentDirectoryURL = folder
        process.environment = [
            "PATH": "/usr/bin:/bin", "P": BuiltProgram.url.path,
            "IMPRIMATUR_RULES": folder.appendingPathComponent("rules").path,
        ]
        let scratch = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: scratch) }
        let files = ["out", "err"].map { scratch.appendingPathComponent($0) }
        for file in files { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        let code = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return (code, texts[0], texts[1])
    }

    /// Every name below the folder with its kind, and the digest of each file.
    func contents() throws -> String {
        try shell(
            "find . -not -path './rules/*' -printf '%p %y %m %n\\n' | sort; "
                + "find . -type f -not -path './rules/*' -print0 | sort -z | xargs -0 sha256sum"
        ).output
    }
}
