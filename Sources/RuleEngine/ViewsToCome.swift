// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// An archive as rules of the view `archive` read it; empty until archives are checked.
public struct ArchiveView: Sendable {
    public init() {}
}
