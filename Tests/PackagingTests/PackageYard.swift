// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Foundation
import Packaging
import TestSupport
import Testing
import Transport

@testable import Archive

/// A folder with a data set of small files, and packages of it; gone with this value.
final class PackageYard {
    let folder: URL

    init(_ names: [String] = PackageYard.names) throws {
        folder = try TestSupport.Folder.temporary()
        var numbers = SeededNumbers(seed: 5)
        for name in names {
            let path = folder.appendingPathComponent("data/" + name)
            try FileManager.default.createDirectory(
                at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
            let bytes = (0..<Int.random(in: 0...40_000, using: &numbers)).map { _ in
                UInt8.random(in: 0...255, using: &numbers)
            }
            try Data(bytes).write(to: path)
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    static let names =
        (1...7).map { "scan a/img_000\($0).cbf" } + [
            "b/x_01.cbf", "b/x_02.cbf", "b/Ü+%#_1.cbf", "b/Ü+%#_2.cbf", "b/two\nlines_1.cbf", "b/two\nlines_2.cbf",
            "b/back\\slash_1.cbf", "notes.txt",
        ]

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    func plan() throws -> PackagePlan {
        let inputs = FolderWalk(Name(path("data"))).found.map { Input($0.name.text) }
        return PackagePlan(try DataSelection(inputs), target: nil)
    }

    @discardableResult func build(
        _ name: String, isVirtual: Bool = false, wantsMemberMD5: Bool = false
    ) throws -> Package {
        var request = PackageBuild.Request(try plan().files, date: "2026-11-30", program: "imprimatur 0")
        request.isVirtual = isVirtual
        request.wantsMemberMD5 = wantsMemberMD5
        return try PackageBuild(request)(into: Name(path(name))) { _ in
            var documents = PackageBuild.Documents()
            documents.deposited = [PackageDocument("README.md", "# Data\n")]
            return documents
        }
    }

    func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path(name)))) }

    /// Runs a line of bash in the folder; its code and what it said.
    func shell(_ line: String) throws -> (code: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", "exec > \"$1\" 2>&1; eval \"$0\"", line, path("shell.out")]
        process.currentDirectoryURL = folder
        try process.run()
        process.waitUntilExit()
        return (
            process.terminationStatus,
            String(decoding: try Data(contentsOf: folder.appendingPathComponent("shell.out")), as: UTF8.self)
        )
    }

    static func has(_ program: String) -> Bool {
        ["/usr/bin/", "/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + program) }
    }
}
