// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// One entry of an archive.
public struct ArchiveMember: Sendable, Hashable {
    /// What an entry is.
    public enum Kind: Sendable, Hashable {
        case file, folder
        /// A symbolic or hard link.
        case link
        /// A device, a pipe, or something else that is no file.
        case device
    }

    /// Its path as the archive has it.
    public let name: String
    /// Only files and folders are plain.
    public let kind: Kind
    /// Bytes that it holds, as stated.
    public let size: Int

    public init(name: String, kind: Kind, size: Int) {
        self.name = name
        self.kind = kind
        self.size = size
    }

    /// Why it is never opened or unpacked; nil for a plain file or folder under a plain name.
    public var fault: String? {
        if let fault = Self.fault(ofName: name) { return fault }
        switch kind {
        case .file, .folder: return nil
        case .link: return "is a link"
        case .device: return "is a device or a pipe"
        }
    }

    /// Why a path is no plain one below a folder; nil for one that is.
    ///
    /// - Source: RFC 8493 section 6; audit.md section 4.
    public static func fault(ofName name: String) -> String? {
        let bytes = Array(name.utf8)
        if bytes.isEmpty { return "has no name" }
        if bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return "has a control character" }
        if bytes.first == UInt8(ascii: "/") || bytes.first == UInt8(ascii: "\\") { return "is an absolute path" }
        if bytes.count > 2, bytes[1] == UInt8(ascii: ":"), (0x41...0x5A).contains(bytes[0] & 0xDF),
            bytes[2] == UInt8(ascii: "\\") || bytes[2] == UInt8(ascii: "/")
        {
            return "begins with the drive of a computer"
        }
        let parts = name.split { $0 == "/" || $0 == "\\" }
        return parts.contains("..") ? "leaves the folder by '..'" : nil
    }
}

/// What an archive holds, as far as it was looked at.
public struct ArchiveListing: Sendable {
    /// Something that is not as it was written.
    public struct Fault: Sendable, Hashable {
        /// What it means.
        public enum Kind: Sendable, Hashable {
            /// Bytes are lost or changed.
            case damaged
            /// All members are whole; what marks the end is not there.
            case unended
            /// It is there and this program does not read it.
            case unread
        }

        /// How bad it is.
        public let kind: Kind
        /// The member at fault; nil for the archive as a whole.
        public let member: String?
        /// What is so: "is cut short: 100 of 200 bytes".
        public let words: String

        public init(_ kind: Kind, _ member: String?, _ words: String) {
            self.kind = kind
            self.member = member
            self.words = words
        }
    }

    /// In the order of the archive.
    public var members: [ArchiveMember] = []
    /// In the order in which they were met.
    public var faults: [Fault] = []
    /// The directory uses 64-bit places.
    public var isZIP64 = false
    /// Members beyond those that are listed may be there.
    public var isCut = false

    public init() {}
}

/// How much is read of an archive.
///
/// - Source: audit.md section 4.
public struct ArchiveLimits: Sendable {
    /// Members that are listed.
    public var members = 1_000_000
    /// Bytes of one member.
    public var memberBytes = 1 << 30
    /// Bytes of members that are met in a stream before somebody asks for them.
    public var keptBytes = 256 << 20
    /// Bytes of the directory of a ZIP.
    public var directoryBytes = 256 << 20
    /// Bytes out for each byte in, looked at once `free` bytes are out.
    public var ratio = 200
    /// Bytes out that are never compared with the bytes in.
    public var free = 64 << 20

    public init() {}

    /// So many bytes may become so many.
    func allows(_ out: Int, from stored: Int) -> Bool {
        out <= memberBytes && (out <= free || out / max(ratio, 1) <= stored)
    }
}
