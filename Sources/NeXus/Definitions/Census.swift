// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import XML

/// How many items of each kind the NXDL files of a release hold, counted as they stand, nothing merged.
public struct Census: Sendable, Hashable {
    public private(set) var files = 0
    public private(set) var applications = 0
    /// By element: group, field, attribute, link, choice, enumeration, dimensions, dim, symbol.
    public private(set) var elements: [String: Int] = [:]
    public private(set) var openEnumerations = 0
    public private(set) var deprecated = 0
    /// By value of nameType.
    public private(set) var nameTypes: [String: Int] = [:]

    public init() {}

    mutating func count(_ definition: Element, isApplication: Bool) {
        files += 1
        if isApplication { applications += 1 }
        var open = definition.children
        while let element = open.popLast() {
            elements[element.name, default: 0] += 1
            if element.name == "enumeration", ["true", "True", "1"].contains(element.attribute("open")) {
                openEnumerations += 1
            }
            if element.attribute("deprecated") != nil { deprecated += 1 }
            if let match = element.attribute("nameType") { nameTypes[match, default: 0] += 1 }
            open += element.children
        }
    }

    /// Names of the counts and the counts, for a table.
    public var rows: [(name: String, count: Int)] {
        let kinds = ["group", "field", "attribute", "link", "choice", "enumeration"]
        return [("files", files), ("applications", applications)] + kinds.map { ($0, elements[$0] ?? 0) }
            + [("open enumeration", openEnumerations)]
            + ["dimensions", "dim", "symbol"].map { ($0, elements[$0] ?? 0) } + [("deprecated", deprecated)]
            + ["any", "partial", "specified"].map { ("nameType \($0)", nameTypes[$0] ?? 0) }
    }
}
