// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Units

/// What definitions ask of the value of a field or attribute, ready to be compared with many values.
final class ValueDemand: Sendable {
    /// The category of units that is asked.
    enum Category: Sendable {
        case none
        /// By the type of the axis.
        case ofTransformation
        case one(UnitCategory)
    }

    struct Enumeration: Sendable {
        let values: [String]
        let isOpen: Bool
        let by: Concept
        let items: EnumerationItems
    }

    let facts: ItemFacts
    let typeName: String
    let type: ValueType
    let enumeration: Enumeration?
    let category: Category
    let shape: ShapeDemand?
    /// What is looked for in the numbers or texts.
    let valueFaults: [NXFault.Kind]

    init(_ facts: ItemFacts) {
        self.facts = facts
        typeName = facts.type
        type = ValueType(typeName)
        enumeration = facts.enumeration.map {
            Enumeration(values: $0.values, isOpen: $0.isOpen, by: $0.by, items: EnumerationItems($0.values))
        }
        category =
            switch facts.units {
            case nil: .none
            case "NX_TRANSFORMATION": .ofTransformation
            case let name?: UnitCategory(name).map { .one($0) } ?? .none
            }
        shape = ShapeDemand(facts)
        valueFaults = [
            type.hasDomain ? .outsideDomain : nil, type == .date ? .unreadableTime : nil,
            enumeration.map { $0.isOpen ? .besideOpenList : .outsideList },
        ].compactMap { $0 }
    }

    /// Whether a date and time is asked.
    var isDate: Bool { type == .date }

    /// Whether a text is asked, so that a blank one says nothing.
    var isText: Bool { type == .char || type == .date }
}

/// What definitions ask of rank and lengths.
struct ShapeDemand: Sendable {
    let concept: Concept
    /// What an application states is compared strictly, what only the base class states leniently.
    let isStrict: Bool
    /// Ranks that the item takes; nil where it does not say.
    let ranks: ClosedRange<Int>?
    /// The rank of the base class: a number it states, else as many as it has dimensions.
    let lenientRank: Int
    /// Dimensions with an index from 1 on.
    let extents: [(index: Int, size: SizeExpression)]

    /// Nil where no definition states a shape.
    init?(_ facts: ItemFacts) {
        if let application = facts.application, application.item.statesShape {
            concept = application
            isStrict = true
        } else if let base = facts.base, base.item.statesShape {
            concept = base
            isStrict = false
        } else {
            return nil
        }
        let item = concept.item
        ranks = item.ranks
        extents = item.extents.filter { $0.index >= 1 }.map { ($0.index, SizeExpression($0.size)) }
        lenientRank = item.rank.flatMap { Int($0) } ?? extents.count
    }
}

extension Item {
    fileprivate var statesShape: Bool { rank != nil || !extents.isEmpty }

    /// Ranks that the item takes; nil where it does not say.
    ///
    /// An integer is the rank; optional trailing dimensions may be missing. A symbol or no rank: as many dimensions as
    /// are required up to all.
    fileprivate var ranks: ClosedRange<Int>? {
        let stated = extents.filter { $0.index >= 1 }
        let required = stated.filter { !$0.isOptional }.count
        if let rank, let number = Int(rank), number >= 0 {
            let lowest = required == stated.count ? number : min(required, number)
            return lowest...number
        }
        return stated.isEmpty ? nil : required...stated.count
    }
}
