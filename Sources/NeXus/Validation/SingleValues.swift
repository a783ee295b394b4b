// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import HDF5

/// Values that stand alone: numbers that are none, and lists where readers take one value.
extension EntryWalk {
    /// Fields whose numbers a rule of their subject judges, NaN and infinity among them.
    func isJudgedBySubject(_ name: String, in work: GroupWork) -> Bool {
        guard context.hasSubjectRules else { return false }
        switch work.className {
        case "NXbeam":
            return ["incident_wavelength", "total_flux", "flux", "incident_energy"].contains(name)
        case "NXattenuator": return name == "attenuator_transmission"
        case "NXdetector": return name == "pixel_mask" || name == "sensor_thickness"
        default: return false
        }
    }

    /// A single number that an application definition states and that is none.
    func tellNotFinite(_ value: Value, _ demand: ValueDemand, at place: ValuePlace) {
        guard (1...16).contains(value.count), let number = value.doubles?.first(where: { !$0.isFinite }) else { return }
        let words = number.isNaN ? "nan" : "infinity"
        findings.add(
            .outsideDomain(.value(words, index: 0, type: demand.typeName, .finite)), at: place.node,
            attribute: place.attribute, concept: demand.typeName)
    }

    /// Readers turn these into one number or one text, and stop at a list.
    ///
    /// - Source: dials/nxmx `src/nxmx/__init__.py`, cctbx/dxtbx `src/dxtbx/nexus/__init__.py`.
    private static let single: [String: Set<String>] = [
        "NXdetector": [
            "bit_depth_readout", "bit_depth_image", "saturation_value", "sensor_material", "sensor_thickness",
            "x_pixel_size", "y_pixel_size",
        ],
        "NXsample": ["name"],
    ]

    func checkSingle(_ shape: [Int], _ name: String, in work: GroupWork, at place: ValuePlace) {
        guard Self.single[work.className]?.contains(name) ?? false else { return }
        let count = shape.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
        // One size for each pixel is in the definition.
        guard count > 1, !(name.hasSuffix("_pixel_size") && shape.count > 1) else { return }
        findings.add(.otherShape(.several(count)), at: place.node, concept: "single")
    }

    /// A group without a class of its own beside groups of a class that readers begin with, which holds all that the
    /// definition requires of these.
    func lostClass(of node: Node, in work: GroupWork) -> Concept? {
        let begins: Set<String> = ["NXdetector", "NXdetector_module"]
        for concept in work.application?.children ?? [] where concept.kind == .group {
            guard let type = concept.item.type, begins.contains(type) else { continue }
            let asked = concept.children.filter { $0.kind == .field && $0.isRequired }.compactMap(\.name)
            guard asked.count > 1, asked.allSatisfy({ tree.member($0, of: node) != nil }),
                tree.members(of: work.node).contains(where: { $0.className == type })
            else { continue }
            return concept
        }
        return nil
    }

    func tellLostClass(_ concept: Concept, _ className: String?, at node: Node) {
        let type = concept.item.type ?? ""
        findings.add(
            .otherClass(.init(className: className, definition: concept.definition, type: type)), at: node,
            concept: type)
    }
}
