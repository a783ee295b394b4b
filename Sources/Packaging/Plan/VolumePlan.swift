// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Archive
import Transport

/// How the files of a data set lie in a deposit: volumes of the images of each scan, and HDF5 files as they are.
///
/// Made from names and sizes alone: no byte of the data is read.
/// - Source: PKWARE APPNOTE 6.3.10, section 4.4.1.4, for the limits of numbers of 32 bits.
public struct VolumePlan: Sendable {
    /// Files of the deposit that hold data, by name.
    public let files: [PlannedFile]

    /// A volume stays below it: readers without numbers of 64 bits are to read it, and an upload that is cut to be begun
    /// again in a moment.
    public static let largestVolume = 3_900_000_000
    public static let mostMembers = 65_000

    /// - Parameter most: Files with data that a record may hold; volumes grow beyond `largestVolume` when it forces them.
    public init(_ files: [DataFile], most: Int? = nil) {
        let plan = Self.plan(files, limit: Self.largestVolume)
        guard let most, plan.count > most else {
            self.files = plan
            return
        }
        let large = Self.plan(files, limit: Int.max / 2)
        self.files = large.count <= most ? large : plan
    }

    /// Some volume has numbers of 64 bits, which not every reader knows.
    public var hasZIP64: Bool { files.contains { $0.isZIP64 } }

    private static func plan(_ files: [DataFile], limit: Int) -> [PlannedFile] {
        let (stacks, others) = parted(files)
        var planned: [PlannedFile] = []
        // Sets of HDF5 files name one another: they are deposited side by side when nothing but the names is lost.
        let names = Set(stacks.map(\.path.last))
        let isFlat = stacks.allSatisfy { $0.path.folder == stacks[0].path.folder } && names.count == stacks.count
        if isFlat {
            planned += stacks.map { PlannedFile(plain: $0) }
        } else {
            planned += volumes("set", [stacks], limit)
        }
        var scans: [(key: [UInt8], files: [DataFile])] = []
        var places: [[UInt8]: Int] = [:]
        for file in others {
            let key = SeriesName.key(file.path)
            if let place = places[key] {
                scans[place].files.append(file)
            } else {
                places[key] = scans.count
                scans.append((key, [file]))
            }
        }
        // What is no series of images, such as notes and input files of programs, shares a volume.
        let single = scans.filter { $0.files.count == 1 && !SeriesName.isImage($0.files[0].path) }
        let series = scans.filter { !($0.files.count == 1 && !SeriesName.isImage($0.files[0].path)) }
        planned += volumes("scan", series.map(\.files), limit)
        if !single.isEmpty { planned += volumes("other", [single.flatMap(\.files)], limit) }
        return planned.sorted { $0.name.bytes.lexicographicallyPrecedes($1.name.bytes) }
    }

    private static func parted(_ files: [DataFile]) -> (stacks: [DataFile], others: [DataFile]) {
        var (stacks, others): ([DataFile], [DataFile]) = ([], [])
        for file in files {
            if SeriesName.isHDF5(file.path) { stacks.append(file) } else { others.append(file) }
        }
        return (stacks, others)
    }

    /// Volumes for each group, of about equal size where a group takes several.
    private static func volumes(_ word: String, _ groups: [[DataFile]], _ limit: Int) -> [PlannedFile] {
        let width = max(2, String(groups.count).utf8.count)
        var planned: [PlannedFile] = []
        for (number, files) in groups.enumerated() {
            let parts = split(files, limit)
            let stem = word == "other" ? "other-files" : word + "-" + padded(number + 1, width)
            let inner = max(2, String(parts.count).utf8.count)
            for (part, members) in parts.enumerated() {
                let name = parts.count == 1 ? "\(stem).zip" : "\(stem)-\(padded(part + 1, inner)).zip"
                planned.append(PlannedFile(volume: Name(name), members))
            }
        }
        return planned
    }

    private static func split(_ files: [DataFile], _ limit: Int) -> [[DataFile]] {
        let total = files.reduce(0) { $0 &+ $1.size &+ ZIPLayout.cost(of: $1.path) }
        let count = max(1, (total &+ limit &- 1) / limit)
        let share = total / count + 1
        var parts: [[DataFile]] = [[]]
        var (size, sum) = (ZIPLayout.emptySize, 0)
        for file in files {
            let cost = file.size &+ ZIPLayout.cost(of: file.path)
            let isFull = size &+ cost > limit || parts[parts.count - 1].count >= mostMembers
            let hasShare = sum >= share &* parts.count
            if !parts[parts.count - 1].isEmpty, isFull || hasShare {
                parts.append([])
                size = ZIPLayout.emptySize
            }
            parts[parts.count - 1].append(file)
            size = size &+ cost
            sum = sum &+ cost
        }
        return parts
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}

/// What the name of an image says of its series.
enum SeriesName {
    /// The name with its number left out: images of one series share it.
    static func key(_ name: Name) -> [UInt8] {
        let bytes = name.bytes
        let start = (bytes.lastIndex(of: 0x2F) ?? -1) + 1
        // The ending, also a double one, is no place of the number.
        let dot = bytes[start...].firstIndex(of: 0x2E) ?? bytes.count
        guard let last = bytes[start..<dot].lastIndex(where: isDigit) else { return bytes }
        var first = last
        while first > start, isDigit(bytes[first - 1]) { first -= 1 }
        return Array(bytes[..<first]) + [0] + Array(bytes[(last + 1)...])
    }

    static func isHDF5(_ name: Name) -> Bool { has(name, ["h5", "hdf5", "hdf", "nxs", "nx", "cxi"]) }

    /// The ending is one that images have, also in a compression.
    static func isImage(_ name: Name) -> Bool {
        has(
            name,
            [
                "cbf", "img", "mccd", "tif", "tiff", "sfrm", "edf", "mar", "osc", "smv", "raw", "pck", "mar2300",
                "mar3450",
            ])
    }

    private static func has(_ name: Name, _ endings: [String]) -> Bool {
        var words = name.last.text.lowercased().split(separator: ".")
        if let last = words.last, ["gz", "bz2", "xz", "zst"].contains(String(last)) { words.removeLast() }
        return words.count > 1 && words.last.map { endings.contains(String($0)) } == true
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
