// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Report
import RuleCatalog
import Transport
import Workers

/// `imprimatur doctor`: what a report of this installation depends on.
enum DoctorVerb {
    static func run(_ call: Invocation) -> ExitCode {
        var code = ExitCode.fine
        var lines = [("imprimatur", Program.version), ("rules", "\(catalogue.count)")]
        do {
            let folder = try RulesOptions(call).folder
            lines.append(("folder of rules", folder.path))
            lines.append(("profiles", folder.profiles.joined(separator: ", ")))
        } catch {
            lines.append(("folder of rules", "none: \(error.line); \(error.remedy)"))
            code = .usage
        }
        let layers = WorkerPool().layersInForce(of: VerbTask.bytes(call, rules: nil))
        lines.append(("workers", layers.map { "held by " + $0.words.joined(separator: ", ") } ?? "cannot be started"))
        lines += Inventory.libraries.map { ($0.name, $0.version) }
        StandardStream.report(Paragraph.table(lines, width: 100, indent: 0).joined(separator: "\n") + "\n")
        return code
    }
}
