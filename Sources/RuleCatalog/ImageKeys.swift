// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import RuleEngine

/// What makes an image the same image: a row of embedded data, or location, member, path and frame.
struct ImageKey: Hashable {
    private(set) var embedded: Int32 = -1
    private(set) var row: Int32 = -1
    private var codes: [UInt32] = []

    init(embedded: Int32) { self.embedded = embedded }

    fileprivate init(row: Int32, codes: [UInt32]) {
        self.row = row
        self.codes = codes
    }

    static func == (a: ImageKey, b: ImageKey) -> Bool { a.embedded == b.embedded && a.codes == b.codes }

    func hash(into hasher: inout Hasher) {
        hasher.combine(embedded)
        hasher.combine(codes)
    }
}

/// The images that the rows of ARRAY_DATA_EXTERNAL_DATA name, defaults filled in.
struct ImageKeys {
    private static let items: [ExternalData.Item] = [.uri, .archivePath, .path, .frame]
    private let data: ExternalData
    private let columns: [[UInt32]?]

    init(_ data: ExternalData) {
        self.data = data
        columns = Self.items.map { item in
            guard let (codes, names) = data.column(item)?.codes() else { return nil }
            let standIn = item == .frame ? names.firstIndex(of: "1").map { UInt32($0) } : nil
            return codes.map { $0 == .max ? standIn ?? $0 : $0 }
        }
    }

    func key(_ row: Int32) -> ImageKey {
        let index = Int(row)
        return ImageKey(
            row: row, codes: columns.map { $0.flatMap { $0.indices.contains(index) ? $0[index] : nil } ?? .max })
    }

    /// The image in the words of the file.
    func words(_ key: ImageKey) -> String {
        guard key.row >= 0 else { return "row \(key.embedded + 1) of ARRAY_DATA" }
        let parts = Self.items.compactMap { item in
            data.text(item, Int(key.row)).map { item == .uri ? Location($0).masked : $0 }
        }
        return Wording.excerpt(parts.joined(separator: " "), limit: 80)
    }
}

extension LinkStep {
    /// Where the way of a frame ends.
    var words: String {
        switch self {
        case .dataFrame: return "to DIFFRN_DATA_FRAME"
        case .arrayData: return "to ARRAY_DATA"
        case .image: return "to ARRAY_DATA_EXTERNAL_DATA"
        case .location: return "to a location, _array_data_external_data.uri"
        }
    }
}

/// The place of a row of DIFFRN_SCAN_FRAME.
func framePlace(_ block: CIF.Block?, _ row: Int) -> Place {
    guard let block, let column = block.columns("_diffrn_scan_frame.frame_id", "_diffrn_scan_frame.frame_number") else {
        return .file
    }
    return column.place(row)
}

extension ExperimentView {
    /// The place of a row of DIFFRN_SCAN_FRAME.
    func framePlace(_ row: Int) -> Place { RuleCatalog.framePlace(block, row) }
}
