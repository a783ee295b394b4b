// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction

/// The stores that the rows of ARRAY_DATA_EXTERNAL_DATA name, and the position of each row in one of them.
///
/// Two rows of one location, member, path and frame have one position. Names are compared as bytes; one that goes on from
/// the row before it is found without a table.
struct ImageStores {
    /// Names that count in more ways than this go into one table.
    private static let mostPatterns = 4096

    private(set) var stores: [FrameStore] = []
    private let columns: [CIF.Column?]
    private let frame: CIF.Column?
    /// Some row names another frame than the first, so that files hold several.
    private let hasFrames: Bool
    private var series: [Series] = []
    private var seriesOfStem: [[UInt8]: [Int]] = [:]
    private var listed = IdentifierSpace()
    private var table = NameTable()
    private var tableStore: Int?
    private var sectionStore: Int?
    /// What the last row of each plane names.
    private var last: [Row?] = []

    /// A row as bytes: location, member, path, and where its number stands in them.
    private struct Row {
        var bytes: [UInt8] = []
        var digits: Range<Int>?
        var part = NamedImages.Part.location
        var number = 0
        var series = -1
    }

    /// Names of one stem whose numbers have one width.
    private struct Series {
        let store: Int
        /// No series of its stem is older, so that a name which it takes is in no other.
        let isFirst: Bool
        /// Widths that all names so far may have.
        var widths: ClosedRange<Int>
    }

    init(_ data: ExternalData) {
        columns = [data.column(.uri), data.column(.archivePath), data.column(.path)]
        frame = data.column(.frame)
        var isOther = false
        if let frame {
            for row in 0..<frame.count where !isOther {
                frame.withUTF8(row) { text in
                    if let text, !text.elementsEqual([UInt8(ascii: "1")]) { isOther = true }
                }
            }
        }
        hasFrames = isOther
    }

    /// The store of the sections of the document: position k is row k of ARRAY_DATA.
    var sections: Int {
        mutating get {
            if let sectionStore { return sectionStore }
            stores.append(FrameStore(file: 0, object: 0, path: "_array_data.data", shape: []))
            sectionStore = stores.count - 1
            return stores.count - 1
        }
    }

    mutating func place(ofRow row: Int, plane: Int) -> (store: Int, at: Int) {
        while last.count <= plane { last.append(nil) }
        var next = read(row)
        guard let number = frameNumber(row) else { return inTable(next.bytes, frame, row) }
        if hasFrames {
            next.digits = nil
        } else if next.digits == nil {
            return inTable(next.bytes, nil, row)
        }
        if let before = last[plane], goesOn(before, next) {
            next.series = before.series
        } else {
            guard let known = find(next) else { return inTable(next.bytes, hasFrames ? frame : nil, row) }
            next.series = known
        }
        let store = series[next.series].store
        let at = hasFrames ? number - 1 : next.number
        last[plane] = next
        return (store, at)
    }

    /// The frame of a row, from 1; nil for what is no such number.
    private func frameNumber(_ row: Int) -> Int? {
        guard hasFrames else { return 1 }
        var number: Int? = 1
        frame?.withUTF8(row) { text in
            guard let text else { return }
            let isNumber = (1...12).contains(text.count) && text.allSatisfy { (48...57).contains($0) }
            number = isNumber ? text.reduce(0) { $0 * 10 + Int($1 - 48) } : nil
        }
        return number.flatMap { $0 >= 1 ? $0 : nil }
    }

    private func read(_ row: Int) -> Row {
        var next = Row()
        next.bytes.reserveCapacity(96)
        for (index, column) in columns.enumerated() {
            let start = next.bytes.count
            var isNull = true
            column?.withUTF8(row) { bytes in
                guard let bytes else { return }
                isNull = false
                next.bytes.append(contentsOf: bytes)
                guard index < 2 else { return }
                // The path of an address names the file; what a query asks for does not count.
                let path = index == 0 ? bytes.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") } : bytes[...]
                guard let digits = SeriesName.digits(in: UnsafeBufferPointer(rebasing: path)) else {
                    next.digits = nil
                    return
                }
                next.digits = (start + digits.lowerBound)..<(start + digits.upperBound)
                next.part = index == 0 ? .location : .member
                next.number = bytes[digits].reduce(0) { $0 &* 10 &+ Int($1 &- 48) }
            }
            if isNull { next.bytes.append(1) }
            if index < 2 { next.bytes.append(0) }
        }
        if next.number > Stride.most { next.digits = nil }
        return next
    }

    /// The names are alike but for their numbers, and the width of the series takes the number.
    private mutating func goesOn(_ before: Row, _ next: Row) -> Bool {
        guard before.series >= 0, series[before.series].isFirst else { return false }
        guard let one = before.digits, let other = next.digits else {
            return before.digits == nil && next.digits == nil && before.bytes == next.bytes
        }
        let tail = before.bytes.count - one.upperBound
        guard one.lowerBound == other.lowerBound, tail == next.bytes.count - other.upperBound,
            before.bytes[..<one.lowerBound] == next.bytes[..<other.lowerBound],
            before.bytes[one.upperBound...] == next.bytes[other.upperBound...]
        else { return false }
        return takes(before.series, next)
    }

    /// Narrows the widths of a series to those that write the number as the name does.
    private mutating func takes(_ number: Int, _ row: Row) -> Bool {
        guard let digits = row.digits else { return true }
        let own = Self.widths(row.bytes[digits])
        let known = series[number].widths
        let low = max(known.lowerBound, own.lowerBound)
        let high = min(known.upperBound, own.upperBound)
        guard low <= high else { return false }
        if low...high != known {
            series[number].widths = low...high
            setWidth(of: series[number].store, high)
        }
        return true
    }

    /// A number with a zero before it has the width of its digits, another any up to that.
    private static func widths(_ digits: ArraySlice<UInt8>) -> ClosedRange<Int> {
        digits.count > 1 && digits.first == UInt8(ascii: "0") ? digits.count...digits.count : 1...max(1, digits.count)
    }

    private mutating func setWidth(of store: Int, _ width: Int) {
        guard case .counting(let name, let part, let pattern)? = stores[store].images else { return }
        let narrowed = NumberPattern(before: pattern.before, after: pattern.after, width: width)
        stores[store] = FrameStore(
            file: 0, object: 0, path: stores[store].path, shape: [], images: .counting(name, in: part, narrowed))
    }

    /// The series of a name, made where it is the first of its stem; nil when there are too many.
    private mutating func find(_ row: Row) -> Int? {
        var stem = row.bytes
        if let digits = row.digits { stem.replaceSubrange(digits, with: [2]) }
        for known in seriesOfStem[stem] ?? [] where takes(known, row) { return known }
        guard series.count < Self.mostPatterns else { return nil }
        series.append(
            Series(
                store: stores.count, isFirst: seriesOfStem[stem] == nil,
                widths: row.digits.map { Self.widths(row.bytes[$0]) } ?? 1...1))
        stores.append(store(of: row))
        seriesOfStem[stem, default: []].append(series.count - 1)
        return series.count - 1
    }

    private func store(of row: Row) -> FrameStore {
        var names = NameTable()
        names.append(row.bytes)
        let name = names.name(at: 0) ?? ImageName(location: nil, member: nil, path: nil)
        var images = NamedImages.frames(of: name)
        if let digits = row.digits {
            let start = row.part == .location ? 0 : (row.bytes.firstIndex(of: 0) ?? -1) + 1
            let end = row.bytes[digits.upperBound...].firstIndex(of: 0) ?? row.bytes.count
            images = .counting(
                name, in: row.part,
                NumberPattern(
                    before: String(decoding: row.bytes[start..<digits.lowerBound], as: UTF8.self),
                    after: String(decoding: row.bytes[digits.upperBound..<end], as: UTF8.self),
                    width: Self.widths(row.bytes[digits]).upperBound))
        }
        return FrameStore(file: 0, object: 0, path: name.path ?? "", shape: [], images: images)
    }

    /// The place of a name in the table of those that do not count; a frame that is no number is part of the name.
    private mutating func inTable(_ bytes: [UInt8], _ frame: CIF.Column?, _ row: Int) -> (store: Int, at: Int) {
        var bytes = bytes
        frame?.withUTF8(row) { text in
            bytes.append(0)
            if let text { bytes.append(contentsOf: text) } else { bytes.append(UInt8(ascii: "1")) }
        }
        let known = listed.count
        let number = Int(bytes.withUnsafeBufferPointer { listed.number($0) })
        let store = tableStore ?? stores.count
        if number == known { table.append(bytes) }
        if tableStore == nil {
            tableStore = store
            stores.append(FrameStore(file: 0, object: 0, path: "", shape: []))
        }
        return (store, number)
    }

    /// The stores, with the table of names that do not count.
    var finished: [FrameStore] {
        guard let tableStore else { return stores }
        var stores = stores
        stores[tableStore] = FrameStore(file: 0, object: 0, path: "", shape: [], images: .listed(table))
        return stores
    }
}
