// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import RuleEngine

/// One item that links to another, and how its values are met.
///
/// Linear in the number of rows: values are compared once each.
/// - Source: `_name.linked_item_id` of the dictionary in use; imgcif.md 6.3.
struct LinkTest: Sendable {
    enum Verdict: Sendable, Hashable {
        case met
        /// One value on both sides, unlike.
        case assumed
        case ambiguous
        /// The category linked to is not in the block.
        case absent
        /// The loop linked to is broken or empty, so that its rows are not known; rules of area CIF say so.
        case unread
    }

    let child: String
    let parent: String
    /// Distinct values of the parent column, in the order of the file; the default of rows without one comes last.
    let parentValues: [String]
    /// Values that are not met, each with its places.
    let strays: [(value: String, places: [Place])]
    let verdict: Verdict

    var childCategory: String { Self.category(child) }
    var parentCategory: String { Self.category(parent) }

    /// Every link of a block whose pointing item is there; computed once for a view.
    static func all(_ view: TextView, _ block: CIF.Block) -> [LinkTest] {
        guard let dictionary = view.dictionary else { return [] }
        return view.memo.result("links of \(block.offset)") {
            dictionary.links(in: block).map { LinkTest($0, block) }
        }
    }

    private init(_ link: DictionaryLink, _ block: CIF.Block) {
        child = link.column.name
        parent = link.parent
        let (codes, names) = link.column.codes()
        let target = link.parentColumn?.codes()
        var parentValues = target?.names ?? []
        // A default holds for what is left out, not for what is unknown.
        let isLeftOut =
            target?.codes.contains(.max) == true
            && link.parentColumn.map { column in (0..<column.count).contains { column.kind($0) == .inapplicable } }
                ?? false
        if let standIn = link.parentDefault, isLeftOut, !parentValues.contains(standIn) {
            parentValues.append(standIn)
        }
        self.parentValues = parentValues
        let known = Set(parentValues.map { Self.meaning($0, link) })
        let isMet = names.map { known.contains(Self.meaning($0, link)) }
        var places: [UInt32: [Place]] = [:]
        for (row, code) in codes.enumerated() where Int(code) < names.count && !isMet[Int(code)] {
            places[code, default: []].append(link.column.place(row))
        }
        strays = places.sorted { $0.key < $1.key }.map { (names[Int($0.key)], $0.value) }
        if strays.isEmpty {
            verdict = .met
        } else if let column = link.parentColumn {
            let isRead = column.count > 0 && block.category(Self.category(column.name))?.isComplete != false
            guard isRead else {
                verdict = .unread
                return
            }
            verdict = parentValues.count == 1 && names.count == 1 ? .assumed : .ambiguous
        } else {
            // A category without its key column: DICT-005 and DICT-011 say so.
            verdict = block.category(Self.category(parent)) == nil ? .absent : .met
        }
    }

    /// What a value means: whole numbers may be written in several ways.
    private static func meaning(_ value: String, _ link: DictionaryLink) -> String {
        link.isNumber ? Int(value).map { "\($0)" } ?? value : value
    }

    private static func category(_ item: String) -> String {
        String(item.prefix { $0 != "." }.drop { $0 == "_" }).lowercased()
    }
}
