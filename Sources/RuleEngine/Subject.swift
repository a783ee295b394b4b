// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The object that a finding is about, so that rules which need it sound can pass it over.
public struct Subject: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable {
        case file, block, category, axis, scan, panel, array, detector, dataset
    }

    public let kind: Kind
    public let name: String
    /// Block of an imgCIF, entry of a NeXus file; empty for the file as a whole.
    public let scope: String

    public init(_ kind: Kind, _ name: String, in scope: String = "") {
        self.kind = kind
        self.name = name
        self.scope = scope
    }

    public static let file = Subject(.file, "")
}
