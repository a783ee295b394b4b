// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5

// NXdata: signals, axes and errors against each other.
//
// Source: NXdata, version 3; nexusformat/definitions#1396.

extension EntryWalk {
    func checkDataGroup(_ work: GroupWork, _ members: [Member]) {
        let axes = tree.attribute("axes", of: work.node)
        let auxiliary = tree.attribute("auxiliary_signals", of: work.node)?.value.texts?.map(\.string) ?? []
        checkErrors(members)
        guard let name = signalName(work, members) else { return }
        guard let signal = members.first(where: { $0.name == name }) else {
            // Frames in blocks without a field that joins them are image data, of which a subject rule speaks.
            if context.hasSubjectRules, name == "data", members.contains(where: { $0.name.hasPrefix("data_0") }) {
                return
            }
            if requires(name, work) { return }
            let fields = members.filter(\.isField).prefix(5).map(\.name)
            findings.add(.absentSignal(.absent(name, fields: fields)), at: work.node, attribute: "signal")
            return
        }
        if signal.isBroken { return }
        guard signal.isField, let node = signal.node, let shape = tree.dataset(node)?.shape else {
            findings.add(.absentSignal(.noField(name)), at: work.node, attribute: "signal")
            return
        }
        for other in auxiliary { checkAuxiliary(other, shape, name, members, work) }
        if let axes { checkAxes(axes, signal: name, shape, members, work) }
    }

    /// Whether the absence of a field is told because the definition requires it.
    private func requires(_ name: String, _ work: GroupWork) -> Bool {
        work.application?.children.contains { $0.kind != .attribute && $0.isRequired && $0.name == name } ?? false
    }

    private func signalName(_ work: GroupWork, _ members: [Member]) -> String? {
        guard let attribute = tree.attribute("signal", of: work.node), let name = attribute.value.firstString else {
            return nil
        }
        return name
    }

    private func checkErrors(_ members: [Member]) {
        for member in members where member.isField && member.name.hasSuffix("_errors") {
            let stem = String(member.name.dropLast(7))
            guard let errors = member.node, let own = tree.dataset(errors)?.shape,
                let node = members.first(where: { $0.name == stem && $0.isField })?.node,
                let shape = tree.dataset(node)?.shape, own != shape
            else { continue }
            findings.add(
                .contradictingData(.errors(name: member.name, shape: own, of: stem, itsShape: shape)), at: errors)
        }
    }

    private func checkAuxiliary(
        _ name: String, _ shape: [Int], _ signal: String, _ members: [Member], _ work: GroupWork
    ) {
        guard let member = members.first(where: { $0.name == name }) else {
            findings.add(
                .contradictingData(.absentAuxiliary(name)), at: work.node, attribute: "auxiliary_signals")
            return
        }
        guard let node = member.node, let own = tree.dataset(node)?.shape, own != shape else { return }
        findings.add(
            .contradictingData(.auxiliary(name, shape: own, signal: signal, itsShape: shape)), at: node,
            concept: "auxiliary")
    }

    private func checkAxes(
        _ attribute: HDF5.Attribute, signal: String, _ shape: [Int], _ members: [Member], _ work: GroupWork
    ) {
        guard let texts = attribute.value.texts?.map(\.string) else { return }
        var names = texts
        if texts.count == 1, let text = texts.first, text.contains(where: { ",:".contains($0) }) {
            names = AxisList.names(in: text)
            tellAxes(names, signal, shape, .inOneString, work, attribute: "axes")
        }
        let isSpread = names.filter { $0 != "." }.allSatisfy { indices(of: $0, work) != nil } && !names.isEmpty
        // '.' stands for a dimension, so that a list with one has a name for each.
        if names.count != shape.count, names.contains(".") || !(isSpread && names.count >= shape.count) {
            tellAxes(
                names, signal, shape, .count(names: names.count, dimensions: shape.count), work, attribute: "axes")
            return
        }
        for (position, name) in names.enumerated() where name != "." {
            guard let member = members.first(where: { $0.name == name }) else {
                if requires(name, work) || isMissedByChains(name, work) { continue }
                tellAxes(names, signal, shape, .absent(name), work, attribute: "axes")
                continue
            }
            if member.isGroup {
                tellAxes(names, signal, shape, .noField(name), work, attribute: "axes")
                continue
            }
            guard let node = member.node, member.isField, let own = tree.dataset(node)?.shape, !own.isEmpty else {
                continue
            }
            checkAxis(name, node, own, position, names, signal, shape, work)
        }
        checkOtherAxes(names, signal, shape, members, work)
    }

    /// Axes that `axes` does not name but whose dimensions the group states.
    private func checkOtherAxes(
        _ names: [String], _ signal: String, _ shape: [Int], _ members: [Member], _ work: GroupWork
    ) {
        guard !names.isEmpty, !shape.isEmpty else { return }
        for attribute in tree.attributes(of: work.node) where attribute.name.hasSuffix("_indices") {
            let name = String(attribute.name.dropLast(8))
            guard !names.contains(name), attribute.type.isInteger else { continue }
            guard let member = members.first(where: { $0.name == name }) else {
                if isMissedByChains(name, work) { continue }
                tellAxes(names, signal, shape, .absent(name), work, attribute: attribute.name)
                continue
            }
            guard let node = member.node, member.isField, let own = tree.dataset(node)?.shape, !own.isEmpty else {
                continue
            }
            checkAxis(name, node, own, 0, names, signal, shape, work)
        }
    }

    /// Whether the sample hangs on an axis of this name that is absent there too, of which the rules on axes and links tell.
    private func isMissedByChains(_ name: String, _ work: GroupWork) -> Bool {
        let entry = tree.entries.first { work.node.path.hasPrefix($0.path + "/") }
        guard context.hasSubjectRules, let entry else { return false }
        let resolver = ChainResolver(tree: tree)
        func isMissed(_ text: String?, from group: Node) -> Bool {
            guard let text, text.hasSuffix(name) else { return false }
            guard
                case .undefined(let axis, _) = resolver.target(
                    of: text, from: tree.ownPath(of: group), file: group.file)
            else { return false }
            return axis.name == name
        }
        return tree.groups("NXsample", in: entry).contains { sample in
            let field = tree.child("depends_on", of: sample).flatMap { tree.dataset($0) }
            return isMissed(field?.value.firstString, from: sample)
                || tree.groups("NXtransformations", in: sample).contains { group in
                    tree.members(of: group).contains { axis in
                        isMissed(axis.node.flatMap { tree.text("depends_on", of: $0) }, from: group)
                    }
                }
        }
    }

    private func indices(of name: String, _ work: GroupWork) -> [Int]? {
        guard let value = tree.attribute(name + "_indices", of: work.node)?.value else { return nil }
        return value.doubles?.map { Int(exactly: $0) ?? -1 }
    }

    private func checkAxis(
        _ name: String, _ node: Node, _ own: [Int], _ position: Int, _ names: [String], _ signal: String,
        _ shape: [Int], _ work: GroupWork
    ) {
        let stated = indices(of: name, work)
        let dimensions = stated ?? Array(position..<(position + own.count))
        guard dimensions.count == own.count, dimensions.allSatisfy({ shape.indices.contains($0) }) else {
            if own.allSatisfy({ $0 == 1 }), stated?.allSatisfy({ shape.indices.contains($0) }) ?? true { return }
            tellAxes(
                names, signal, shape, stated == nil ? .rank(name, own.count) : .indices(name, dimensions), work,
                attribute: stated == nil ? "axes" : name + "_indices")
            return
        }
        if let stated, stated.count == 1, stated[0] != position, names.count == shape.count, names.contains(name) {
            tellAxes(
                names, signal, shape, .position(name, stands: position, stated: stated[0]), work,
                attribute: name + "_indices")
            return
        }
        // How many settings the axis of a scan has is SCAN-006.
        if context.hasSubjectRules, tree.attribute("transformation_type", of: node) != nil { return }
        for (dimension, length) in zip(dimensions, own) where length != 1 || own.count > 1 {
            guard length != shape[dimension], length != shape[dimension] &+ 1 else { continue }
            findings.add(
                .contradictingData(
                    .axes(names, signal: signal, shape: shape, .length(name, length, of: shape[dimension]))),
                at: node, concept: "axis of \(work.node.path)")
        }
    }

    private func tellAxes(
        _ names: [String], _ signal: String, _ shape: [Int], _ fault: NXFault.ContradictingData.AxesFault,
        _ work: GroupWork, attribute: String
    ) {
        findings.add(
            .contradictingData(.axes(names, signal: signal, shape: shape, fault)), at: work.node, attribute: attribute,
            concept: fault.concept)
    }
}
