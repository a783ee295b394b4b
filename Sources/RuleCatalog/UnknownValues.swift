// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

/// Parts of axes and settings that are '?' in an imgCIF, where a chain goes through them.
func reportUnknown(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard view.block != nil else { return }
    let use = view.axisUse
    var found: [String: [(axis: AxisID, place: Place)]] = [:]
    for axis in view.experiment.axes {
        for fault in axis.faults where fault.found == "?" {
            let isOffset = fault.kind == .offsetUnusable
            let item = isOffset ? "offset" : fault.kind == .parentUnknown ? "depends_on" : "vector"
            guard use.detectorChain.contains(axis.id) || !isOffset && use.goniometerChain.contains(axis.id) else {
                continue
            }
            found[item, default: []].append((axis.id, fault.place))
        }
    }
    for (item, axes) in found.sorted(by: { $0.key < $1.key }) {
        guard let first = axes.first else { continue }
        let more = axes.count > 1 ? " and of \(axes.count - 1) more" : ""
        verdicts.report(
            "\(item) of axis '\(first.axis)'\(more) is '?': what stands on \(axes.count > 1 ? "them" : "it") has no known "
                + "place",
            at: axes.map(\.place), values: [("axis", .text(first.axis.text))], count: axes.count,
            subjects: verdicts.axes(axes.map(\.axis)))
    }
    var told: Set<AxisID> = []
    for scan in view.experiment.scans {
        for row in scan.axes where row.unknown?.value == "?" && !row.settings.isKnown && told.insert(row.axis).inserted
        {
            let scans = view.experiment.scans.filter { $0.axis(row.axis)?.unknown?.value == "?" }
            verdicts.report(
                "setting of axis '\(row.axis)' is '?' in scan '\(scan.id)'"
                    + (scans.count > 1 ? " and \(scans.count - 1) more" : ""),
                at: scans.compactMap { $0.axis(row.axis)?.unknown?.places.first },
                values: [("axis", .text(row.axis.text)), ("scan", .text(scan.id))], count: scans.count,
                subjects: verdicts.axes([row.axis]) + scans.map { verdicts.subject(.scan, $0.id) })
        }
    }
}

extension SettingSeries {
    /// Every setting is a number.
    fileprivate var isKnown: Bool {
        switch self {
        case .constant(let value): return !value.isNaN
        case .uniform(let start, let step, let increment): return !(start + step + increment).isNaN
        case .explicit(let starts, _): return starts.allSatisfy { !$0.isNaN }
        }
    }
}
