// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// An archive as rules of the view `archive` read it; empty until archives are checked.
public struct ArchiveView: Sendable {
    public init() {}
}

/// A package as rules of the view `package` read it; empty until packages are made.
public struct PackageView: Sendable {
    public init() {}
}
