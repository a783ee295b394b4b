// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The changes of verdicts that were announced: paragraphs of `docs/changes/*.rule.md`.
struct Changes {
    private var paragraphs: [(file: String, words: Set<Substring>)] = []

    init(in folder: String) {
        for name in Bytes.names(in: folder) where name.hasSuffix(".rule.md") {
            let text = String(decoding: Bytes.read(folder + "/" + name) ?? [], as: UTF8.self)
            var words = Set<Substring>()
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            for line in lines + [Substring()] {
                words.formUnion(line.split { !($0.isLetter || $0.isNumber || $0 == "-") })
                if line.isEmpty, !words.isEmpty {
                    paragraphs.append((folder + "/" + name, words))
                    words = []
                }
            }
        }
    }

    /// The file whose announcement has all the words; nil when nothing was announced.
    func naming(_ wanted: [String]) -> String? {
        paragraphs.first { paragraph in wanted.allSatisfy { paragraph.words.contains(Substring($0)) } }?.file
    }
}
