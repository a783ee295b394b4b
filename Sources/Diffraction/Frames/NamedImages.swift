// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Images of files that a document names, without a text for each: position k of the store is one of them.
public enum NamedImages: Sendable, Hashable {
    /// One file, position k its k-th frame from 0.
    case frames(of: ImageName)
    /// Files whose names count: position k is the first frame of the file with the number k.
    case counting(ImageName, in: Part, NumberPattern)
    /// Files in no order.
    case listed(NameTable)

    /// The part of a name in which a number stands.
    public enum Part: Sendable, Hashable { case location, member }

    /// The number of the frame in the file that lies at a position, from 1; nil where it is given by no number.
    public func frame(at position: Int) -> Int? {
        switch self {
        case .frames: position &+ 1
        case .counting: 1
        case .listed(let table): table.frame(at: position)
        }
    }

    /// The name of what lies at a position; nil beyond those that are there.
    public func name(at position: Int) -> ImageName? {
        switch self {
        case .frames(let name): return name
        case .counting(let name, .location, let pattern):
            return ImageName(location: pattern.text(position), member: name.member, path: name.path)
        case .counting(let name, .member, let pattern):
            return ImageName(location: name.location, member: pattern.text(position), path: name.path)
        case .listed(let table): return table.name(at: position)
        }
    }
}

/// Where an image lies, as a document writes it.
public struct ImageName: Sendable, Hashable {
    /// Address or path of the file, or of the archive that holds it.
    public let location: String?
    /// Path of the file inside an archive.
    public let member: String?
    /// Path of the dataset inside the file.
    public let path: String?

    public init(location: String?, member: String?, path: String?) {
        self.location = location
        self.member = member
        self.path = path
    }
}

/// Texts that differ in one number.
public struct NumberPattern: Sendable, Hashable {
    /// What stands in front of the number.
    public let before: String
    /// What stands behind it.
    public let after: String
    /// Digits at least; smaller numbers have zeros before them.
    public let width: Int

    public init(before: String, after: String, width: Int) {
        self.before = before
        self.after = after
        self.width = width
    }

    /// The text with a number.
    public func text(_ number: Int) -> String {
        let digits = String(number)
        return before + String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits + after
    }
}

/// Names as bytes one after the other, four bytes more for each.
public struct NameTable: Sendable, Hashable {
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []

    public init() {}

    /// How many there are.
    public var count: Int { ends.count }

    /// Adds a name: its location, member and path with a byte 0 between them, a byte 1 for one that is not there.
    public mutating func append(_ name: some Sequence<UInt8>) {
        bytes.append(contentsOf: name)
        ends.append(UInt32(truncatingIfNeeded: bytes.count))
    }

    /// The frame that stands behind a name, 1 where none does; nil for one that is no number.
    func frame(at position: Int) -> Int? {
        guard let parts = parts(at: position), parts.count > 3 else { return 1 }
        return parts[3].flatMap { Int($0) }
    }

    /// A name; nil beyond those that are there.
    public func name(at position: Int) -> ImageName? {
        guard let parts = parts(at: position), parts.count >= 3 else { return nil }
        return ImageName(location: parts[0], member: parts[1], path: parts[2])
    }

    private func parts(at position: Int) -> [String?]? {
        guard ends.indices.contains(position) else { return nil }
        let start = position == 0 ? 0 : Int(ends[position - 1])
        let end = Int(ends[position])
        guard start <= end, end <= bytes.count else { return nil }
        return bytes[start..<end].split(separator: 0, omittingEmptySubsequences: false).map { part in
            part.elementsEqual([1]) ? nil : String(decoding: part, as: UTF8.self)
        }
    }
}
