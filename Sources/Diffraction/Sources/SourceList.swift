// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Every file of one reading in the order in which it was reached; the first is the one that was asked for.
///
/// The model opens no file: who reads tells the names, and how a byte offset becomes a line.
public final class SourceList: Sendable {
    /// Why a file was reached.
    public enum Role: Sendable, Hashable {
        /// It was asked for.
        case main
        /// A link of another file leads to it.
        case linked
        /// A single image of a series.
        case image
    }

    /// One file.
    public struct Entry: Sendable {
        /// As it was named.
        public let name: String
        /// Why it was reached.
        public let role: Role
        let lines: Lines

        /// - Parameter lines: How offsets become lines; nil for a file that is no text.
        public init(name: String, role: Role, lines: Lines = .none) {
            self.name = name
            self.role = role
            self.lines = lines
        }

        /// The same file under another name.
        public init(name: String, role: Role, sharing other: Entry) {
            self.init(name: name, role: role, lines: other.lines)
        }
    }

    /// How a byte offset of a file becomes a line.
    public enum Lines: Sendable {
        case none
        /// Asked of the document, which is kept.
        case document(@Sendable (_ offset: Int) -> (line: Int, column: Int))
        /// Looked up among the starts of the lines that are of use; the document is not kept.
        case starts(LineStarts)
    }

    /// The files, by their numbers.
    public let entries: [Entry]

    public init(_ entries: [Entry]) { self.entries = entries }

    /// One file without lines.
    public convenience init(main name: String) { self.init([Entry(name: name, role: .main)]) }

    /// The file of a number; nil when the list has no such file.
    public subscript(_ source: SourceID) -> Entry? {
        let index = Int(source.index)
        return index < entries.count ? entries[index] : nil
    }

    /// The name of a file other than the one that was asked for; nil for that one.
    public func otherName(_ source: SourceID) -> String? { source == .main ? nil : self[source]?.name }

    /// Line and column of a byte offset, both from 1; nil where the file is no text or was not kept.
    public func position(of offset: Int, in source: SourceID) -> (line: Int, column: Int)? {
        switch self[source]?.lines {
        case .document(let position): return position(offset)
        case .starts(let starts): return starts.position(of: offset)
        case .some(.none), nil: return nil
        }
    }
}

/// The offsets at which the lines of the first part of a text begin, 4 bytes a line.
public struct LineStarts: Sendable, Hashable {
    private let starts: [UInt32]
    private let end: Int

    /// The lines of a text up to a limit; a carriage return, a line feed, or both end one.
    ///
    /// - Parameters:
    ///   - bytes: The text from its beginning.
    ///   - limit: Bytes that are looked at, 4 GiB at most: the place of the last line that matters, or the first pixel.
    public init(of bytes: UnsafeRawBufferPointer, limit: Int) {
        end = min(max(limit, 0), bytes.count, Int(UInt32.max))
        var starts: [UInt32] = [0]
        var index = 0
        while index < end {
            let byte = bytes[index]
            index += 1
            guard byte == 10 || byte == 13 else { continue }
            if byte == 13, index < end, bytes[index] == 10 { index += 1 }
            starts.append(UInt32(index))
        }
        self.starts = starts
    }

    /// Line and column in bytes, both from 1; nil beyond the part that was looked at.
    public func position(of offset: Int) -> (line: Int, column: Int)? {
        guard offset >= 0, offset <= end else { return nil }
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(starts[middle]) <= offset { low = middle } else { high = middle }
        }
        return (low + 1, offset - Int(starts[low]) + 1)
    }
}
