// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5

// What holds for the file as a whole: its root, defaults, targets of links, links that lead nowhere.

struct FileCheck {
    let structures: StructureReader
    let set: DefinitionSet

    private var tree: NeXusTree { structures.tree }

    /// Attributes of the root, and what stands beside the entries.
    ///
    /// - Parameter named: Names of groups there that a definition lists.
    func checkRoot(besides named: Set<String>, _ findings: inout FindingCollector) {
        if let root = set.baseClass("NXroot") {
            let context = EntryContext(
                definition: nil, application: nil, set: set, hasSubjectRules: false, tellsUndocumented: false,
                differsInCase: false)
            let walk = EntryWalk(structures: structures, context: context, findings: findings)
            let attributes = tree.attributes(of: tree.root)
            let base = attributes.isEmpty ? nil : root
            let work = GroupWork(
                node: tree.root, className: "NXroot", application: nil, base: base, scope: "/",
                ancestors: Ancestors(tree.root, above: nil))
            let key = structures.number(ofAttributesOf: tree.root).map {
                StructureCache.RootKey(attributes: $0, base: base.map { ObjectIdentifier($0) }, context: context.key)
            }
            let plan = structures.cache.plan(key) {
                AttributePlan(
                    attributes.map(\.name), application: nil, base: base, ignored: base?.ignored ?? [],
                    isField: false, context: context)
            }
            walk.checkAttributes(
                .init(node: tree.root, application: nil, base: base, work: work, isOwnedAxis: false, isField: false),
                plan)
            findings = walk.findings
        }
        for member in tree.members(of: tree.root) where !named.contains(member.name) {
            let place = Place.object(path: member.path, attribute: nil)
            if let fault = ItemName.fault(of: member.name) {
                findings.gather(.names(fault), name: member.name, at: place)
            }
            switch member.target {
            case .group(_, nil): findings.gather(.passedOver, name: "\(member.path) (no class)", at: place)
            case .group(_, let name?) where name == "NXcollection":
                findings.gather(.passedOver, name: member.path, at: place)
            case .group(_, let name?) where name != "NXentry":
                findings.gather(
                    .undocumented, subject: "the definitions", name: "/\(member.name) (\(name))", at: place)
            case .field: findings.gather(.passedOver, name: "\(member.path) (field)", at: place)
            default: break
            }
        }
    }

    /// `@default` of groups, and `@target` of objects, each object once.
    func checkAttributes(_ findings: inout FindingCollector) {
        let main = tree.files.main
        for index in main.objects.indices {
            let attributes = main.objects[index].attributes
            guard attributes.contains(where: { $0.name == "default" || $0.name == "target" }) else { continue }
            let id = main.objects[index].id
            let node = Node(file: 0, id: id, path: main.path(of: id))
            if node.path != "/", ItemName.fault(of: lastName(node.path)) != nil { continue }
            if main.objects[index].kind == .group, let attribute = tree.attribute("default", of: node) {
                checkDefault(attribute, node, &findings)
            }
            guard let target = tree.attribute("target", of: node) else { continue }
            if let text = target.value.firstString {
                if !text.isEmpty { checkTarget(text, node, &findings) }
            } else if target.type.isNumeric {
                findings.add(.oddTarget(.noText(target.type.words)), at: node, attribute: "target")
            }
        }
    }

    private func checkDefault(_ attribute: HDF5.Attribute, _ node: Node, _ findings: inout FindingCollector) {
        guard let name = attribute.value.firstString, !name.isEmpty, tree.className(node) != "NXdata" else { return }
        let end: NXFault.OddDefault.End
        if let member = tree.member(name, of: node) {
            switch member.target {
            case .group(let group, let className):
                if className == "NXdata" { return }
                if tree.attribute("default", of: group) != nil {
                    tellCircle(of: node, &findings)
                    return
                }
                if className == "NXentry" || className == "NXsubentry" { return }
                end = .group(className: className)
            case .field: end = .field
            case .absent, .notRead(.file): return
            case .other, .notRead(.object): end = .unplottable
            }
        } else {
            end = .nothing
        }
        findings.add(.oddDefault(.init(name: name, end: end)), at: node, attribute: "default")
    }

    /// A chain of defaults that comes back to where it began, told at its member with the smallest path.
    private func tellCircle(of node: Node, _ findings: inout FindingCollector) {
        var passed = [node]
        while passed.count < EntryWalk.deepest, let last = passed.last, let name = tree.text("default", of: last),
            let next = tree.member(name, of: last)?.node
        {
            guard let back = passed.firstIndex(where: { $0.isSame(as: next) }) else {
                passed.append(next)
                continue
            }
            let first = passed[back...].min { ownPath($0).utf8.lexicographicallyPrecedes(ownPath($1).utf8) }
            guard let first, first.isSame(as: node), let name = tree.text("default", of: node) else { return }
            findings.add(.oddDefault(.init(name: name, end: .circle)), at: node, attribute: "default")
            return
        }
    }

    private func ownPath(_ node: Node) -> String {
        node.file == 0 ? tree.files.main.path(of: node.id) : node.path
    }

    private func checkTarget(_ text: String, _ node: Node, _ findings: inout FindingCollector) {
        let own = tree.resolve(text.hasPrefix("/") ? text : "/" + text, from: node)
        let inMain = tree.resolve(text.hasPrefix("/") ? text : "/" + text, from: tree.root)
        if !text.hasPrefix("/") {
            findings.add(.oddTarget(.relative(text)), at: node, attribute: "target")
            return
        }
        if let own, own.isSame(as: node) { return }
        if let inMain, inMain.isSame(as: node) { return }
        if own == nil, inMain == nil, tree.isUnknown(text, from: node) || tree.isUnknown(text, from: tree.root) {
            return
        }
        // A link that stands there and leads nowhere is told itself.
        let parent = tree.resolve(parentPath(text), from: node)
        if own == nil, inMain == nil, parent.flatMap({ tree.member(lastName(text), of: $0) })?.isBroken ?? false {
            return
        }
        let isNothing = own == nil && inMain == nil
        findings.add(.oddTarget(isNothing ? .nothing(text) : .otherObject(text)), at: node, attribute: "target")
    }

    /// Links that lead nowhere to what a definition requires; the others are told by the rules on links.
    func tell(_ links: [LinkObservations], _ findings: inout FindingCollector) {
        var seen: Set<Place> = []
        for broken in links.flatMap(\.broken) where seen.insert(broken.place).inserted {
            findings.add(.brokenLink(.init(target: broken.to)), places: [broken.place])
        }
    }
}
