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
        var folder: RulesFolder?
        do {
            let found = try RulesOptions(call).folder
            lines.append(("folder of rules", found.path))
            lines.append(("profiles", found.profiles.joined(separator: ", ")))
            folder = found
        } catch {
            lines.append(("folder of rules", "none: \(error.line); \(error.remedy)"))
            code = .usage
        }
        let layers = WorkerPool().layersInForce(of: VerbTask.bytes(call, rules: folder))
        lines.append(("workers", words(on: layers)))
        lines += Inventory.libraries.map { ($0.name, $0.words) } + Inventory.system.map { ($0.name, $0.words) }
        lines += Inventory.limits.map { ($0.name, $0.words) }
        StandardStream.report(Paragraph.table(lines, width: 100, indent: 0).joined(separator: "\n") + "\n")
        return code
    }

    /// "held by limits, Landlock; not by another user".
    private static func words(on layers: Layers?) -> String {
        guard let layers else { return "cannot be started" }
        let held = layers.words.isEmpty ? "held by nothing" : "held by " + layers.words.joined(separator: ", ")
        return held + (layers.absent.isEmpty ? "" : "; not by " + layers.absent.joined(separator: ", "))
    }
}
