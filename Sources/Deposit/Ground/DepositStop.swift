// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// Why a deposit does not go on: what is so, and what helps.
public struct DepositStop: Error, Sendable, Hashable, CustomStringConvertible {
    /// What it means for whoever asked.
    public enum Kind: Sendable, Hashable {
        /// The data, the record or the draft are not as they have to be.
        case difference
        /// The command line, the settings or a rule of safety does not allow it.
        case refusal
        /// Network, server or disk stopped us; `deposit resume` continues.
        case interruption
    }

    /// What it means for whoever asked.
    public let kind: Kind
    /// What is so, without a full stop.
    public let words: String
    /// What helps; empty where nothing is known.
    public let remedy: String

    public init(_ kind: Kind, _ words: String, remedy: String = "") {
        self.kind = kind
        self.words = words
        self.remedy = remedy
    }

    /// What could not be read or written here.
    public init(_ failure: Failure) {
        let isRefusal = failure.code == .usage
        let isChanged = failure.code == .changed
        self.init(
            isRefusal ? .refusal : isChanged ? .difference : .interruption, failure.line, remedy: failure.remedy)
    }

    public var description: String { remedy.isEmpty ? words : "\(words) (\(remedy))" }
}
