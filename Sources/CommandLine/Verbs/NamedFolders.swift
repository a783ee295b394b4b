// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Transport

/// Folders that a call names to be looked through, and never written to.
enum NamedFolders {
    /// Without a slash at the end, each once.
    ///
    /// - Parameter done: What is done with them, as in "audited".
    static func of(_ words: [String], _ done: String) throws(Failure) -> [Name] {
        var roots: [Name] = []
        for word in words {
            var bytes = Name(word).bytes
            while bytes.count > 1, bytes.last == 0x2F { bytes.removeLast() }
            let name = Name(bytes: bytes)
            guard Folder.working.kind(behind: name) == .folder else {
                throw Failure(usage: "'\(name.shown)' is no folder", remedy: "name the folders that are to be \(done)")
            }
            if !roots.contains(name) { roots.append(name) }
        }
        return roots
    }

    /// What is written while they are looked through lies outside of them, or it would be met.
    static func refuse(
        _ file: Name, _ what: String, below roots: [Name], _ done: String, option: String
    ) throws(Failure) {
        guard let place = Folder.trueName(file.folder) else { return }
        for root in roots {
            guard let outer = Folder.trueName(root), (place.bytes + [0x2F]).starts(with: outer.bytes + [0x2F]) else {
                continue
            }
            throw Failure(
                usage: "the \(what) '\(file.shown)' would lie in '\(root.shown)', which is \(done) and not written to",
                remedy: "name another place with \(option)")
        }
    }
}
