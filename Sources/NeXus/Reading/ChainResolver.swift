// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import HDF5
internal import Transport

/// Where a `depends_on` leads.
enum DependsOn: Sendable {
    /// "." or nothing: the chain ends.
    case base
    /// An axis; `note` says what is wrong with the text although it can be followed.
    case axis(Node, note: String?)
    /// Nothing stands there, or no axis; `note` says what does.
    case undefined(AxisID, note: String? = nil)
}

/// Follows the texts of `depends_on` fields and attributes.
///
/// - Source: nexus.md rule 30; NXtransformations, NXcomponent and NXcoordinate_system of the NeXus definitions.
struct ChainResolver {
    let tree: NeXusTree

    /// The object that a `depends_on` names.
    ///
    /// - Parameters:
    ///   - text: As the file writes it: ".", a path from the root, or one relative to the group.
    ///   - group: The path, in its own file, of the group that holds the field or the axis.
    ///   - file: The number of that file.
    func target(of text: String, from group: String, file: Int) -> DependsOn {
        var note = Self.blank(around: text)
        var text = trimmed(text)
        var group = group
        var file = file
        if let note, text.isEmpty || text == "." { return text.isEmpty ? .base : .undefined(AxisID(text), note: note) }
        var passed: Set<Node.Identity> = []
        while !text.isEmpty, text != "." {
            let absolute = text.hasPrefix("/") ? text : joinedPath(group, text)
            var found = node(at: absolute, file: file)
            if found == nil, !text.hasPrefix("/") {
                found = node(at: "/" + text, file: file)
                if found != nil { note = "there is an axis at '/\(text)'; the path lacks the slash before it" }
            }
            if text.holds(".."), let meant = Self.withoutSteps(absolute), let axis = node(at: meant, file: file),
                tree.isDataset(axis)
            {
                found = axis
                note = "HDF5 does not follow '..'; that path leads to an axis if written '\(meant)'"
            }
            if found == nil, file != 0, text.hasPrefix("/") { found = node(at: text, file: 0) }
            guard let found else { return .undefined(AxisID(absolute), note: nearest(to: absolute, file: file)) }
            if tree.isDataset(found) {
                if let what = otherThanAxis(found) { return .undefined(AxisID(absolute), note: what) }
                return .axis(found, note: note)
            }
            guard passed.insert(found.identity).inserted else {
                return .undefined(AxisID(absolute), note: "its own depends_on leads back to it")
            }
            guard let onward = tree.child("depends_on", of: found).flatMap({ tree.dataset($0)?.value.firstString })
            else {
                // Groups that end a chain by themselves; any other is no axis, and readers stop there.
                let className = tree.className(found)
                if className == "NXcoordinate_system" || isAxis(found, className) { return .base }
                return .undefined(
                    AxisID(absolute),
                    note: "it is a group of \(className.map { "class \($0)" } ?? "no class"), not an axis")
            }
            text = trimmed(onward)
            group = tree.ownPath(of: found)
            file = found.file
        }
        return .base
    }

    /// A field that is no axis by what it holds, or by its name beside the axis that it belongs to.
    private func otherThanAxis(_ field: Node) -> String? {
        guard ["vector", "transformation_type"].allSatisfy({ tree.attribute($0, of: field) == nil }) else { return nil }
        if let type = tree.dataset(field)?.type, type.isString { return "it is a field of text, not an axis" }
        let isBeside = ["_end", "_increment_set"].contains { field.path.hasSuffix($0) }
        return isBeside ? "it is a field without vector and transformation_type, not an axis" : nil
    }

    /// The axis beside the place that is named, whose name is nearly the one written.
    private func nearest(to path: String, file: Int) -> String? {
        guard let group = node(at: parentPath(path), file: file) else { return nil }
        let names = tree.members(of: group).filter(\.isField).map(\.name)
        return ItemName.nearest(to: lastName(path), among: names).map {
            "there is an axis at '\(joinedPath(parentPath(path), $0))'"
        }
    }

    /// A log or a positioner that carries what makes an axis, as files of neutron sources do.
    private func isAxis(_ group: Node, _ className: String?) -> Bool {
        guard className == "NXlog" || className == "NXpositioner" else { return false }
        return [group, tree.child("value", of: group)].compactMap { $0 }.contains { carrier in
            ["vector", "transformation_type"].contains { tree.attribute($0, of: carrier) != nil }
        }
    }

    /// A blank at an end of a path, with which libraries look the path up.
    private static func blank(around text: String) -> String? {
        let (head, tail) = (text.first?.isWhitespace ?? false, text.last?.isWhitespace ?? false)
        guard head || tail else { return nil }
        return "a blank stands \(head ? "before" : "behind") the path, and libraries look for it with the blank"
    }

    private func node(at path: String, file: Int) -> Node? {
        guard let (object, owner) = tree.objects.object(at: path, in: file) else { return nil }
        return Node(file: owner, id: object, path: path)
    }

    /// The path with '..' taken as a step outward; nil when it leaves the file.
    static func withoutSteps(_ path: String) -> String? {
        var names: [Substring] = []
        for name in path.split(separator: "/") {
            switch name {
            case ".": continue
            case "..":
                guard names.popLast() != nil else { return nil }
            default: names.append(name)
            }
        }
        return "/" + names.joined(separator: "/")
    }
}
