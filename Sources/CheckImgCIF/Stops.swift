// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import CIF

extension CheckImgCIF {
    /// What ends the reference before or while it looks at images, in words; empty when nothing is known to.
    public static func stops(_ block: CIF.Block) -> [String] {
        let items = Items(block)
        var stops = stopsBeforeImages(items)
        if let section = texts("_array_data_external_data.frame", items).first(where: { Int($0) == nil }) {
            stops.append("_array_data_external_data.frame is '\(section.prefix(40))', a section")
        }
        if items.has("_diffrn_scan_frame_axis.axis_id") {
            stops.append("DIFFRN_SCAN_FRAME_AXIS is there, and settings of single frames are not read")
        }
        return stops
    }

    /// What ends the reference before it has fetched an image.
    static func stopsBeforeImages(_ items: Items) -> [String] {
        var stops: [String] = []
        let schemes = Set(texts("_array_data_external_data.uri", items).map(scheme))
        if schemes.count > 1 {
            stops.append("locations have \(schemes.count) schemes (\(schemes.sorted().joined(separator: ", ")))")
        }
        let kind = "_array_data_external_data." + (hasArchives(items) ? "archive_format" : "format")
        let kinds = items.distinct(kind)
        if kinds.count > 1 {
            let listed = kinds.texts.sorted() + (kinds.texts.count < kinds.count ? ["none"] : [])
            stops.append("there are \(kinds.count) kinds of archives (\(listed.joined(separator: ", ")))")
        } else if let scheme = schemes.first, schemes.count == 1, !["file", "rsync"].contains(scheme),
            items.has(kind), !archives.contains(kinds.texts.first ?? "")
        {
            let found = kinds.texts.first.map { "'\($0.prefix(40))'" } ?? "not said"
            stops.append("\(kind) is \(found), and it fetches no such data from \(scheme) locations")
        }
        return stops
    }

    /// What it takes for one archive of images.
    private static let archives: Set<String> = ["TGZ", "TBZ", "TXZ", "TAR", "ZIP", "HDF5"]

    /// Kinds of archives are stated; without them it asks for the format of the images.
    private static func hasArchives(_ items: Items) -> Bool { items.has("_array_data_external_data.archive_format") }

    private static func texts(_ name: String, _ items: Items) -> [String] {
        items.distinct(name).texts
    }

    private static func scheme(_ uri: String) -> String {
        let scheme = uri.prefix { $0 != ":" && $0 != "/" }
        return scheme.count < uri.count && uri.dropFirst(scheme.count).first == ":" ? scheme.lowercased() : "file"
    }
}
