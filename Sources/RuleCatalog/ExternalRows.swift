// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import RuleEngine

/// Rows of ARRAY_DATA_EXTERNAL_DATA that share a fault, in the order of their first row.
struct ExternalRows {
    /// One fault, with the rows that have it.
    struct Group {
        let words: String
        var rows: [Int]
        /// Where it stands, the first few.
        var places: [Place]
    }

    private(set) var groups: [Group] = []
    private var indexOfKey: [String: Int] = [:]

    /// Adds a row to the fault of this key; the words are those of its first row.
    mutating func add(_ key: String, _ row: Int, at place: Place, _ words: @autoclosure () -> String) {
        if let index = indexOfKey[key] {
            groups[index].rows.append(row)
            if groups[index].places.count < Engine.placeLimit { groups[index].places.append(place) }
            return
        }
        indexOfKey[key] = groups.count
        groups.append(Group(words: words(), rows: [row], places: [place]))
    }

    /// Adds rows that share the fault of this key; the words are those of the first.
    mutating func add(_ key: String, _ rows: Range<Int>, at place: (Int) -> Place, _ words: @autoclosure () -> String) {
        for row in rows { add(key, row, at: place(row), words()) }
    }
}

extension ExternalRows.Group {
    /// "; 4 rows", or nothing for one.
    var number: String { rows.count == 1 ? "" : "; \(rows.count) rows" }
}

extension ExternalData {
    /// The file of a row as it may be shown: its member, else its location without secrets.
    func shownFile(_ row: Int) -> String {
        let name = text(.archivePath, row) ?? text(.uri, row).map { Location($0).masked }
        return name.map { Wording.excerpt($0, limit: 80) } ?? "row \(row + 1)"
    }

    /// Format in upper case: as stated, else what the ending tells beyond doubt.
    func format(_ row: Int) -> String? {
        if let stated = text(.format, row) { return stated.uppercased() }
        return fileName(row).flatMap { LocationKind.format(LocationKind.fileName(Location($0).path)) }
    }

    /// True when a row names its file as the row before, but for letters and digits in front of the last dot.
    ///
    /// Both then end alike: no "?" or "#" ends the name sooner, and the folder, if any, is the same.
    func endsAsBefore(_ row: Int, in run: Range<Int>) -> Bool {
        guard row > run.lowerBound else { return false }
        guard let members = column(.archivePath) else { return true }
        return members.kind(row).isNull ? members.kind(row - 1).isNull : members.endsAsBefore(row)
    }

    /// A frame as stated, or 1.
    func frame(_ row: Int) -> String { text(.frame, row) ?? "1" }
}

extension CIF.Column {
    /// True when the text of a row holds a byte.
    func holds(_ byte: UInt8, _ row: Int) -> Bool {
        var found = false
        withUTF8(row) { found = $0?.contains(byte) ?? false }
        return found
    }

    /// True when a row and the one before differ at most in letters, digits, '_' and '-' before the last dot; an ending
    /// of compression, behind which another stands, is not looked at.
    fileprivate func endsAsBefore(_ row: Int) -> Bool {
        var isSame = false
        withUTF8(row) { name in
            withUTF8(row - 1) { last in
                guard let name, let last, name.count == last.count, let dot = name.lastIndex(of: UInt8(ascii: ".")),
                    dot + 1 < name.count, ![0x42, 0x47].contains(name[dot + 1] & 0xDF)
                else { return }
                isSame = name.indices.allSatisfy {
                    name[$0] == last[$0] || $0 < dot && isPlain(name[$0]) && isPlain(last[$0])
                }
            }
        }
        return isSame
    }
}

/// A letter, a digit, '_' or '-'.
private func isPlain(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte & 0xDF) || (0x30...0x39).contains(byte) || byte == 0x5F || byte == 0x2D
}

/// An image by its number: that of its file, or of its frame in a file that holds several.
struct NumberedImage {
    let name: String
    let stem: String
    let number: Int

    init?(_ data: ExternalData, _ row: Int) {
        // An unknown frame has no number; DATA-032 tells it.
        guard let file = data.fileName(row), data.column(.frame)?.kind(row) != .unknown else { return nil }
        let shown = data.shownFile(row)
        if ["HDF5", "TIFF"].contains(data.format(row)), let frame = Int(data.frame(row)), data.column(.frame) != nil {
            // Below 1 is none, which DATA-032 tells.
            guard frame > 0 else { return nil }
            name = shown + " " + data.frame(row)
            stem = file + "\n" + (data.text(.path, row) ?? "")
            number = frame
        } else {
            // Of a location the path names the file; what stands in front of it, and a query behind, may differ.
            let path = data.text(.archivePath, row) ?? String(Location(file).path)
            let numbered = SeriesName(path: path)
            guard let place = numbered.number else { return nil }
            (name, stem, number) = (shown, numbered.stem, place)
        }
    }
}

extension ExperimentView {
    /// The frames of a scan follow one another, and so do their images: names or frames of one file that count up by one.
    ///
    /// - Parameters:
    ///   - scan: Its place in `FrameLinks.scans`, and among the stacks of the map.
    ///   - frames: Those with a number, by rising number.
    func countsUp(_ scan: Int, _ frames: [Int]) -> Bool {
        guard let reading, let map = frameMap, map.stacks.indices.contains(scan),
            map.stacks[scan].frames == frames.count,
            zip(frames, frames.dropFirst()).allSatisfy({ before, next in
                (reading.links.numbers[before] ?? 0) &+ 1 == reading.links.numbers[next] ?? 0
            }),
            let run = map.stacks[scan].runs.first, map.stacks[scan].runs.count == 1, run.frames.step == 1,
            run.frames.count == frames.count, case .stored(let store, let at, _) = run.content, at.step == 1
        else { return false }
        switch map.stores[store].images {
        case .frames, .counting: return true
        case .listed, nil: return false
        }
    }
}
