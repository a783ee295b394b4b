// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Archive
import CIF
import Glibc
import HDF5
import RuleEngine
import Transport

/// What the readers made of one input.
struct FileReading: Sendable {
    var material: Material
    /// Bytes; 0 when the file cannot be looked at.
    var size: Int { material.size }
    /// What could not be looked at.
    var failures: [Failure] { material.failures }

    /// Reads a file by what its bytes are.
    init(_ path: String, settings: ReadingSettings) {
        var facts = stat()
        guard stat(path, &facts) == 0 else {
            self.init(path, size: 0, unreadable: errno)
            return
        }
        let size = Int(facts.st_size)
        guard facts.st_mode & S_IFMT == S_IFREG else {
            self.init(
                path, size: 0, unreadable: .notRegular, "it is no regular file", remedy: "name a file")
            return
        }
        guard let head = FileBytes.head(path, count: 4096) else {
            self.init(path, size: size, unreadable: errno)
            return
        }
        let superblock = try? Superblock.read(path)
        switch ContentKind.of(head, hasSuperblock: superblock != nil) {
        case .hdf5:
            self.init(container: path, size: size, head: head, superblock: superblock, settings: settings)
        case .cif: self.init(text: path, size: size, settings: settings)
        case .smv: self.init(path, size: size, passedOver: .smv, head: head)
        case .tiff: self.init(path, size: size, passedOver: .tiff, head: head)
        case .empty, .other:
            if let wrapper = Wrapper.of(head) {
                self.init(wrapped: path, in: wrapper, size: size, settings: settings)
            } else if Self.isNamedAsCIF(path) {
                self.init(text: path, size: size, settings: settings)
            } else {
                self.init(path, size: size, passedOver: .unknown, head: head)
            }
        }
    }

    /// A file whose reader died or was ended; `end` says how, in words.
    init(_ path: String, endedBy end: String) {
        var facts = stat()
        let isRegular = stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
        let head = isRegular ? FileBytes.head(path, count: 4096) ?? [] : []
        let kind = ContentKind.of(head, hasSuperblock: head.starts(with: [0x89, 0x48, 0x44, 0x46]))
        self.init(
            material: Material(
                kind: kind == .cif ? .imgcif : .hdf5, withoutExperiment: .unread("reading the file ended the reader"),
                readerEnd: end), size: isRegular ? Int(facts.st_size) : 0,
            failures: [
                Failure(
                    attempt: "read the file", subject: path, code: .ended(end),
                    words: "the process that read it ended (\(end))",
                    remedy: "take the file for damaged or hostile; write it again, or send it to the authors of this "
                        + "program")
            ])
    }

    init(material: Material, size: Int, failures: [Failure]) {
        self.material = material
        self.material.size = size
        self.material.failures = failures
    }

    /// A file that could not be looked at.
    private init(_ path: String, size: Int, unreadable number: Int32) {
        self.init(
            path, size: size, unreadable: .init(system: number), String(cString: strerror(number)),
            remedy: Self.remedy(number))
    }

    private init(_ path: String, size: Int, unreadable code: Failure.Code, _ cause: String, remedy: String) {
        self.init(
            material: Material(kind: .unknown, withoutExperiment: .unread("the file could not be read")), size: size,
            failures: [Failure(attempt: "open the file", subject: path, code: code, words: cause, remedy: remedy)])
    }

    /// A file of a kind that no reader takes; its name may promise more, which FILE-001 tells.
    private init(_ path: String, size: Int, passedOver kind: FileKind, head: [UInt8]) {
        let tree = TreeView(
            name: path, size: size, head: Array(head.prefix(64)), superblock: nil, files: nil, kind: kind)
        self.init(
            material: Material(
                kind: kind, tree: tree, withoutExperiment: .kind("files of kind \(kind.rawValue) are not read")),
            size: size, failures: [])
    }

    private static func isNamedAsCIF(_ path: String) -> Bool {
        let name = path.lowercased()
        return [".cif", ".cbf", ".imgcif"].contains { name.hasSuffix($0) }
    }

    static func remedy(_ code: Int32) -> String {
        switch code {
        case ENOENT, ENOTDIR: return "check the spelling of the path"
        case EACCES, EPERM: return "ask the owner of the file for permission to read it"
        default: return "try a copy of the file on a local disk"
        }
    }
}
