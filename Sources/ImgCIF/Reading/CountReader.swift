// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction

/// Reads ARRAY_INTENSITIES: what counts mean.
struct CountReader {
    private let table: Table
    private let isReal: Bool

    init(block: SourcedBlock) {
        table = Table("array_intensities", in: block)
        isReal = Table("array_structure", in: block).text("encoding_type", 0)?.lowercased().contains("real") ?? false
    }

    /// The greatest valid count: `overload` is the first invalid one, hence one less for integers.
    var saturation: Sourced<Double>? {
        table.firstNumber("overload", rows: Array(table.rows.prefix(1)))?.map { isReal ? $0 : $0 - 1 }
    }

    /// The lowest valid count.
    var underload: Sourced<Double>? { table.firstNumber("underload", rows: Array(table.rows.prefix(1))) }

    /// The value of pixels that hold no count.
    var undefinedValue: Sourced<Double>? { table.firstNumber("undefined_value", rows: Array(table.rows.prefix(1))) }

    /// The word of `linearity` with its numbers; nil where it is not stated.
    var scale: Sourced<StoredScale>? {
        let rows = Array(table.rows.prefix(1))
        return table.firstText("linearity", rows: rows).map { word in
            word.map {
                StoredScale(
                    word: $0, scaling: table.firstNumber("scaling", rows: rows)?.value,
                    offset: table.firstNumber("offset", rows: rows)?.value)
            }
        }
    }

    /// Counts for one quantum.
    var gain: Sourced<Double>? { table.firstNumber("gain", rows: Array(table.rows.prefix(1))) }
}
