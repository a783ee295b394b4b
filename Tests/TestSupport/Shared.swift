// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Folders that tests read from.
public enum Folder {
    /// The root of this checkout, found from the place of this source file.
    public static let checkout: URL = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Real files, oracles and reference data of a developer's machine; nil where they are not.
    ///
    /// `IMPRIMATUR_SHARED` names the folder. Tests that need it are skipped without it.
    public static let shared: URL? = {
        guard let path = ProcessInfo.processInfo.environment["IMPRIMATUR_SHARED"], !path.isEmpty else { return nil }
        return URL(fileURLWithPath: path)
    }()

    /// A fresh empty folder, to be removed by the caller.
    public static func temporary() throws -> URL {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("imprimatur-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }
}
