// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5

// Ranks and sizes of fields and attributes.

extension EntryWalk {
    /// Compares a shape with what the application states, or leniently with what only the base class states.
    func checkShape(_ shape: [Int], _ demand: ShapeDemand?, scope: String, at place: ValuePlace) {
        guard let demand else { return }
        if demand.isStrict {
            checkStrictly(shape, demand, scope: scope, at: place)
        } else {
            checkLeniently(shape, demand, at: place)
        }
    }

    private func checkStrictly(_ stored: [Int], _ demand: ShapeDemand, scope: String, at place: ValuePlace) {
        let concept = demand.concept
        let rank = concept.item.rank
        var shape = stored
        let isScalar = stored.isEmpty || stored == [1]
        if stored.isEmpty, demand.ranks?.contains(1) ?? false, rank == nil || rank == "1" { shape = [1] }
        if let ranks = demand.ranks, !ranks.contains(shape.count) {
            if shape.count == 4, isChannelData(concept, place) {
                compare([shape[0], shape[2], shape[3]], demand, scope: scope, at: place, isScalar: false)
                return
            }
            tellShape(stored, concept, at: place)
            return
        }
        if shape.count == 4, isChannelData(concept, place) { shape.remove(at: 1) }
        compare(shape, demand, scope: scope, at: place, isScalar: isScalar)
    }

    private func compare(_ shape: [Int], _ demand: ShapeDemand, scope: String, at place: ValuePlace, isScalar: Bool) {
        var isWrong = false
        for extent in demand.extents where extent.index <= shape.count {
            let length = shape[extent.index - 1]
            switch extent.size {
            case .number(let size):
                if size != length { isWrong = true }
            case .linear(let factor, let symbol, let constant):
                guard !isScalar, place.attribute == nil, !isOwnedLength(symbol, place) else { continue }
                let rest = length - constant
                if rest < 0 || rest % factor != 0 {
                    isWrong = true
                } else {
                    symbols.note(symbol, rest / factor, in: scope, by: place.node)
                }
            case .sum(let parts, let constant):
                guard !isScalar, place.attribute == nil else { continue }
                symbols.note(parts, constant: constant, length: length, in: scope, by: place.node)
            case .free:
                continue
            }
        }
        if isWrong { tellShape(shape, demand.concept, at: place) }
    }

    /// Lengths of per-frame values are compared with the frames by a subject rule.
    private func isOwnedLength(_ symbol: String, _ place: ValuePlace) -> Bool {
        let owned = ["incident_wavelength", "count_time", "frame_time"]
        return context.hasSubjectRules && symbol == "nP" && owned.contains(lastName(place.node.path))
    }

    /// Erratum: NXmx data with channels have one dimension more, behind that of the frames.
    private func isChannelData(_ concept: Concept, _ place: ValuePlace) -> Bool {
        guard context.isNXmx, concept.name == "data", place.attribute == nil else { return false }
        guard let parent = tree.resolve(parentPath(place.node.path), from: tree.root) else { return false }
        if tree.attribute("axes", of: parent)?.value.texts?.contains(where: { $0.string == "channel" }) ?? false {
            return true
        }
        if tree.members(of: parent).contains(where: { $0.className == "NXdetector_channel" }) { return true }
        guard tree.className(parent) == "NXdata" else { return false }
        return tree.files.main.objects.contains { object in
            object.attribute("NX_class")?.value.firstString == "NXdetector_channel"
        }
    }

    private func checkLeniently(_ shape: [Int], _ demand: ShapeDemand, at place: ValuePlace) {
        guard shape.count == demand.lenientRank, shape.contains(where: { $0 != 1 }) else { return }
        let isWrong = demand.extents.contains { extent in
            guard extent.index <= shape.count, case .number(let size) = extent.size else { return false }
            return size != shape[extent.index - 1]
        }
        if isWrong { tellShape(shape, demand.concept, at: place) }
    }

    private func tellShape(_ shape: [Int], _ concept: Concept, at place: ValuePlace) {
        let sizes = concept.item.extents.sorted { $0.index < $1.index }.map { ($0.size, $0.isOptional) }
        let asked = NXFault.OtherShape.Asked(definition: concept.definition, rank: concept.item.rank, sizes: sizes)
        findings.add(
            .otherShape(.shape(shape, asked)), at: place.node, attribute: place.attribute, concept: concept.definition)
    }
}
