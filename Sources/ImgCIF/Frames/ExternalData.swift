// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import CIF
public import Diffraction

/// The rows of ARRAY_DATA_EXTERNAL_DATA; texts are made when a row is asked for.
///
/// - Source: imgcif.md section 8.1.
public struct ExternalData: Sendable {
    /// One row as written; nil where the file does not say, defaults not filled in except `id` and `frame`.
    public struct Row: Sendable, Hashable {
        public var id: String
        public var format: String?
        public var uri: String?
        /// Path inside the format, such as an HDF5 data set.
        public var path: String?
        /// Image number from 1, or a section `ARRAYID(start:end:stride, ...)`; default 1.
        public var frame: String
        public var archiveFormat: String?
        public var archivePath: String?
        public var fileCompression: String?
        public var version: String?
    }

    public let rowCount: Int
    /// Where the category begins; nil when it is absent.
    public let place: Place?
    private let columns: [Item: CIF.Column]
    private let source: SourceID

    /// The items of the category.
    public enum Item: String, CaseIterable, Sendable, Hashable {
        case id, format, uri, path, frame, version
        case archiveFormat = "archive_format"
        case archivePath = "archive_path"
        case fileCompression = "file_compression"
    }

    init(block: SourcedBlock) {
        let table = Table("array_data_external_data", in: block)
        rowCount = table.rowCount
        source = table.source
        place = table.exists ? table.place : nil
        var columns: [Item: CIF.Column] = [:]
        for item in Item.allCases {
            if let column = table.column(item.rawValue) { columns[item] = column }
        }
        self.columns = columns
    }

    /// The column of an item, for work on whole columns; nil when the item is absent.
    public func column(_ item: Item) -> CIF.Column? { columns[item] }

    /// The text of one value; nil when the file does not say.
    public func text(_ item: Item, _ row: Int) -> String? {
        guard let column = columns[item], row >= 0, row < column.count else { return nil }
        return column.text(row)
    }

    /// Rows that follow one another and say the same of each of these items, by the bytes; together all rows.
    public func runs(of items: [Item]) -> [Range<Int>] {
        let said = items.compactMap { columns[$0] }
        var runs: [Range<Int>] = []
        var start = 0
        for row in 1..<max(1, rowCount) where !said.allSatisfy({ $0.repeats(row) }) {
            runs.append(start..<row)
            start = row
        }
        if rowCount > 0 { runs.append(start..<rowCount) }
        return runs
    }

    /// The place of one value.
    public func place(_ item: Item, _ row: Int) -> Place {
        columns[item]?.place(row, in: source) ?? place ?? .file(source)
    }

    /// One row, from 0; nil outside the category.
    public subscript(row: Int) -> Row? {
        guard row >= 0, row < rowCount else { return nil }
        return Row(
            id: text(.id, row) ?? "1", format: text(.format, row), uri: text(.uri, row), path: text(.path, row),
            frame: text(.frame, row) ?? "1", archiveFormat: text(.archiveFormat, row),
            archivePath: text(.archivePath, row), fileCompression: text(.fileCompression, row),
            version: text(.version, row))
    }
}
