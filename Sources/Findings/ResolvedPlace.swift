// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A place in words and numbers that a person can go to; made from a `Place` when a finding is shown.
public struct ResolvedPlace: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        case file
        /// Line and column count from 1; row of a loop from 1.
        case text(line: Int, column: Int, item: String?, row: Int?)
        case object(path: String, attribute: String?)
        /// Frames from 1 as closed ranges in rising order.
        case frames(scan: String, ranges: [ClosedRange<Int>])
    }

    /// Another file of the set by its name as linked; nil: the file that is checked.
    public let file: String?
    public let kind: Kind
    /// Another file by way of which links lead to the object, by its name as linked; nil for an object of the file itself.
    public let byWayOf: String?

    public init(file: String? = nil, kind: Kind, byWayOf: String? = nil) {
        self.file = file
        self.kind = kind
        self.byWayOf = byWayOf
    }

    /// The same place, whose object lies in another file.
    public func lying(inFile name: String) -> ResolvedPlace { ResolvedPlace(file: file, kind: kind, byWayOf: name) }

    /// The place without the name of the file: "26:13", "/entry/sample@units", "frames 3-1800 (1798)"; empty for the
    /// file as a whole.
    public var local: String {
        switch kind {
        case .file: return ""
        case .text(let line, let column, _, _): return "\(line):\(column)"
        case .object(let path, let attribute): return attribute.map { "\(path)@\($0)" } ?? path
        case .frames(_, let ranges): return FrameRanges.words(ranges)
        }
    }

    /// The place as reports print it: "scan1.cif:26:13", "file.nxs::/entry/sample@units", "scan1.cif: frames 3-1800
    /// (1798)".
    public func text(named name: String) -> String {
        let name = file ?? name
        switch kind {
        case .file: return name
        case .text: return name + ":" + local
        case .object: return name + "::" + local
        case .frames: return name + ": " + local
        }
    }
}

extension ResolvedPlace: Comparable {
    public static func < (a: ResolvedPlace, b: ResolvedPlace) -> Bool {
        if a.file != b.file { return (a.file ?? "") < (b.file ?? "") }
        switch (a.kind, b.kind) {
        case (.text(let la, let ca, _, _), .text(let lb, let cb, _, _)): return (la, ca) < (lb, cb)
        case (.object(let pa, let aa), .object(let pb, let ab)): return pa == pb ? (aa ?? "") < (ab ?? "") : pa < pb
        case (.frames(let sa, let ra), .frames(let sb, let rb)):
            return sa == sb ? (ra.first?.lowerBound ?? 0) < (rb.first?.lowerBound ?? 0) : sa < sb
        default: return a.rank < b.rank
        }
    }

    private var rank: Int {
        switch kind {
        case .file: return 0
        case .text: return 1
        case .object: return 2
        case .frames: return 3
        }
    }
}

/// Frame numbers as people write them.
public enum FrameRanges {
    /// Closed ranges in rising order from numbers in any order; repeats count once.
    public static func collapse(_ frames: some Sequence<Int>) -> [ClosedRange<Int>] {
        var ranges: [ClosedRange<Int>] = []
        for frame in Set(frames).sorted() {
            if let last = ranges.last, last.upperBound &+ 1 == frame {
                ranges[ranges.count - 1] = last.lowerBound...frame
            } else {
                ranges.append(frame...frame)
            }
        }
        return ranges
    }

    /// "frame 7", "frames 3-1800 (1798)", "frames 1, 4-9, 30 … (57)"; with another noun those of images.
    public static func words(_ ranges: [ClosedRange<Int>], of noun: String = "frame") -> String {
        let total = ranges.reduce(0) { $0 &+ ($1.upperBound &- $1.lowerBound &+ 1) }
        let shown = ranges.prefix(3).map { range in
            range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
        }
        if total == 1, let only = shown.first { return "\(noun) \(only)" }
        return "\(noun)s " + shown.joined(separator: ", ") + (ranges.count > 3 ? " …" : "") + " (\(total))"
    }
}
