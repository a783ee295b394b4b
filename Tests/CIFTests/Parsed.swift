// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Transport

func parsed(_ text: String, limits: Limits = .default) -> Document {
    Document.parse(ByteBuffer(Array(text.utf8)), limits: limits)
}

func parsed(_ bytes: [UInt8]) -> Document { Document.parse(ByteBuffer(bytes)) }

extension Document {
    /// What every value means, without the way it is quoted, in an order that does not depend on the layout.
    var meanings: [String] {
        describe { $0.kind($1).isNull ? "\($0.kind($1))" : "\($0.number($1)?.value ?? 0)" }.sorted()
    }

    /// Every value of the document as one text a line, for comparisons.
    var values: [String] { describe { "\($0.kind($1))" } }

    private func describe(_ kind: (Column, Int) -> String) -> [String] {
        func list(_ block: Block, _ path: String) -> [String] {
            block.columns.flatMap { column in
                (0..<column.count).map { row in
                    "\(path).\(column.folded)[\(row)] \(kind(column, row)) \(column.text(row) ?? "-")"
                }
            } + block.saveFrames.flatMap { list($0, path + "/" + $0.name) }
        }
        return blocks.flatMap { list($0, $0.name) }
    }

    /// Touches everything there is to touch, so that a trap anywhere in it is met.
    func exercise() {
        for block in blocks { Document.exercise(block) }
        for fault in faults {
            _ = position(of: fault.offset)
            for place in fault.more { _ = position(of: place) }
        }
        for section in binarySections { _ = buffer[section.dataRange].count }
    }

    private static func exercise(_ block: Block) {
        for column in block.columns {
            _ = column.doubles()
            _ = column.texts()
            _ = column.codes()
            for row in -1...column.count {
                _ = column.raw(row)
                _ = column.offset(row)
                _ = column.number(row)
                _ = column.composite(row)
                _ = column.integer(row)
            }
        }
        for frame in block.saveFrames { exercise(frame) }
    }
}
