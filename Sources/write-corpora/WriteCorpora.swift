// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CorpusRecipes
internal import Glibc

/// `write-corpora DIR`: builds every recipe of the corpora and the examples into a folder.
@main enum WriteCorpora {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        guard let output = arguments.first, !output.hasPrefix("-"), arguments.count <= 2 else {
            say(
                "usage: write-corpora DIR [CORPORA]\n\nBuilds every recipe below CORPORA (default: corpora) into DIR.\n"
            )
            exit(arguments.first == "--help" ? 0 : 2)
        }
        do {
            let built = try Corpora(in: arguments.dropFirst().first ?? "corpora").build(into: output)
            for one in built { print(one.file) }
        } catch {
            say("write-corpora: \(error)\n")
            exit(3)
        }
    }

    /// To standard error.
    private static func say(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(2, bytes, bytes.count)
    }
}
