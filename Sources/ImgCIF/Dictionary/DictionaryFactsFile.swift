// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CIF
public import Transport

/// Facts of dictionaries as a CIF file of our own, `rules/imgcif/<version>/facts.cif`.
///
/// The loops hold names, types, ranges, states, defaults, links, keys and aliases, and the digests of the files they
/// come from; no words of the definitions.
public enum DictionaryFactsFile {
    /// Grows when the loops change in a way that older readers do not understand.
    static let format = 1

    // MARK: Writing

    /// The text of a facts file; the same bytes for the same facts.
    public static func text(of facts: DictionaryFacts) -> String {
        var text = """
            #\\#CIF_2.0
            # Written by `imprimatur definitions import`: names, types and structure, no text of the dictionaries.
            data_imprimatur_imgcif_facts
            _facts.format \(format)

            """
        text += loop(
            "source", ["title", "version", "date", "file", "sha256", "origin"],
            facts.sources.map { [$0.title, $0.version, $0.date, $0.file, $0.sha256, $0.origin] })
        text += loop("missing", ["file", "definitions"], facts.missing.map { [$0.file, String($0.definitions)] })
        text += loop("category", ["name", "class"], facts.categories.map { [$0.name, $0.kind.rawValue] })
        text += loop(
            "key", ["category", "item"],
            facts.categories.flatMap { category in
                category.keys.map { [category.name, $0] }
            })
        text += loop(
            "item",
            ["name", "category", "contents", "container", "purpose", "units", "range", "default", "link", "replaced"],
            facts.items.map {
                [
                    $0.name, $0.category, $0.contents, $0.container, $0.purpose, $0.units, $0.range?.text,
                    $0.defaultValue, $0.link, $0.isReplaced ? "yes" : nil,
                ]
            })
        text += members("state", facts, \.states)
        text += members("alias", facts, \.aliases)
        text += members("replacement", facts, \.replacements)
        return text
    }

    private static func members(
        _ name: String, _ facts: DictionaryFacts, _ path: KeyPath<DictionaryFacts.Item, [String]>
    ) -> String {
        loop(name, ["item", "value"], facts.items.flatMap { item in item[keyPath: path].map { [item.name, $0] } })
    }

    private static func loop(_ category: String, _ names: [String], _ rows: [[String?]]) -> String {
        guard !rows.isEmpty else { return "" }
        var text = "loop_\n" + names.map { "_\(category).\($0)\n" }.joined()
        for row in rows {
            let values = row.map { value in
                value.map { Quoting.form(of: $0, version: .cif20) ?? "?" } ?? "."
            }
            text += values.joined(separator: " ") + "\n"
        }
        return text
    }

    // MARK: Reading

    /// Reads a facts file.
    ///
    /// - Throws: When it is absent, broken, or of a later format.
    public static func read(_ path: String) throws(Failure) -> DictionaryFacts {
        let buffer: ByteBuffer
        do { buffer = try ByteBuffer(mapping: path) } catch {
            throw Failure(attempt: "read", subject: path, code: error.code, words: error.cause)
        }
        return try read(CIF.Document.parse(buffer), path)
    }

    static func read(_ document: CIF.Document, _ path: String) throws(Failure) -> DictionaryFacts {
        guard let block = document.blocks.first, let found = block.column("_facts.format")?.integer(0) else {
            throw Failure(
                attempt: "read", subject: path, code: .foreign, words: "it holds no facts of dictionaries")
        }
        guard found == format, document.faults.isEmpty else {
            throw Failure(
                attempt: "read", subject: path, code: .damaged,
                words: found == format ? "it is damaged" : "it has format \(found), we read \(format)")
        }
        func rows(_ category: String, _ names: String...) -> [[String?]] {
            let columns = names.map { block.column("_\(category).\($0)")?.texts() ?? [] }
            return (0..<(columns.first?.count ?? 0)).map { row in columns.map { row < $0.count ? $0[row] : nil } }
        }
        let keys = Dictionary(grouping: rows("key", "category", "item"), by: { $0[0] ?? "" })
        let categories = rows("category", "name", "class").map { row in
            let name = row[0] ?? ""
            return DictionaryFacts.Category(
                name: name, kind: DictionaryFacts.CategoryClass(rawValue: row[1] ?? "") ?? .other,
                keys: keys[name, default: []].compactMap { $0[1] })
        }
        var items = rows(
            "item", "name", "category", "contents", "container", "purpose", "units", "range", "default", "link",
            "replaced"
        ).map { row in
            var item = DictionaryFacts.Item(name: row[0] ?? "", category: row[1] ?? "")
            item.contents = row[2]
            item.container = row[3]
            item.purpose = row[4]
            item.units = row[5]
            item.range = row[6].flatMap { DictionaryFacts.Bounds($0) }
            item.defaultValue = row[7]
            item.link = row[8]
            item.isReplaced = row[9] == "yes"
            return item
        }
        let places = Dictionary(items.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        for (category, path) in [
            ("state", \DictionaryFacts.Item.states), ("alias", \.aliases), ("replacement", \.replacements),
        ] {
            for row in rows(category, "item", "value") {
                guard let name = row[0], let value = row[1], let index = places[name] else { continue }
                items[index][keyPath: path].append(value)
            }
        }
        return DictionaryFacts(
            sources: rows("source", "title", "version", "date", "file", "sha256", "origin").map { row in
                .init(
                    title: row[0] ?? "", version: row[1] ?? "", date: row[2] ?? "", file: row[3] ?? "",
                    sha256: row[4] ?? "", origin: row[5] ?? "")
            },
            categories: categories, items: items,
            missing: rows("missing", "file", "definitions").map { row in
                .init(file: row[0] ?? "", definitions: row[1].flatMap { Int($0) } ?? 0)
            })
    }
}
