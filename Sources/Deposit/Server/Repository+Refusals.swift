// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Repository {
    /// What an answer that is not the expected one means, for any call.
    ///
    /// - Parameter what: What was to be done: "make a draft".
    func refusal(_ answer: Answer, _ what: String) -> DepositStop {
        let said = answer.message.isEmpty ? "" : ": " + clean(answer.message)
        switch answer.status {
        case 401:
            return DepositStop(
                .refusal, "the token is not accepted: the server answers 401 to the wish to \(what)\(said)",
                remedy:
                    "make a token of \(target.name) that may write and publish, put it into \(target.tokenVariable), "
                    + "and 'imprimatur deposit resume'")
        case 403:
            return DepositStop(
                .refusal, "the token does not open this: the server answers 403 to the wish to \(what)\(said)",
                remedy:
                    "the token may be wrong, have ended, or belong to another user than the draft; put the right one into "
                    + "\(target.tokenVariable), and 'imprimatur deposit resume'")
        case 413:
            return DepositStop(
                .difference, "the repository takes no more bytes: it answers 413 to the wish to \(what)\(said)",
                remedy:
                    "'imprimatur package plan' tells what fits; ask the repository for a larger quota, or deposit one "
                    + "scan a record")
        case 200..<300:
            return DepositStop(
                .difference, "the server answers \(answer.status) and has not done it (\(what))\(said)",
                remedy: "'imprimatur deposit resume' looks at what is there and goes on")
        default:
            return DepositStop(
                .difference, "the server refuses to \(what) (\(answer.status))\(said)",
                remedy: answer.errors.isEmpty ? "" : "mend what it names, and 'imprimatur deposit resume'")
        }
    }
}
