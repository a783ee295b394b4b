// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension DefinitionSet {
    /// One line for each definition: name, category, what it extends, file.
    public func list(_ category: Definition.Category? = nil) -> String {
        var text = ""
        for name in names {
            guard let definition = definition(name), category == nil || definition.category == category else {
                continue
            }
            let kind = definition.category == .application ? "application" : "base class"
            text += "\(name)  \(kind), extends \(definition.parent ?? "nothing")  (\(definition.file))\n"
        }
        return text
    }

    /// The facts of a definition or of what stands at a path below it.
    ///
    /// - Parameter address: `NXmx`, or with a path of names and bracketed classes, `NXmx/entry/(NXinstrument)`.
    ///   A name of a path also finds the group without name whose class is the name with `NX` before it.
    /// - Returns: The item and everything below it, one a line; nil when there is none.
    public func show(_ address: String) -> String? {
        let parts = address.split(separator: "/").map(String.init)
        guard let name = parts.first, let definition = definition(name) else { return nil }
        guard var node = application(name)?.tree ?? baseClass(name) else { return nil }
        for part in parts.dropFirst() {
            guard let next = node.children.first(where: { $0.isNamed(part) }) else { return nil }
            node = next
        }
        var text = ""
        if parts.count == 1 {
            text += "\(name), \(definition.category == .application ? "application definition" : "base class") of "
            text += "\(self.name), extends \(chain(name).dropFirst().map(\.name).joined(separator: ", "))\n"
            for symbol in definition.symbols { text += "symbol \(symbol)\n" }
        } else {
            text += node.line(depth: 0)
        }
        var open = node.children.reversed().map { (depth: 1, node: $0) }
        while let (depth, node) = open.popLast() {
            text += node.line(depth: depth)
            open += node.children.reversed().map { (depth: depth + 1, node: $0) }
        }
        for entry in Errata.entries where entry.definition == name {
            text += "corrected: \(entry.done) (\(entry.why))\n"
        }
        return text
    }

    /// What a definition asks in this set and in another one, item by item, by path.
    ///
    /// - Returns: Lines that begin with `-` (only here), `+` (only in the other) or both; empty when all agree; nil
    ///   when neither set has the definition.
    public func difference(to other: DefinitionSet, of name: String) -> String? {
        let own = facts(of: name)
        let theirs = other.facts(of: name)
        guard own != nil || theirs != nil else { return nil }
        var text = ""
        for path in Set((own ?? [:]).keys).union((theirs ?? [:]).keys).sorted() {
            let one = own?[path]
            let another = theirs?[path]
            guard one != another else { continue }
            if let one { text += "- \(path)  \(one)\n" }
            if let another { text += "+ \(path)  \(another)\n" }
        }
        return text
    }

    private func facts(of name: String) -> [String: String]? {
        guard let root = application(name)?.tree ?? baseClass(name) else { return nil }
        var result: [String: String] = [:]
        var open = root.children.map { (path: $0.step(below: ""), node: $0) }
        while let (path, node) = open.popLast() {
            result[path] = node.facts
            open += node.children.map { (path: $0.step(below: path), node: $0) }
        }
        return result
    }
}

extension Concept {
    /// The path of this concept below another; attributes behind `@`.
    func step(below path: String) -> String { path + (kind == .attribute ? "@" : "/") + label }

    fileprivate func isNamed(_ part: String) -> Bool {
        part == label || part == item.name || (item.name == nil && item.type == "NX" + part)
            || (kind == .attribute && part == "@" + (item.name ?? ""))
    }

    fileprivate func line(depth: Int) -> String {
        String(repeating: "  ", count: depth) + (kind == .attribute ? "@" : "") + label + "  " + facts + "\n"
    }

    /// What is asked, in one line without the name.
    var facts: String {
        var words = [kind.rawValue]
        if let type = item.type { words.append(type) }
        switch (item.minimum, item.maximum) {
        case (_, 0?): words.append("excluded")
        case (0, _): words.append(item.isRecommended ? "recommended" : "optional")
        default: words.append("required")
        }
        if item.minimum > 1 || (item.maximum ?? 0) > 1 {
            words.append("\(item.minimum)..\(item.maximum.map(String.init) ?? "*")")
        }
        if item.match != .specified, item.name != nil { words.append("name \(item.match.rawValue)") }
        if let units = item.units { words.append("units \(units)") }
        if let shape = item.shape { words.append("shape \(shape)") }
        if let values = item.enumeration {
            words.append("\(item.isOpen ? "open list" : "one of") \(values.joined(separator: " | "))")
        }
        if let target = item.target { words.append("to \(target)") }
        if let deprecation = item.deprecation {
            words.append("deprecated" + (deprecation.replacement.map { ", use \($0)" } ?? ""))
        }
        return words.joined(separator: ", ")
    }
}

extension Item {
    /// Rank and sizes, such as `dataRank[nP,i,j,k?]`.
    var shape: String? {
        guard rank != nil || !extents.isEmpty else { return nil }
        let sizes = extents.map { $0.size + ($0.isOptional ? "?" : "") }.joined(separator: ",")
        return (rank ?? "") + "[\(sizes)]"
    }
}
