// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5
import Transport

/// Which set of definitions applies to an entry, and why.
struct ReleaseChoice {
    let library: DefinitionLibrary
    /// Releases and folders of the command line or profile; empty where neither says.
    let asked: [String]
    let tree: NeXusTree

    func choose(for entry: Node) throws(Failure) -> (set: DefinitionSet, because: String) {
        if !asked.isEmpty { return (try library.set(asked), "asked for") }
        if let (release, place) = declared(by: entry) {
            let taken = release.nearestShipped ?? release
            let note =
                release.commitsAfter.map { $0 > 0 } ?? false
                ? "declared by \(place) as \(release.tag) and \(release.commitsAfter ?? 0) commits"
                : taken == release
                    ? "declared by \(place)" : "declared by \(place) as \(release.tag), which does not ship"
            return (try library.set([taken.tag]), note)
        }
        return (try library.set([]), "default; the file declares none")
    }

    private func declared(by entry: Node) -> (Release, String)? {
        if let field = tree.member("definition", of: entry)?.node {
            if let text = tree.text("version", of: field), let release = Release.declared(version: text) {
                return (release, "\(entry.path)/definition@version")
            }
            if let text = tree.text("URL", of: field), let release = Release.declared(address: text) {
                return (release, "\(entry.path)/definition@URL")
            }
        }
        if let text = tree.text("NeXus_release", of: tree.root), let release = Release(text) {
            return (release, "/@NeXus_release")
        }
        return nil
    }
}
