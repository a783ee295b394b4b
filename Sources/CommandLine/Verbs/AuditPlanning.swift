// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import Report
import RuleEngine
import Transport

/// What `audit plan` tells: how much is to be done, and what would have to be fetched first.
enum AuditPlanning {
    static func report(_ call: Invocation, _ store: AuditStore) throws(Failure) -> ExitCode {
        let plan = try store.planned()
        var rows: [(term: String, text: String)] = []
        rows.append(("archive", try store.roots().map { $0.name.shown }.joined(separator: ", ")))
        rows.append(("to check", "\(plan.files) files, \(SizeText.of(plan.bytes))"))
        if plan.known > 0 { rows.append(("known", "\(plan.known) files that did not change")) }
        if plan.passedOver > 0 { rows.append(("passed over", "\(plan.passedOver) names by their kind")) }
        if plan.troubles > 0 { rows.append(("troubles", "\(plan.troubles) names that cannot be looked at")) }
        for place in plan.elsewhere {
            rows.append(("elsewhere", "\(place.files) files, \(SizeText.of(place.bytes)), in \(place.name)"))
        }
        StandardStream.report(Paragraph.table(rows, width: 100, indent: 0).joined(separator: "\n") + "\n")
        if let path = call[.recallList] {
            let output = try Output(path, inputs: [], replaces: true)
            for name in try store.namesElsewhere() { try output.write(name.bytes + [0x0A]) }
            try output.end()
        }
        store.settle()
        return .fine
    }
}
