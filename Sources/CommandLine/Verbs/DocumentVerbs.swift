// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine
import Transport

/// `imprimatur completions` and `imprimatur man`.
enum DocumentVerbs {
    static func completions(_ call: Invocation) -> ExitCode {
        let shell = call.operands.first ?? ""
        guard Completions.shells.contains(shell) else {
            let nearest = Spelling.nearest(to: shell, among: Completions.shells).map { "; did you mean '\($0)'?" } ?? ""
            return StandardStream.refuse("'\(shell)' is no shell known here\(nearest)", "there are bash, zsh and fish")
        }
        StandardStream.report(Completions.script(for: shell, verbs: call.entries.map { $0.row() }))
        return .fine
    }

    static func manual(_ call: Invocation) -> ExitCode {
        StandardStream.report(ManualPage.text(of: call.entries.map { $0.row() }))
        return .fine
    }
}
