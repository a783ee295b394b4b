// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5
import NeXus
import RuleEngine
import Transport

/// Looks beside a data file for the file that links to it.
struct MasterSearch {
    /// Files beside it that are opened at most; the names most alike come first.
    private static let most = 8

    private let own: Name

    init(_ path: String) { own = Name(path) }

    /// The name of the master as it stands beside the file; nil where none of the files looked at links to it.
    var master: String? {
        guard let identity = Identity.of(own), let folder = try? folder, let entries = try? folder.entries() else {
            return nil
        }
        let pattern = Self.pattern(own.last.text)
        let names = entries.filter { $0.kind == .file && Self.isHDF5($0.name.text) }.map(\.name.text).filter {
            Self.pattern($0) != pattern
        }
        let ranked = names.map { (name: $0, alike: zip($0.utf8, own.last.text.utf8).prefix { $0 == $1 }.count) }
            .sorted { ($1.alike, $0.name) < ($0.alike, $1.name) }
        for candidate in ranked.prefix(Self.most) {
            let path = own.folder.appending(Name(candidate.name))
            guard let source = try? Source.open(path),
                let files = try? FileSet.read(source, follow: .none, policy: .nexus)
            else { continue }
            let linked = files.files.dropFirst().map(\.path)
            if linked.contains(where: { Identity.of(Name($0))?.key == identity.key }) { return candidate.name }
        }
        return nil
    }

    private var folder: Folder {
        get throws(Failure) { own.folder.bytes.isEmpty ? .working : try Folder(own.folder) }
    }

    private static func isHDF5(_ name: String) -> Bool {
        [".h5", ".nxs", ".hdf5", ".hdf", ".nx5", ".nexus"].contains { name.lowercased().hasSuffix($0) }
    }

    /// Members of one series have names that differ in digits alone.
    private static func pattern(_ name: String) -> String { name.filter { !$0.isASCII || !$0.isNumber } }
}
