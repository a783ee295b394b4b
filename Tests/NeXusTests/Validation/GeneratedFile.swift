// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5
import Units

@testable import NeXus

/// A file that holds what an application definition requires and nothing else, made from its facts.
struct GeneratedFile {
    /// A group, a field or an attribute that is written.
    final class Node {
        enum Kind {
            case group(String)
            case field(Content)
            case attribute(Content)
        }

        let path: String
        var kind: Kind
        let concept: Concept?
        var children: [Node] = []

        init(_ path: String, _ kind: Kind, _ concept: Concept?) {
            self.path = path
            self.kind = kind
            self.concept = concept
        }

        var isAttribute: Bool { if case .attribute = kind { true } else { false } }
        var isGroup: Bool { if case .group = kind { true } else { false } }
        var name: String { String(path.split { $0 == "/" || $0 == "@" }.last ?? "") }
    }

    let set: DefinitionSet
    let name: String
    let root: Node

    init?(_ name: String, in set: DefinitionSet) {
        guard let application = set.application(name) else { return nil }
        let entries = application.tree.children.filter { $0.kind == .group && $0.item.type == "NXentry" }
        guard let entry = set.union(entries) else { return nil }
        self.set = set
        self.name = name
        root = Node("/entry", .group("NXentry"), entry)
        fill(root, entry, set.baseClass("NXentry"))
    }

    /// Items that a definition requires and whose absence is a fault of its own, in order of path.
    ///
    /// What stands in an NXcollection is never looked at, though three definitions require items there.
    var required: [Node] {
        var result: [Node] = []
        var open = root.children
        while let node = open.popLast() {
            if node.concept?.isRequired ?? false, node.concept?.item.minimum == 1 { result.append(node) }
            if case .group("NXcollection") = node.kind { continue }
            open += node.children
        }
        return result.sorted { $0.path < $1.path }
    }

    /// Writes the file, without one item and what is below it.
    func write(to path: String, without left: String? = nil) throws {
        let writer = try Writer(creating: path)
        var open = [root]
        while let node = open.popLast() {
            if node.path == left { continue }
            switch node.kind {
            case .group(let className): try writer.group(node.path, nexusClass: className)
            case .field(let content): try writer.dataset(node.path, content)
            case .attribute(let content):
                try writer.attribute(node.name, content, on: String(node.path.prefix { $0 != "@" }))
            }
            open += node.children.filter { !$0.isAttribute }
            open += node.children.filter(\.isAttribute)
        }
        try writer.close()
    }

    // MARK: What is written

    private func fill(_ node: Node, _ concept: Concept, _ base: Concept?) {
        let children = concept.children.filter { $0.kind != .attribute }
        var met: Set<ObjectIdentifier> = []
        // Names that are fixed come first: they serve what other definitions of the chain ask of any name.
        let ordered =
            children.filter { $0.item.match == .specified && $0.name != nil }
            + children.filter { $0.item.match != .specified || $0.name == nil }
        for child in ordered where child.isRequired && !met.contains(ObjectIdentifier(child)) {
            for index in 0..<max(1, child.item.minimum) { add(child, index, to: node, children, base, &met) }
        }
        for child in base?.children ?? [] where child.isRequired && child.kind != .attribute {
            let isThere = node.children.contains { !$0.isAttribute && $0.name == child.name }
            if !isThere, child.name != nil { add(child, 0, to: node, [], base, &met) }
        }
        for child in concept.children where child.isRequired && child.kind == .attribute {
            addListed(child, concept, to: node, base, &met)
            addAttribute(child, of: concept, to: node, base)
        }
        for child in base?.children ?? [] where child.isRequired && child.kind == .attribute {
            if !node.children.contains(where: { $0.isAttribute && $0.name == child.name }) {
                addAttribute(child, of: concept, to: node, base)
            }
        }
    }

    private func add(
        _ child: Concept, _ index: Int, to node: Node, _ siblings: [Concept], _ base: Concept?,
        _ met: inout Set<ObjectIdentifier>
    ) {
        let suffix = index == 0 ? "" : "_\(index)"
        switch child.kind {
        case .group, .choice:
            let group = child.kind == .choice ? child.children.first { $0.kind == .group } ?? child : child
            guard let type = group.item.type else { return }
            let own = child.name.map { plain($0, child.item.match) } ?? "a_" + type.dropFirst(2).lowercased()
            var mask = child.mask
            let others = siblings.filter { other in
                guard other !== child, other.kind == .group, other.mask & mask == 0, let asked = other.item.type,
                    set.isClass(type, orExtends: asked),
                    other.name.map({ nameFit(own, $0, other.item.match, pattern: other.pattern) != nil }) ?? true
                else { return false }
                mask |= other.mask
                return true
            }
            met.formUnion(others.map { ObjectIdentifier($0) })
            let inner = Node("\(node.path)/\(own)\(suffix)", .group(type), others.isEmpty ? child : nil)
            node.children.append(inner)
            fill(inner, set.union([group] + others) ?? group, baseOfGroup(own, type, base))
        case .field:
            let own = plain(child.name ?? "field", child.item.match) + suffix
            let facts = ItemFacts(application: child, base: fit(own, .field, base))
            let path = "\(node.path)/\(own)"
            let inner = Node(path, .field(content(facts, named: own)), child)
            node.children.append(inner)
            let listed = child.children.contains { $0.kind == .attribute && $0.name == "units" }
            if !listed, let units = facts.units, let text = unit(units) {
                inner.children.append(Node(path + "@units", .attribute(.string(text)), nil))
            }
            fill(inner, child, facts.base)
        case .link:
            let own = child.name ?? "link"
            let path = "\(node.path)/\(own)"
            let facts = ItemFacts(application: nil, base: fit(own, .field, base), isLinkOnly: true)
            let inner = Node(path, .field(content(facts, named: own)), child)
            inner.children.append(Node(path + "@target", .attribute(.string(path)), nil))
            if let text = facts.units.flatMap(unit) {
                inner.children.append(Node(path + "@units", .attribute(.string(text)), nil))
            }
            node.children.append(inner)
        case .attribute:
            return
        }
    }

    /// The axes that an enumeration names, with what the definition says of them.
    private func addListed(
        _ child: Concept, _ concept: Concept, to node: Node, _ base: Concept?, _ met: inout Set<ObjectIdentifier>
    ) {
        guard child.name == "axes", let item = child.item.enumeration?.first, item.hasPrefix("[") else { return }
        let names = item.split { "[]', \"".contains($0) }.map(String.init)
        for name in names where name != "." && !node.children.contains(where: { $0.name == name }) {
            if let axis = concept.children.first(where: { $0.name == name && $0.kind == .field }) {
                add(axis, 0, to: node, [], base, &met)
            }
        }
        let fields = node.children.filter { !$0.isGroup && !$0.isAttribute }
        let signal = signal(of: node, fields)
        if let field = node.children.first(where: { $0.name == signal }), case .field(let content) = field.kind,
            content.shape == []
        {
            let shape = names.map { _ in Self.symbol }
            field.kind = .field(.array([Double](repeating: 1, count: shape.reduce(1, *)), shape: shape))
        }
    }

    /// The base class's statement on a group of this class and name, laid over its class.
    private func baseOfGroup(_ name: String, _ type: String, _ base: Concept?) -> Concept? {
        guard let root = set.baseClass(type) else { return nil }
        let fitting = (base?.children ?? []).filter { concept in
            concept.kind == .group && concept.item.type == type && !concept.children.isEmpty
        }.compactMap { concept in
            concept.name.map { nameFit(name, $0, concept.item.match, pattern: concept.pattern) }.flatMap { $0 }.map {
                ($0, concept)
            }
        }
        return fitting.max { $0.0 < $1.0 }.flatMap { set.union([$0.1, root]) } ?? root
    }

    private func addAttribute(_ child: Concept, of concept: Concept, to node: Node, _ base: Concept?) {
        guard let stated = child.name else { return }
        let own = plain(stated, child.item.match)
        guard !node.children.contains(where: { $0.path == "\(node.path)@\(own)" }) else { return }
        let facts = ItemFacts(application: child, base: fit(own, .attribute, base))
        let fields = node.children.filter { !$0.isGroup && !$0.isAttribute }
        let content: Content
        switch own {
        case "signal" where facts.enumeration == nil: content = .string(signal(of: node, fields))
        case "axes" where !node.isGroup: content = .string(".")
        case "interpretation" where facts.enumeration == nil: content = .string("image")
        case "axes" where facts.enumeration == nil: content = .strings(axes(of: node, fields))
        case "auxiliary_signals": content = .strings([signal(of: node, fields)])
        case "units" where facts.enumeration == nil:
            content = .string((concept.item.units ?? base?.item.units).flatMap(unit) ?? "count")
        case "default": content = .string(node.children.first(where: \.isGroup)?.name ?? "data")
        default: content = self.content(facts, named: own)
        }
        node.children.append(Node("\(node.path)@\(own)", .attribute(content), child))
    }

    /// The field of an NXdata that is its signal; a field of its own where none is required.
    private func signal(of node: Node, _ fields: [Node]) -> String {
        if let field = fields.first(where: { $0.name == "data" || $0.name == "intensity" }) ?? fields.first {
            return field.name
        }
        node.children.append(Node(node.path + "/data", .field(.array([1.0, 2.0])), nil))
        return "data"
    }

    private func axes(of node: Node, _ fields: [Node]) -> [String] {
        guard let signal = (node.children.first { $0.name == self.signal(of: node, fields) }),
            case .field(let content) = signal.kind
        else { return ["."] }
        return content.shape?.map { _ in "." } ?? []
    }

    /// A name that fits one of a definition: runs of capitals in lower case where they are flexible.
    private func plain(_ name: String, _ match: Item.Match) -> String {
        guard match != .specified else { return name }
        return NamePattern.runs(of: name).reduce(name) { text, run in
            text.split(separator: run, omittingEmptySubsequences: false).joined(separator: run.lowercased())
        }
    }

    private func fit(_ name: String, _ kind: Item.Kind, _ base: Concept?) -> Concept? {
        let fitting = (base?.children ?? []).filter { $0.kind == kind }.compactMap { concept in
            nameFit(name, concept.name ?? "", concept.item.match, pattern: concept.pattern).map { ($0, concept) }
        }
        return fitting.max { $0.0 < $1.0 }?.1
    }

    private func unit(_ category: String) -> String? {
        if category == "NX_TRANSFORMATION" { return "" }
        guard let known = UnitCategory(category), known.asksForUnits else { return nil }
        return known.example
    }

    // MARK: Values

    private func content(_ facts: ItemFacts, named name: String) -> Content {
        if name == "definition" { return .string(self.name) }
        let shape = shape(facts)
        let count = shape.reduce(1, *)
        if let first = facts.enumeration?.values.first { return listed(first, facts.type, shape, count) }
        if name == "depends_on" { return .string(".") }
        switch facts.type {
        case "NX_FLOAT", "NX_NUMBER": return .array([Double](repeating: 1, count: count), shape: shape)
        case "NX_INT": return .array([Int32](repeating: 1, count: count), shape: shape)
        case "NX_UINT", "NX_POSINT": return .array([UInt32](repeating: 1, count: count), shape: shape)
        case "NX_BINARY": return .array([UInt8](repeating: 1, count: count), shape: shape)
        case "NX_BOOLEAN": return .booleans([Bool](repeating: true, count: count), shape: shape)
        case "NX_DATE_TIME", "ISO8601":
            return .strings([String](repeating: "2026-01-01T00:00:00Z", count: count), shape: shape)
        case "NX_COMPLEX", "NX_CCOMPLEX", "NX_PCOMPLEX":
            let part = DataType.float(bytes: 8, bigEndian: false)
            return .raw(
                .compound([.init(name: "r", type: part), .init(name: "i", type: part)]), shape: shape,
                bytes: [UInt8](repeating: 0, count: 16 * count))
        case "NX_QUATERNION": return .array([1.0, 0, 0, 0], shape: [4])
        default: return .strings([String](repeating: "text", count: count), shape: shape)
        }
    }

    private func listed(_ item: String, _ type: String, _ shape: [Int], _ count: Int) -> Content {
        let parts = item.hasPrefix("[") ? item.dropFirst().dropLast().split(separator: ",").map(String.init) : [item]
        let numbers = parts.compactMap { Double($0.filter { $0 != " " }) }
        switch type {
        case "NX_INT": return .array(numbers.map { Int32($0) })
        case "NX_UINT", "NX_POSINT": return .array(numbers.map { UInt32($0) })
        case "NX_FLOAT", "NX_NUMBER": return .array(numbers)
        case "NX_BOOLEAN": return .boolean(item.lowercased() == "true" || item == "1")
        default:
            guard item.hasPrefix("[") else { return .strings([String](repeating: item, count: count), shape: shape) }
            return .strings(parts.map { String($0.filter { !" '\"".contains($0) }) })
        }
    }

    private func shape(_ facts: ItemFacts) -> [Int] {
        for item in [facts.application?.item, facts.base?.item] {
            guard let item, item.rank != nil || !item.extents.isEmpty else { continue }
            let extents = item.extents.filter { $0.index >= 1 }
            let required = extents.filter { !$0.isOptional }.count
            let rank = item.rank.flatMap { Int($0) }.map { required == extents.count ? $0 : required } ?? required
            return (0..<rank).map { index in size(extents.first { $0.index == index + 1 }?.size ?? "") }
        }
        return []
    }

    private func size(_ text: String) -> Int {
        switch SizeExpression(text) {
        case .number(let number): max(1, number)
        case .linear(let factor, _, let constant): max(1, factor * Self.symbol + constant)
        case .sum(let symbols, let constant): max(1, symbols.count * Self.symbol + constant)
        case .free: Self.symbol
        }
    }

    /// The value of every symbol.
    private static let symbol = 2
}

extension Writer {
    /// Creates a group with an attribute NX_class.
    func group(_ path: String, nexusClass: String) throws {
        try group(path)
        try attribute("NX_class", .string(nexusClass), on: path)
    }
}
