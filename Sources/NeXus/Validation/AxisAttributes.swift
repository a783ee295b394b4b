// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5

// Axes of entries that no subject rule reads: what places an axis, also where the definitions in force do not say it.
//
// Source: NXtransformations, AXISNAME and its attributes.

extension EntryWalk {
    func checkAxisAttributes(_ owner: Owner, _ dataset: Dataset) {
        checkVectorLength(owner, dataset)
        guard owner.work.className == "NXtransformations" else { return }
        for name in ["vector", "offset"] where !states(name, owner) {
            guard let attribute = tree.attribute(name, of: owner.node) else {
                if name == "vector", !isNumberless(dataset) { tellAbsentVector(owner) }
                continue
            }
            if !attribute.type.isNumeric {
                findings.add(.unfitForm(.axis(stored: attribute.type.words)), at: owner.node, attribute: name)
            } else if attribute.value.count != 3 {
                findings.add(.otherShape(.axis(count: attribute.value.count)), at: owner.node, attribute: name)
            }
        }
        if !states("transformation_type", owner), let text = tree.text("transformation_type", of: owner.node),
            text != "translation", text != "rotation"
        {
            findings.add(.outsideList(.axisType(text)), at: owner.node, attribute: "transformation_type")
        }
    }

    /// Whether the definitions in force say something of an attribute.
    private func states(_ attribute: String, _ owner: Owner) -> Bool {
        [owner.application, owner.base].contains { concept in
            concept?.children.contains { $0.kind == .attribute && $0.name == attribute } ?? false
        }
    }

    private func isNumberless(_ dataset: Dataset) -> Bool { !dataset.type.isNumeric }

    private func tellAbsentVector(_ owner: Owner) {
        findings.add(.absentAttribute(.vector), absent: owner.node.path, attribute: "vector")
    }

    /// A direction without length; a translation whose values are all 0 moves nothing and passes.
    private func checkVectorLength(_ owner: Owner, _ dataset: Dataset) {
        guard let vector = tree.attribute("vector", of: owner.node)?.value.doubles, vector.count == 3 else { return }
        // Without a type it is a direction only, which moves nothing; what is not a number is no axis in use.
        guard tree.text("transformation_type", of: owner.node) != nil else { return }
        let isFinite = vector.allSatisfy(\.isFinite)
        guard !isFinite || vector.allSatisfy({ $0 == 0 }) else { return }
        let isTranslation = tree.text("transformation_type", of: owner.node) == "translation"
        if isFinite, isTranslation, dataset.value.doubles?.allSatisfy({ $0 == 0 }) ?? false { return }
        findings.add(
            .zeroVector(.init(axis: lastName(owner.node.path), vector: vector)), at: owner.node, attribute: "vector")
    }
}
