// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What definitions say of one item of a file: the application's statement, filled up from the base class.
struct ItemFacts: Sendable {
    let application: Concept?
    let base: Concept?
    /// Whether the application asks for a link of this name and says nothing of what it leads to.
    var isLinkOnly = false
    /// Whether it stands in an NXdata, whose fields are numbers or texts where nothing states their type.
    var isInData = false

    var isUndocumented: Bool { application == nil && base == nil && !isLinkOnly }

    /// The statement that comes first.
    var concept: Concept? { application ?? base }

    /// A type left out is NX_CHAR, after what the base class says.
    var type: String {
        if let stated = application?.item.type ?? base?.item.type { return stated }
        if application == nil, base == nil { return "any" }
        return isInData && base == nil ? "NX_CHAR_OR_NUMBER" : "NX_CHAR"
    }

    var units: String? { application?.item.units ?? base?.item.units }

    var enumeration: (values: [String], isOpen: Bool, by: Concept)? {
        for concept in [application, base] {
            if let concept, let values = concept.item.enumeration { return (values, concept.item.isOpen, concept) }
        }
        return nil
    }

    var deprecation: (Item.Deprecation, by: Concept)? {
        for concept in [application, base] {
            if let concept, let deprecation = concept.item.deprecation { return (deprecation, concept) }
        }
        return nil
    }

    /// The value that the definition states for an attribute of the field.
    func stated(_ attribute: String) -> String? {
        application?.item.stated[attribute] ?? base?.item.stated[attribute]
    }

    var isRequired: Bool { application?.isRequired ?? false }
}

/// Classes that may stand in any group.
///
/// - Source: NeXus manual, design, the end of the list of special classes.
enum AnywhereClasses {
    static let names: Set<String> = [
        "NXcollection", "NXdata", "NXgeometry", "NXlog", "NXnote", "NXparameters", "NXtransformations",
    ]
}
