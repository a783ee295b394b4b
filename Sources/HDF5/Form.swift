// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A form of the HDF5 format that not every library reads, or that this program does not read.
///
/// - Source: HDF5 File Format Specification 1.0 to 4.0; release notes of HDF5 1.8 to 2.0.
public enum Form: UInt8, Sendable, Hashable, CaseIterable {
    // MARK: Read here, and not by every library

    case superblock3
    case layout4
    case selection2
    case type4
    case reference4
    case selection3
    case type5
    case complex
    case layout5
    case virtual1
    /// A dimension of a chunk takes more bytes than it needs.
    case wideChunk
    /// Numbers of fewer bits than half their bytes have.
    case sparseNumber
    /// A header of version 1 holds more messages than it states.
    case moreMessages
    /// Collections of the global heap of less than 4 096 bytes.
    case smallHeap
    /// An object of the global heap is longer than the text or the sequence in it.
    case longObject

    // MARK: Not read here

    /// A version above those of HDF5 2.0, under a right checksum.
    case newer
    /// A message that a program is to stop at if it does not know it.
    case unknownMessage
    /// Addresses or lengths of another size than 8 bytes.
    case narrow
    case driver
    case family
    case multi
    case cacheImage
    case packedHeap
    case sharedHeap
    case hugeObject
    case filter
    case sourceNumber
    case undefinedFill
    /// More bytes or parts than are looked at.
    case limit

    /// A release of the library.
    public struct Release: Sendable, Hashable, Comparable, CustomStringConvertible {
        /// First number of the release.
        public let major: Int
        /// Second number of the release.
        public let minor: Int

        public init(_ major: Int, _ minor: Int) {
            self.major = major
            self.minor = minor
        }

        /// Reads "1.10" and the like.
        public init?(_ text: String) {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 2, let major = Int(parts[0]), let minor = Int(parts[1]) else { return nil }
            self.init(major, minor)
        }

        public var description: String { "\(major).\(minor)" }

        public static func < (one: Release, other: Release) -> Bool {
            (one.major, one.minor) < (other.major, other.minor)
        }
    }

    /// The release that brought the form; nil if none did.
    public var release: Release? {
        switch self {
        case .superblock3, .layout4, .selection2, .cacheImage, .sourceNumber: Release(1, 10)
        case .type4, .reference4, .selection3: Release(1, 12)
        case .type5, .complex, .layout5, .virtual1: Release(2, 0)
        case .packedHeap, .sharedHeap, .hugeObject: Release(1, 8)
        case .wideChunk, .sparseNumber, .moreMessages, .smallHeap, .longObject, .newer, .unknownMessage, .narrow,
            .driver, .family, .multi, .filter, .undefinedFill, .limit:
            nil
        }
    }

    /// The form in words, for people.
    public var words: String {
        switch self {
        case .superblock3: "superblock of version 3"
        case .layout4: "data layout message of version 4"
        case .selection2: "selection of version 2"
        case .type4: "datatype message of version 4"
        case .reference4: "reference of version 4"
        case .selection3: "selection of version 3"
        case .type5: "datatype message of version 5"
        case .complex: "complex numbers"
        case .layout5: "data layout message of version 5"
        case .virtual1: "list of virtual sources of version 1"
        case .wideChunk: "chunk dimensions in more bytes than they need"
        case .sparseNumber: "numbers of fewer bits than half their bytes"
        case .moreMessages: "a header with more messages than it counts"
        case .smallHeap: "a global heap of less than 4096 bytes"
        case .longObject: "an object of the global heap that is longer than its value"
        case .newer: "a version above those of HDF5 2.0"
        case .unknownMessage: "a message that has to be understood"
        case .narrow: "addresses or lengths of another size than 8 bytes"
        case .driver: "a file driver of its own"
        case .family: "a member of several files that the family driver wrote as one"
        case .multi: "one of several files that the multi or split driver wrote as one"
        case .cacheImage: "an image of the metadata cache"
        case .packedHeap: "a fractal heap behind filters"
        case .sharedHeap: "messages in a heap of the file"
        case .hugeObject: "an attribute or link outside its heap"
        case .filter: "a filter that is not undone here"
        case .sourceNumber: "numbered sources without an extent"
        case .undefinedFill: "elements that were never written and have no fill value"
        case .limit: "more parts or bytes than are looked at"
        }
    }

    /// HDF5 2.0.0 refuses it, which 1.10 reads.
    public var isRefusedByNewest: Bool {
        switch self {
        case .wideChunk, .sparseNumber, .moreMessages, .smallHeap, .longObject: true
        default: false
        }
    }

    /// Libraries of HDF5 1.10 do not read it, or those of 2.0 do not.
    var isNew: Bool { isRefusedByNewest || release.map { $0 > Release(1, 10) } ?? false }

    /// What a driver writes.
    init(_ driver: Superblock.Driver?) {
        switch driver {
        case .family: self = .family
        case .multi: self = .multi
        case nil: self = .driver
        }
    }

    /// Whether libhdf5 may be asked for the object.
    var isAsked: Bool { self == .filter || self == .narrow }

    /// Why an object is not read, as a clause of a sentence.
    var sentence: String {
        if self == .limit { return "it has more parts or bytes than are looked at" }
        return "it is written in a form of HDF5\(release.map { " \($0)" } ?? "") that is not read: \(words)"
    }
}
