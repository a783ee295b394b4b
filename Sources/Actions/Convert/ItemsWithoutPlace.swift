// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Findings
import ImageHeaders

/// What an image says besides its pixels and what NXmx has no field for; the store of a converted file keeps it.
enum ItemsWithoutPlace {
    /// Names of items and of keys of the comment header, each once, in the order of the file; items without any value are none.
    static func names(_ block: CIF.Block?, _ header: ImageHeader?) -> [String] {
        var names: [String] = []
        for category in block?.categories ?? [] where !category.name.isEmpty {
            let name = category.name.lowercased()
            for column in category.columns {
                guard let point = column.name.firstIndex(of: ".") else { continue }
                let item = column.name[column.name.index(after: point)...].lowercased()
                guard !CarriedItems.holds(name, item), (0..<column.count).contains(where: { column.text($0) != nil })
                else { continue }
                names.append(column.name)
            }
        }
        let keys = header?.unusedKeys.filter { key in
            !CarriedItems.keys.contains(key.lowercased()) && header?.text(key) != nil
        }
        return names + (keys ?? [])
    }

    /// What is told of them; nil where there are none.
    ///
    /// - Parameter store: Name of the group that keeps them.
    static func note(_ names: [String], of file: String, store: String) -> ConversionNote? {
        guard !names.isEmpty else { return nil }
        return ConversionNote(
            "META-011",
            "\(names.count == 1 ? "1 item" : "\(names.count) items") of '\(file)' \(names.count == 1 ? "has" : "have") no "
                + "place in NXmx: \(Wording.list(names, limit: 8)); kept in /entry/\(store)")
    }
}
