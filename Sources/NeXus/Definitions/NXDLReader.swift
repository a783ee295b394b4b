// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import XML

/// Reads one NXDL file into a definition, and counts what it holds.
///
/// Elements are matched by local name: the namespace differs between releases. Occurrence is decided here
/// (manual: an application asks for what it lists, a base class does not); inheritance is not.
public struct NXDLReader {
    /// Something of a definition that cannot be used.
    public struct Fault: Sendable, Hashable, CustomStringConvertible {
        public let file: String
        public let line: Int
        public let what: String
        public var description: String { "\(file):\(line): \(what)" }
    }

    public private(set) var faults: [Fault] = []
    public private(set) var census = Census()

    public init() {}

    /// Types of fields and attributes that NXDL defines.
    static let types: Set<String> = [
        "ISO8601", "NX_BINARY", "NX_BOOLEAN", "NX_CCOMPLEX", "NX_CHAR", "NX_CHAR_OR_NUMBER", "NX_COMPLEX",
        "NX_DATE_TIME", "NX_FLOAT", "NX_INT", "NX_NUMBER", "NX_PCOMPLEX", "NX_POSINT", "NX_QUATERNION", "NX_UINT",
    ]

    /// - Parameters:
    ///   - root: The tree of an NXDL file.
    ///   - file: Its name relative to the folder of the release, for faults and facts.
    /// - Returns: nil when it is no definition; the reason is among the faults.
    public mutating func read(_ root: Element, file: String) -> Definition? {
        guard root.name == "definition", let name = root.attribute("name") else {
            fault(file, root, "no 'definition' with a name")
            return nil
        }
        // Releases before v2022.06 called what was not yet accepted "contributed"; nothing is asked of it.
        let stated = root.attribute("category") ?? ""
        guard let category = stated == "contributed" ? .base : Definition.Category(rawValue: stated) else {
            fault(file, root, "category '\(stated)' is neither base nor application")
            return nil
        }
        let parent = root.attribute("extends") ?? (name == "NXobject" || name == "NXroot" ? nil : "NXobject")
        var definition = Definition(name: name, category: category, parent: parent == name ? nil : parent, file: file)
        if isTrue("ignoreExtraGroups", of: root, file) { definition.ignored.insert(.groups) }
        if isTrue("ignoreExtraFields", of: root, file) { definition.ignored.insert(.fields) }
        if isTrue("ignoreExtraAttributes", of: root, file) { definition.ignored.insert(.attributes) }
        definition.isDeprecated = root.attribute("deprecated") != nil
        for table in root.children where table.name == "symbols" {
            definition.symbols += table.children.compactMap { $0.name == "symbol" ? $0.attribute("name") : nil }
        }
        census.count(root, isApplication: category == .application)
        definition.items = items(of: root, category, file)
        return definition
    }

    private mutating func items(of element: Element, _ category: Definition.Category, _ file: String) -> [Item] {
        var result: [Item] = []
        var places: [Item.Key: Int] = [:]
        for child in element.children {
            guard let kind = Item.Kind(rawValue: child.name), var item = item(child, kind, category, file) else {
                continue
            }
            item.items = kind == .link ? [] : items(of: child, category, file)
            if kind == .choice, !isUsable(&item, child, category, file) { continue }
            // Two unnamed groups of one class that an application asks for are two things: NXcanSAS before v2022.06
            // asked for its data and its transmission spectrum so. Base classes repeat themselves.
            let isAlternative = category == .application && kind == .group && item.name == nil
            if let place = places[item.key], !isAlternative {
                result[place].fill(from: item)
            } else {
                places[item.key] = result.count
                result.append(item)
            }
        }
        return result
    }

    /// A choice has at least two groups, and in an application it is required unless all of them are optional.
    private mutating func isUsable(
        _ item: inout Item, _ element: Element, _ category: Definition.Category, _ file: String
    ) -> Bool {
        let groups = item.items.filter { $0.kind == .group }
        guard groups.count > 1 else {
            fault(file, element, "choice '\(item.name ?? "")' has fewer than two groups")
            return false
        }
        item.minimum = category == .application && groups.contains { $0.minimum > 0 } ? 1 : 0
        return true
    }

    private mutating func item(
        _ element: Element, _ kind: Item.Kind, _ category: Definition.Category, _ file: String
    ) -> Item? {
        let name = element.attribute("name")
        let type = element.attribute("type")
        if name == nil, kind != .group || type == nil {
            fault(file, element, "\(element.name) without a name")
            return nil
        }
        var match: Item.Match = kind == .group && name == nil ? .any : .specified
        if let stated = element.attribute("nameType") {
            guard let known = Item.Match(rawValue: stated) else {
                fault(file, element, "nameType '\(stated)' is not known")
                return nil
            }
            match = known
        }
        if kind == .field || kind == .attribute, let type, !Self.types.contains(type) {
            fault(file, element, "type '\(type)' is not known; it takes every value")
        }
        var item = Item(
            kind: kind, name: name, match: match, type: type, minimum: minimum(element, category, file),
            maximum: kind == .attribute ? 1 : maximum(element, file),
            isRecommended: isTrue("recommended", of: element, file), units: element.attribute("units"),
            line: element.line)
        if item.isRecommended { item.minimum = 0 }
        item.target = element.attribute("target")
        item.deprecation = element.attribute("deprecated").map(Item.Deprecation.init(advice:))
        if kind == .field {
            for name in ["signal", "axis", "primary", "axes"] { item.stated[name] = element.attribute(name) }
        }
        for child in element.children {
            switch child.name {
            case "enumeration":
                item.enumeration = child.children.compactMap { $0.name == "item" ? $0.attribute("value") : nil }
                item.isOpen = isTrue("open", of: child, file)
            case "dimensions":
                item.rank = child.attribute("rank")
                item.extents = extents(child, file)
            default: break
            }
        }
        return item
    }

    private mutating func minimum(_ element: Element, _ category: Definition.Category, _ file: String) -> Int {
        let optional = flag("optional", of: element, file)
        if let stated = element.attribute("minOccurs") {
            guard let number = Int(stated), number >= 0 else {
                fault(file, element, "minOccurs '\(stated)' is no number")
                return 0
            }
            return optional == true ? 0 : number
        }
        if let optional { return optional ? 0 : 1 }
        return category == .application ? 1 : 0
    }

    private mutating func maximum(_ element: Element, _ file: String) -> Int? {
        guard let stated = element.attribute("maxOccurs"), stated != "unbounded" else { return nil }
        if let number = Int(stated), number >= 0 { return number }
        fault(file, element, "maxOccurs '\(stated)' is no number")
        return nil
    }

    private mutating func extents(_ element: Element, _ file: String) -> [Item.Extent] {
        var result: [Item.Extent] = []
        for child in element.children where child.name == "dim" {
            guard let index = Int(child.attribute("index") ?? ""), index >= 0 else {
                fault(file, child, "dim without an index")
                continue
            }
            let isOptional = flag("required", of: child, file) == false
            result.append(.init(index: index, size: child.attribute("value") ?? "", isOptional: isOptional))
        }
        return result
    }

    private mutating func isTrue(_ name: String, of element: Element, _ file: String) -> Bool {
        flag(name, of: element, file) == true
    }

    private mutating func flag(_ name: String, of element: Element, _ file: String) -> Bool? {
        switch element.attribute(name) {
        case nil: return nil
        case "true", "True", "1": return true
        case "false", "False", "0": return false
        case let other?:
            fault(file, element, "\(name) '\(other)' is neither true nor false")
            return nil
        }
    }

    private mutating func fault(_ file: String, _ element: Element, _ what: String) {
        faults.append(Fault(file: file, line: element.line, what: what))
    }
}

extension Item {
    /// Takes over what this declaration does not state; items inside are merged by key.
    mutating func fill(from other: Item) {
        type = type ?? other.type
        units = units ?? other.units
        if enumeration == nil { (enumeration, isOpen) = (other.enumeration, other.isOpen) }
        if rank == nil, extents.isEmpty { (rank, extents) = (other.rank, other.extents) }
        deprecation = deprecation ?? other.deprecation
        target = target ?? other.target
        stated.merge(other.stated) { own, _ in own }
        for item in other.items {
            if let index = items.firstIndex(where: { $0.key == item.key }) {
                items[index].fill(from: item)
            } else {
                items.append(item)
            }
        }
    }
}
