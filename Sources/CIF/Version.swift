// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The syntax that the first line of a file declares.
public enum Version: Sendable, Hashable {
    case cif11
    case cif20
    /// A CBF file with the number of its `###CBF: VERSION` line.
    case cbf(String)
    /// No declaration; read as CIF 1.1.
    case undeclared

    /// The name for messages: "CIF 1.1", "CIF 2.0", "CBF 1.5", "undeclared CIF".
    public var name: String {
        switch self {
        case .cif11: "CIF 1.1"
        case .cif20: "CIF 2.0"
        case .cbf(let number): number.isEmpty ? "CBF" : "CBF \(number)"
        case .undeclared: "undeclared CIF"
        }
    }
}

/// A place in the text: line and column, both from 1; columns count characters.
public struct Position: Sendable, Hashable {
    /// Line from 1.
    public var line: Int
    /// Column from 1, in characters.
    public var column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// Bounds on hostile input; reaching one is a fault, never a trap.
public struct Limits: Sendable, Hashable {
    /// Bytes of a line outside binary sections.
    public var line = 1 << 20
    /// Bytes of one value outside binary sections.
    public var token = 16 << 20
    /// Depth of lists and tables.
    public var nesting = 64
    /// Rows of one loop.
    public var rows = 50_000_000
    /// Data names of a file.
    public var names = 1_000_000
    /// Data blocks and save frames of a file.
    public var blocks = 100_000
    /// Faults of one kind kept one by one; later ones are counted.
    public var faultsOfAKind = 64
    /// Characters of a line that the syntax allows.
    public var lineCharacters = 2048
    /// Characters of a name that CIF 1.1 allows.
    public var nameCharacters = 75

    public init() {}

    /// What real files stay far below.
    public static let `default` = Limits()
}
