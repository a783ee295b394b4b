// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Executables that this test run built.
public enum BuiltFile {
    /// A program beside the bundle of tests.
    public static func url(_ name: String) -> URL {
        let arguments = ProcessInfo.processInfo.arguments
        var folders: [URL] = [Folder.checkout.appendingPathComponent(".build/debug")]
        if let index = arguments.firstIndex(of: "--test-bundle-path"), index + 1 < arguments.count {
            folders.insert(URL(fileURLWithPath: arguments[index + 1]).deletingLastPathComponent(), at: 0)
        }
        folders.insert(URL(fileURLWithPath: arguments[0]).deletingLastPathComponent(), at: 0)
        let programs = folders.map { $0.appendingPathComponent(name) }
        return programs.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? programs[0]
    }
}
