// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Transport

/// Files that are written from a store of an audit: never the store itself, and nothing below what was audited.
struct AuditOutputs {
    private let store: Name
    private let roots: [Name]

    init(of store: Name, below roots: [Name]) {
        self.store = store
        self.roots = roots
    }

    /// The store and what SQLite keeps beside it.
    private var parts: [Name] { ["", "-wal", "-shm", "-journal"].map { Name(bytes: store.bytes + Array($0.utf8)) } }

    /// The files of the store that are there.
    var keys: Set<Identity.Key> { Set(parts.compactMap { Identity.of($0)?.key }) }

    /// Refuses a file before anything is read.
    ///
    /// - Throws: Wrong usage where the file is the store, also one that is still to be made, holds diffraction data, or would
    ///   lie in what is audited.
    func look(_ path: String, option: String) throws(Failure) {
        let name = Name(path)
        try NamedFolders.refuse(name, "file", below: roots, "audited", option: option)
        if parts.contains(where: { Self.place($0) == Self.place(name) }) {
            throw Failure(
                attempt: "write", subject: path, code: .usage, words: "it is the store of this audit",
                remedy: "name another file")
        }
        if Folder.working.kind(behind: name) == .file { _ = try Output(path, inputs: keys, replaces: true) }
    }

    /// Opens what -o names; "-" and nothing are standard output.
    func open(_ path: String?) throws(Failure) -> Output {
        if let path, path != "-" { try look(path, option: "-o") }
        return try Output(path, inputs: keys, replaces: true)
    }

    /// The folder, without links, and the name in it.
    private static func place(_ name: Name) -> [UInt8] {
        (Folder.trueName(name.folder)?.bytes ?? name.folder.bytes) + [0x2F] + name.last.bytes
    }
}
