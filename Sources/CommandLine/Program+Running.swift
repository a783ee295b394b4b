// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Transport
import Workers

extension Program {
    /// Does what a command line asks for.
    ///
    /// - Parameter arguments: The words with the name of the program.
    public static func run(_ arguments: [String]) -> ExitCode {
        if arguments.count == 2, arguments[1] == Launch.word { return WorkerVerb.run(VerbTable.entries) }
        StandardStream.prepare()
        return StandardStream.ended(act(on: arguments))
    }

    /// Verbs that pass over their inputs more than once: headers and pixels, check and copy, lists and digests.
    private static let passesAgain: Set<String> = ["convert", "compare", "package", "verdict", "deposit"]

    private static func act(on arguments: [String]) -> ExitCode {
        do {
            switch try ArgumentParser(VerbTable.entries).parse(Array(arguments.dropFirst())) {
            case .run(let call):
                let held = passesAgain.contains(call.verb.words.first ?? "") ? HeldInputs() : nil
                return withExtendedLifetime(held) { call.verb.run(call) }
            case .version: StandardStream.report("imprimatur \(version)\n")
            case .help(let verb): StandardStream.report(HelpPage.page(for: verb, width: Terminal.current().width))
            case .overview(let group):
                StandardStream.report(
                    HelpPage.overview(of: VerbTable.verbs, group: group, width: Terminal.current().width))
            }
            return .fine
        } catch {
            for line in error.lines { StandardStream.complain(line) }
            return .usage
        }
    }
}
