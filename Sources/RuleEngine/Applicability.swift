// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The files that a rule looks at.
public enum Applicability: String, Sendable, Hashable, CaseIterable {
    case imgCIF
    case nxmx = "NXmx"
    case both
    case anyNeXus = "any-NeXus"
    case package
}

/// How far a rule has come.
public enum Status: String, Sendable, Hashable, CaseIterable {
    /// Shown, and fails no run.
    case preview
    case stable
    /// Kept for its number only.
    case deprecated
}
