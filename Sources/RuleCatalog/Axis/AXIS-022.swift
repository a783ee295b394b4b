// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let axis022 = Rule(
        "AXIS-022", .A, "transformation lacks a part that places it", applies: .nxmx,
        what: """
            The parts that place each axis that a chain leads through: vector, and offset where it is given, hold three numbers; units \
            are those of an angle for a rotation and of a length for a translation. The kind of motion itself belongs \
            to AXIS-006.
            """,
        why: """
            Without its direction or its unit an axis cannot be applied: readers stop, or take metres for millimetres.
            """,
        fix: "Write the attributes vector (three numbers) and units ('deg' or 'mm') on the field of the axis.",
        references: [
            "NXtransformations/AXISNAME@vector, @offset, @units",
            "cctbx/cctbx_project#142",
            "cctbx/cctbx_project#280",
        ],
        checks: [.experiment(partsOfAxes), .conformance])
}

private func partsOfAxes(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    let pixelAxes = view.axisUse.pixelAxes
    let reached = view.axisUse.reached
    for axis in view.experiment.axes where reached.contains(axis.id) {
        // A pixel direction that is typed a rotation belongs to AXIS-006; its unit is a length all the same.
        let isMistyped = pixelAxes.contains(axis.id) && axis.motion.value != .translation
        for fault in axis.faults where !(isMistyped && fault.kind == .unitsUnusable) {
            if fault.kind == .valueUnread {
                verdicts.notChecked(.unread("the value of '\(axis.id)' is \(fault.found)"))
                continue
            }
            if fault.kind == .partMisnamed {
                verdicts.report(
                    "axis '\(axis.id)' has no \(fault.found); '\(attribute(of: fault.place))' is meant, as it seems",
                    at: [fault.place], values: [("axis", .text(axis.id.text)), ("part", .text(fault.found))],
                    subjects: verdicts.axes([axis.id]))
                continue
            }
            guard let (part, expected) = words(fault.kind, axis.motion.value) else { continue }
            verdicts.report(
                "axis '\(axis.id)' \(has(part, fault)); \(expected) is expected", at: [fault.place],
                values: [("axis", .text(axis.id.text)), ("part", .text(part)), ("value", .text(fault.found))],
                subjects: verdicts.axes([axis.id]))
        }
    }
}

/// "has no units", "has vector = '0 0 1'", "has a vector of 2 numbers".
private func has(_ part: String, _ fault: AxisFault) -> String {
    if fault.found.isEmpty { return "has no \(part)" }
    if fault.found.hasSuffix(" number") || fault.found.hasSuffix(" numbers") { return "has \(part) of \(fault.found)" }
    let isQuoted = fault.found.first == "'"
    return "has \(part) = " + (isQuoted ? Wording.excerpt(fault.found) : "'\(Wording.excerpt(fault.found))'")
}

private func attribute(of place: Place) -> String {
    if case .object(_, let name?) = place.spot { name } else { "another attribute" }
}

private func words(_ kind: AxisFault.Kind, _ motion: AxisMotion) -> (part: String, expected: String)? {
    switch kind {
    case .vectorAbsent, .vectorUnusable: return ("vector", "a vector of three numbers")
    case .offsetUnusable: return ("offset", "an offset of three numbers")
    case .unitsAbsent, .unitsUnusable:
        return ("units", motion == .rotation ? "a unit of angle" : "a unit of length")
    case .valueUnusable: return ("value", "one number")
    case .offsetUnitsAbsent, .offsetUnitsUnusable, .valueUnread, .partMisnamed, .parentUnknown: return nil
    }
}
