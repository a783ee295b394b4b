// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import JSON

/// What a file is to the other files of its data set.
public struct Kinship: Sendable, Hashable {
    /// Files that it links to and that are there, by the path where they were found.
    public var linked: [String] = []
    /// Files that hold the frames it describes, by path.
    public var frames: [String] = []
    /// The first and the last image of each scan of a description in text, by what names them: address, member, path, frame.
    public var images: [String] = []
    /// It has no definition and describes no experiment, so that another file may describe it.
    public var isUndescribed = false
    /// It holds no description at all, in words such as "HDF5 without NXentry"; nil for a file that does.
    public var foreignWords: String?
    /// What a detector writer made it for; nil for other files.
    public var part: WriterPart?
    /// Digests of files that hold its frames, taken while these were read.
    public var digests: [Digest] = []

    public init() {}

    /// The digest of another file, and the state of the file in which it was taken.
    public struct Digest: Sendable, Hashable {
        /// Where it was found.
        public let path: String
        public let device, inode: UInt64
        /// Bytes.
        public let size: Int
        /// When its bytes last changed; nanoseconds since 1970.
        public let modified: Int64
        /// Lower case hexadecimal, 64 digits.
        public let sha256: String

        public init(path: String, device: UInt64, inode: UInt64, size: Int, modified: Int64, sha256: String) {
            self.path = path
            self.device = device
            self.inode = inode
            self.size = size
            self.modified = modified
            self.sha256 = sha256
        }
    }
}

/// A file that a detector writer makes beside its master, and that is checked through it.
public struct WriterPart: Sendable, Hashable {
    /// What such a file holds.
    public enum Role: String, Sendable, Hashable {
        case data, meta
    }

    public let role: Role
    /// The file that links to it, as people would name it; nil where none is known.
    public var master: String?
    /// The master is checked in the same run.
    public var isMasterInRun = false

    public init(_ role: Role, master: String? = nil) {
        self.role = role
        self.master = master
    }

    /// "a data file of 'scan_master.h5'", "a meta file by its layout; its master was not found".
    public var words: String {
        "a \(role.rawValue) file " + (master.map { "of '\($0)'" } ?? "by its layout; its master was not found")
    }
}

extension Kinship {
    /// Writes the members of the object that the writer is in; only for another process of this program.
    func write(into json: inout JSONWriter) {
        json.array("linked") { json in for path in linked { json.string(path) } }
        json.array("frames") { json in for path in frames { json.string(path) } }
        if !images.isEmpty { json.array("images") { json in for name in images { json.string(name) } } }
        json.member("undescribed", isUndescribed)
        json.member("foreign", foreignWords)
        json.member("role", part?.role.rawValue)
        json.member("master", part?.master)
        if digests.isEmpty { return }
        json.array("digests") { json in
            for digest in digests {
                // Numbers of files have more digits than numbers of JSON.
                json.array { json in
                    for word in [
                        digest.path, "\(digest.device)", "\(digest.inode)", "\(digest.size)", "\(digest.modified)",
                        digest.sha256,
                    ] { json.string(word) }
                }
            }
        }
    }

    static func decode(_ value: JSONValue) throws(ReportFault) -> Kinship {
        let object = ReportObject(value, path: "kinship.")
        var kinship = Kinship()
        kinship.linked = value["linked"]?.elements?.compactMap(\.string) ?? []
        kinship.frames = value["frames"]?.elements?.compactMap(\.string) ?? []
        kinship.images = value["images"]?.elements?.compactMap(\.string) ?? []
        kinship.isUndescribed = try object.bool("undescribed")
        kinship.foreignWords = object.optionalText("foreign")
        if let role = object.optionalText("role") {
            guard let role = WriterPart.Role(rawValue: role) else { throw object.fault("role") }
            kinship.part = WriterPart(role, master: object.optionalText("master"))
        }
        kinship.digests = try (value["digests"]?.elements ?? []).map { value throws(ReportFault) in
            let words = value.elements?.compactMap(\.string) ?? []
            guard words.count == 6, let device = UInt64(words[1]), let inode = UInt64(words[2]),
                let size = Int(words[3]),
                let modified = Int64(words[4])
            else { throw object.fault("digests") }
            return Digest(
                path: words[0], device: device, inode: inode, size: size, modified: modified, sha256: words[5])
        }
        return kinship
    }
}
