// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import CIF
internal import Diffraction

/// Compares documents with dictionaries.
///
/// Time is linear in the number of values. Links between items are not looked at here: LINK-001 to LINK-003 tell them.
/// Exceptions for known defects of the dictionaries stand in `KnownDefects`.
/// - Source: imgcif.md sections 6.2 and 6.4; rules DICT-001 to DICT-012.
public struct DictionaryCheck: Sendable {
    public let facts: DictionaryFacts
    /// Edits up to which a known name is offered in place of an unknown one.
    public var nearestWithin: Int

    public init(_ facts: DictionaryFacts, nearestWithin: Int = 2) {
        self.facts = facts
        self.nearestWithin = nearestWithin
    }

    /// What is at fault in blocks of a document, block by block, and what it was compared with.
    ///
    /// - Parameter blocks: The blocks to compare; all blocks of the document when nil.
    public func faults(in document: CIF.Document, blocks: [CIF.Block]? = nil) -> [DictionaryFinding] {
        let chosen = blocks ?? document.blocks
        var faults = chosen.flatMap { block in
            self.faults(of: block) { document.position(of: $0).line }
        }
        faults.append(versions(declaredIn: chosen))
        return faults
    }

    /// What is at fault in one block.
    ///
    /// - Parameter line: The line of an offset, for messages that name one.
    public func faults(of block: CIF.Block, line: (Int) -> Int) -> [DictionaryFinding] {
        let names = KnownColumns(block, facts)
        var faults = unknownNames(names)
        for use in names.known {
            faults += deprecation(of: use, names)
            faults += valueFaults(of: use, names)
        }
        faults += aliases(names, line)
        for category in block.categories {
            faults += rows(of: category, names, line)
        }
        faults += defaults(names)
        return faults
    }
}

/// The columns of a block by what their names stand for.
struct KnownColumns {
    struct Use {
        var column: CIF.Column
        var item: Int
        var isAlias: Bool
    }

    let block: CIF.Block
    let facts: DictionaryFacts
    private(set) var known: [Use] = []
    private(set) var unknown: [CIF.Column] = []
    /// Columns of an item, by its index.
    private(set) var byItem: [Int: [Use]] = [:]

    init(_ block: CIF.Block, _ facts: DictionaryFacts) {
        self.block = block
        self.facts = facts
        for column in block.columns {
            guard let named = facts.use(of: column.folded) else {
                unknown.append(column)
                continue
            }
            let use = Use(column: column, item: named.item, isAlias: named.isAlias)
            known.append(use)
            byItem[named.item, default: []].append(use)
        }
    }

    /// The column of an item under its primary name or an alias; the primary name first.
    func column(_ name: String) -> CIF.Column? {
        guard let named = facts.use(of: name.lowercased()), let uses = byItem[named.item] else { return nil }
        return (uses.first { !$0.isAlias } ?? uses.first)?.column
    }
}

/// Cases of one fault: how many, and where the first three stand.
struct Cases {
    private(set) var count = 0
    private(set) var rows: [Int] = []

    mutating func add(_ row: Int) {
        count += 1
        if rows.count < 3 { rows.append(row) }
    }

    func places(_ column: CIF.Column) -> [Place] { rows.map { column.place($0) } }
}
