// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

/// Parts of axes and settings that are '?' in an imgCIF, where a chain goes through them.
func reportUnknown(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard view.block != nil else { return }
    let use = view.axisUse
    for axis in view.experiment.axes {
        for fault in axis.faults where fault.found == "?" {
            let isOffset = fault.kind == .offsetUnusable
            guard use.detectorChain.contains(axis.id) || !isOffset && use.goniometerChain.contains(axis.id) else {
                continue
            }
            verdicts.report(
                "\(isOffset ? "offset" : "vector") of axis '\(axis.id)' is '?': what stands on it has no known place",
                at: [fault.place], values: [("axis", .text(axis.id.text))], subjects: verdicts.axes([axis.id]))
        }
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
