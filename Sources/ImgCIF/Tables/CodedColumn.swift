// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF

/// A column as interned texts; every row of an absent column is null.
struct CodedColumn {
    static let null = UInt32.max
    let isPresent: Bool
    let codes: [UInt32]
    let names: [String]

    init(_ column: CIF.Column?) {
        isPresent = column != nil
        if let column {
            (codes, names) = column.codes()
        } else {
            (codes, names) = ([], [])
        }
    }

    func code(_ row: Int) -> UInt32 { row >= 0 && row < codes.count ? codes[row] : Self.null }

    func name(_ code: UInt32) -> String? {
        guard let index = Int(exactly: code), index < names.count else { return nil }
        return names[index]
    }

    func text(_ row: Int) -> String? { name(code(row)) }
}
