// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CIF
internal import Digest
public import Transport

/// Reads DDLm dictionaries with their imports.
///
/// `_import.get` with mode Full takes the definitions of another dictionary that are not there yet; mode Contents (the
/// usual one) takes the attributes of one save frame. Imported files are looked for beside the dictionary.
/// - Source: DDLm dictionary 4.2, IMPORT_DETAILS.
public struct DictionaryReader {
    private let folder: String
    private var origins: [String: String] = [:]
    private var documents: [String: CIF.Document] = [:]
    private var sources: [DictionaryFacts.Source] = []
    private var categories: [DictionaryFacts.Category] = []
    private var items: [DictionaryFacts.Item] = []
    private var definitions: Set<String> = []
    private var imported: Set<String> = []
    private var missing: [String: Int] = [:]

    /// Reads a dictionary and what it imports.
    ///
    /// - Parameters:
    ///   - path: A `.dic` file.
    ///   - origins: Repository, commit and path of files, by the name of the file.
    /// - Throws: When it cannot be read or holds no definition; a missing import is a fact and no failure.
    public static func facts(of path: String, origins: [String: String] = [:]) throws(Failure)
        -> DictionaryFacts
    {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let folder = parts.dropLast().joined(separator: "/")
        let file = String(parts.last ?? "")
        var reader = DictionaryReader(folder: folder.isEmpty && !path.hasPrefix("/") ? "." : folder)
        reader.origins = origins
        try reader.read(file)
        guard !reader.items.isEmpty else {
            throw Failure(attempt: "read", subject: path, code: .foreign, words: "it defines no data name")
        }
        let missing = reader.missing.sorted { $0.key < $1.key }
        return DictionaryFacts(
            sources: reader.sources, categories: reader.categories, items: reader.items,
            missing: missing.map { .init(file: $0.key, definitions: $0.value) })
    }

    private init(folder: String) { self.folder = folder }

    private mutating func document(_ file: String) throws(Failure) -> CIF.Document {
        if let known = documents[file] { return known }
        do {
            let document = CIF.Document.parse(try ByteBuffer(mapping: folder + "/" + file))
            documents[file] = document
            return document
        } catch {
            throw Failure(attempt: "read", subject: folder + "/" + file, code: error.code, words: error.cause)
        }
    }

    private mutating func read(_ file: String) throws(Failure) {
        guard imported.insert(file).inserted else { return }
        let document = try document(file)
        guard let block = document.blocks.first else {
            throw Failure(
                attempt: "read", subject: folder + "/" + file, code: .foreign, words: "it holds no data block")
        }
        func head(_ item: String) -> String { block.column("_dictionary." + item)?.text(0) ?? "" }
        let digest = FileDigests.of(document.buffer[0..<document.buffer.count])
        sources.append(
            .init(
                title: head("title"), version: head("version"), date: head("date"), file: file,
                sha256: digest.sha256, origin: origins[file] ?? ""))
        var full: [String] = []
        for frame in block.saveFrames {
            var attributes = Attributes(frame)
            for order in Self.imports(of: frame) {
                if order.isFull {
                    full.append(order.file)
                } else if let other = importedFrame(order) {
                    attributes.merge(other)
                } else {
                    missing[order.file, default: 0] += 1
                }
            }
            define(attributes)
        }
        for file in full {
            do { try read(file) } catch { missing[file, default: 0] += 1 }
        }
    }

    private struct Order {
        var file: String
        var frame: String
        var isFull: Bool
    }

    private static func imports(of frame: CIF.Block) -> [Order] {
        guard let column = frame.column("_import.get"), case .list(let members) = column.composite(0) else { return [] }
        return members.compactMap { member in
            guard let file = member["file"]?.text, let name = member["save"]?.text else { return nil }
            return Order(file: file, frame: name, isFull: member["mode"]?.text?.lowercased() == "full")
        }
    }

    private mutating func importedFrame(_ order: Order) -> Attributes? {
        guard !order.file.contains("/"), let document = try? document(order.file) else { return nil }
        let wanted = order.frame.lowercased()
        return document.blocks.first?.saveFrames.first { $0.name.lowercased() == wanted }.map { Attributes($0) }
    }

    /// Keeps a definition, unless its name is defined already.
    private mutating func define(_ attributes: Attributes) {
        guard let id = attributes["_definition.id"], definitions.insert(id.lowercased()).inserted else { return }
        if attributes["_definition.scope"]?.lowercased() == "category" {
            let kind = DictionaryFacts.CategoryClass(rawValue: attributes["_definition.class"] ?? "") ?? .other
            categories.append(.init(name: id, kind: kind, keys: attributes.all("_category_key.name")))
        } else if id.hasPrefix("_") {
            items.append(attributes.item(id))
        }
    }
}

/// The attributes of one definition.
private struct Attributes {
    private var columns: [String: CIF.Column] = [:]

    init(_ frame: CIF.Block) {
        for column in frame.columns { columns[column.folded] = column }
    }

    /// Takes attributes that are not there yet.
    mutating func merge(_ other: Attributes) {
        columns.merge(other.columns) { mine, _ in mine }
    }

    subscript(name: String) -> String? { columns[name]?.text(0) }

    func all(_ name: String) -> [String] { columns[name]?.texts().compactMap { $0 } ?? [] }

    func item(_ id: String) -> DictionaryFacts.Item {
        let dot = id.firstIndex(of: ".") ?? id.endIndex
        let category = self["_name.category_id"] ?? String(id[..<dot].dropFirst())
        var item = DictionaryFacts.Item(name: id, category: category.lowercased())
        item.contents = self["_type.contents"]
        item.container = self["_type.container"]
        item.purpose = self["_type.purpose"]
        item.units = self["_units.code"].flatMap { $0 == "none" ? nil : $0 }
        item.range = self["_enumeration.range"].flatMap { DictionaryFacts.Bounds($0) }
        item.states = all("_enumeration_set.state")
        item.defaultValue = columns["_enumeration.default"].flatMap { $0.composite(0) == nil ? $0.text(0) : nil }
        item.link = self["_name.linked_item_id"]
        item.aliases = all("_alias.definition_id")
        item.isReplaced = columns["_definition_replaced.by"] != nil
        item.replacements = all("_definition_replaced.by")
        return item
    }
}
