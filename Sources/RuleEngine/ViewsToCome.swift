// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Frames as rules of the view `frames` read them; empty until pixels are read.
public struct FramesView: Sendable {
    public init() {}
}

/// An archive as rules of the view `archive` read it; empty until archives are checked.
public struct ArchiveView: Sendable {
    public init() {}
}
