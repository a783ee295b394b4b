// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport

/// A file under Sources or Tests, with its lines.
struct SourceFile: CustomStringConvertible {
    /// From the root of the checkout.
    let path: String
    let lines: [String]

    var description: String { path }

    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The folder below Sources or Tests.
    var module: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

    /// The first folder below its module, or the name of a file that lies in none.
    var folder: String { path.split(separator: "/").dropFirst(2).first.map(String.init) ?? "" }

    /// The modules that the file imports.
    var imports: [String] {
        lines.compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            guard let index = words.firstIndex(of: "import"), index + 1 < words.count, !line.hasPrefix(" "),
                words[..<index].allSatisfy({
                    $0.hasPrefix("@") || ["public", "package", "internal", "private", "fileprivate"].contains($0)
                })
            else { return nil }
            let kinds = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
            let target =
                kinds.contains(words[index + 1]) && index + 2 < words.count ? words[index + 2] : words[index + 1]
            return target.split(separator: ".").first.map(String.init)
        }
    }

    /// The files below a folder of the checkout with one of these endings, sorted.
    static func all(under folder: String, endings: [String] = [".swift"]) -> [SourceFile] {
        let root = Folder.checkout.appendingPathComponent(folder)
        let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
        return names.filter { name in endings.contains { name.hasSuffix($0) } }.sorted().compactMap { name in
            guard let text = try? String(contentsOf: root.appendingPathComponent(name), encoding: .utf8) else {
                return nil
            }
            return SourceFile(
                path: folder + "/" + name,
                lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        }
    }
}
