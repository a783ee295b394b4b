// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import NeXus
import RuleEngine

extension Validation {
    /// The findings as their rules tell them, absent groups and absent fields of one definition together.
    var gathered: [Deviation] {
        var kept: [Deviation] = []
        var absent: [String: Absences] = [:]
        for finding in findings {
            guard let definition = finding.fault.definitionOfAbsence else {
                kept.append(finding.deviation)
                continue
            }
            let key = "\(finding.fault.kind.rawValue) \(definition)"
            if absent[key] == nil { absent[key] = Absences(definition: definition, position: kept.count) }
            absent[key]?.findings.append(finding)
        }
        for one in absent.values.sorted(by: { $0.position > $1.position }) {
            kept.insert(one.deviation, at: one.position)
        }
        return kept
    }
}

extension NXFault {
    /// The definition that requires a group or a field which is not there.
    fileprivate var definitionOfAbsence: String? {
        switch self {
        case .absentGroup(let fault): fault.definition
        case .absentField(.missing(let fault)): fault.definition
        default: nil
        }
    }

    /// A name that is nearly that of what is absent.
    fileprivate var nearAbsence: String? {
        if case .absentField(.missing(let field)) = self {
            field.nearest.map { "\(quoted($0)) for '\(field.name)'" }
        } else {
            nil
        }
    }
}

/// Items of one kind that one definition requires and that are not there.
private struct Absences {
    let definition: String
    /// Before which of the other findings the first stands.
    let position: Int
    var findings: [NXFinding] = []

    var deviation: Deviation {
        let each = findings.map(\.deviation)
        guard each.count > 1, let first = each.first, let fault = findings.first?.fault else {
            return each.first ?? Deviation(rule: "NX-006", message: "", places: [])
        }
        let paths = findings.flatMap(\.places).compactMap { place -> String? in
            if case .object(let path, _) = place.spot { path } else { nil }
        }
        let kind = if case .absentGroup = fault { "groups" } else { "fields" }
        let near = findings.compactMap(\.fault.nearAbsence)
        let hint = near.isEmpty ? "" : "; nearest: \(Told.first(near))"
        return Deviation(
            rule: first.rule,
            message: "\(paths.count) \(kind) are absent that \(definition) requires: "
                + ItemPaths.byGroup(paths, most: 8).words + hint,
            places: each.flatMap(\.places), count: paths.count,
            values: [("items", .list(paths.sorted().map { .text($0) }))], subjects: each.flatMap(\.subjects))
    }
}
