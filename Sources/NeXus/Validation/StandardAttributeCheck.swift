// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5

extension EntryWalk {
    func checkStandardAttributes(
        _ node: Node, _ plan: AttributePlan, _ dataset: Dataset, _ facts: ItemFacts, members: [Member]
    ) {
        for (attribute, slot) in zip(tree.attributes(of: node), plan.slots) where slot.isOfFields {
            switch attribute.name {
            case "signal", "axis", "primary":
                checkOrdinal(attribute, node)
            case "interpretation":
                checkWord(attribute, node, StandardAttributes.interpretations)
            case "calibration_status":
                checkWord(attribute, node, StandardAttributes.calibrations)
            case "axes":
                checkAxes(attribute, node, members)
            default:
                checkStride(attribute, node, dataset)
            }
            if let stated = facts.stated(attribute.name), let text = Self.text(attribute.value), text != stated {
                findings.add(
                    .outsideList(.fixed(text, definition: facts.concept?.definition ?? "", value: stated)), at: node,
                    attribute: attribute.name, concept: "stated")
            }
        }
    }

    private static func text(_ value: Value) -> String? {
        value.firstInt.map { String($0) } ?? value.firstDouble.map { String($0) } ?? value.firstString
    }

    private func checkOrdinal(_ attribute: HDF5.Attribute, _ node: Node) {
        let number = attribute.value.firstInt ?? attribute.value.firstString.flatMap { Int($0) }
        if let number, number > 0 { return }
        let text = Self.text(attribute.value) ?? attribute.type.words
        findings.add(
            .outsideDomain(.ordinal(text, attribute: attribute.name)), at: node, attribute: attribute.name,
            concept: "standard")
    }

    private func checkWord(_ attribute: HDF5.Attribute, _ node: Node, _ words: Set<String>) {
        if let text = attribute.value.firstString, words.contains(text) { return }
        let text = Self.text(attribute.value) ?? attribute.type.words
        findings.add(
            .outsideList(.standard(text, attribute: attribute.name, list: words.sorted())), at: node,
            attribute: attribute.name, concept: "standard")
    }

    /// Names of siblings, in one string with commas or colons or in an array.
    private func checkAxes(_ attribute: HDF5.Attribute, _ node: Node, _ members: [Member]) {
        let names = (attribute.value.texts ?? []).flatMap { AxisList.names(in: $0.string) }
        let absent = names.filter { name in name != "." && !members.contains { $0.name == name && !$0.isGroup } }
        guard names.isEmpty || !absent.isEmpty, !isMetElsewhere(names, node) else { return }
        findings.add(
            .contradictingData(.axesOfSignal(names, absent: absent.first)), at: node, attribute: "axes",
            concept: "standard")
    }

    /// Whether a field with several hard links stands beside the axes at another of its places.
    private func isMetElsewhere(_ names: [String], _ node: Node) -> Bool {
        guard !names.isEmpty else { return false }
        return tree.groups(holding: node).contains { group in
            names.allSatisfy { $0 == "." || tree.object(group)?.link($0) != nil }
        }
    }

    /// Stride and offset come together, with one integer for each dimension.
    private func checkStride(_ attribute: HDF5.Attribute, _ node: Node, _ dataset: Dataset) {
        let other = attribute.name == "stride" ? "data_offset" : "stride"
        var fault: NXFault.ContradictingData?
        if tree.attribute(other, of: node) == nil {
            fault = .strideAlone(attribute.name, other: other)
        } else if !attribute.type.isInteger {
            fault = .strideType(attribute.name, stored: attribute.type.words)
        } else if attribute.value.count != max(1, dataset.shape?.count ?? 1) {
            fault = .strideCount(attribute.name, attribute.value.count, rank: dataset.shape?.count ?? 0)
        }
        if let fault {
            findings.add(.contradictingData(fault), at: node, attribute: attribute.name, concept: "standard")
        }
    }
}
