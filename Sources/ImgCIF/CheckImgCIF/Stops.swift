// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import CIF

extension CheckImgCIF {
    /// What ends the reference before or while it looks at images, in words; empty when nothing is known to.
    public static func stops(_ block: CIF.Block) -> [String] {
        let items = Items(block)
        var stops: [String] = []
        let schemes = Set(texts("_array_data_external_data.uri", items).map(scheme))
        if schemes.count > 1 {
            stops.append("locations have \(schemes.count) schemes (\(schemes.sorted().joined(separator: ", ")))")
        }
        let kinds = Set(texts("_array_data_external_data.archive_format", items))
        if kinds.count > 1 {
            stops.append("there are \(kinds.count) kinds of archives (\(kinds.sorted().joined(separator: ", ")))")
        }
        if let section = texts("_array_data_external_data.frame", items).first(where: { Int($0) == nil }) {
            stops.append("_array_data_external_data.frame is '\(section.prefix(40))', a section")
        }
        if items.has("_diffrn_scan_frame_axis.axis_id") {
            stops.append("DIFFRN_SCAN_FRAME_AXIS is there, and settings of single frames are not read")
        }
        return stops
    }

    private static func texts(_ name: String, _ items: Items) -> [String] {
        items.distinct(name).texts
    }

    private static func scheme(_ uri: String) -> String {
        let scheme = uri.prefix { $0 != ":" && $0 != "/" }
        return scheme.count < uri.count && uri.dropFirst(scheme.count).first == ":" ? scheme.lowercased() : "file"
    }
}
