// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// `compare-verdicts OLD NEW [PATH …]`: what two programs say of the same files, and whether each change was announced.
///
/// Ends with 1 when a change of a verdict stands in no `docs/changes/*.rule.md`, when files take much more time or
/// memory, when a verdict comes by chance, or with --bytes when a report differs in one byte.
@main enum CompareVerdicts {
    static func main() {
        let words: GateArguments
        do {
            words = try GateArguments(Array(CommandLine.arguments.dropFirst()))
        } catch {
            say("compare-verdicts: \(error.line)\n\n\(GateArguments.usage)")
            exit(error.isHelp ? 0 : 2)
        }
        do {
            let files = try InputFiles.list(words.paths)
            let gate = try Gate(words)
            let comparison = gate.compare(files)
            let lines = GateReport(comparison, changes: Changes(in: words.changes))
            for line in lines.lines { print(line) }
            exit(lines.complaints.isEmpty ? 0 : 1)
        } catch {
            say("compare-verdicts: \(error.line)\n")
            exit(3)
        }
    }

    /// To standard error.
    private static func say(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(2, bytes, bytes.count)
    }
}

/// Why no comparison was made.
struct GateFault: Error {
    let line: String
    var isHelp = false
}
