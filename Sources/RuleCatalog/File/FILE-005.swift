// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import HDF5
import RuleEngine

extension Rule {
    static let file005 = Rule(
        "FILE-005", .B, "link or virtual source leaves the folder of the file", applies: .anyNeXus,
        what: """
            The file names of external links, of sources of virtual datasets and of external raw storage: absolute paths, paths with '..', \
            drive letters and URLs. One finding for each folder.
            """,
        why: "Copied to another place, or deposited, the file loses what it points to.",
        fix: "Write the data files beside the master, and link to them by their name alone.",
        references: ["HDF5 external links and virtual datasets", "dials/dials#605"],
        needs: ["FILE-001"],
        checks: [.tree(linksThatLeave)])
}

private func linksThatLeave(_ view: TreeView, _ verdicts: inout Verdicts) {
    guard let files = view.files else { return }
    var groups: [(folder: String, paths: [String])] = []
    func take(_ file: String, _ path: String) {
        guard leaves(file) else { return }
        let cut = file.lastIndex { $0 == "/" || $0 == "\\" } ?? file.startIndex
        let folder = String(file[..<cut])
        if let known = groups.firstIndex(where: { $0.folder == folder }) {
            groups[known].paths.append(path)
        } else {
            groups.append((folder, [path]))
        }
    }
    for link in view.links(in: files) {
        if case .external(let file, _) = link.target { take(file, link.path) }
    }
    for virtual in view.virtualStacks(in: files) {
        for name in sourceNames(virtual, files) { take(name, virtual.path) }
    }
    for object in files.main.objects {
        guard case .external(let segments)? = object.dataset?.layout else { continue }
        for name in Set(segments.map(\.file)).sorted() { take(name, files.main.path(of: object.id)) }
    }
    // What a needed link leads to was not opened: nobody can say that it is absent.
    let hidesNeeds = view.links(in: files).contains { link in
        if case .notFollowed = link.state { link.isNeeded } else { false }
    }
    for (folder, paths) in groups {
        guard let first = paths.first else { continue }
        verdicts.report(
            "\(paths.count) link\(paths.count == 1 ? " names a file" : "s name files") in "
                + "'\(Wording.excerpt(folder.isEmpty ? "/" : folder, limit: 80))', outside the folder of the file (first \(first))",
            at: paths.prefix(Engine.placeLimit).map { .object(path: $0, attribute: nil) },
            values: [("n", .integer(paths.count)), ("folder", .text(folder))], count: paths.count,
            subjects: [Subject(.dataset, "folders")] + (hidesNeeds ? [Subject(.dataset, "links")] : []))
    }
}

/// The file names as the mappings of a virtual dataset write them.
private func sourceNames(_ virtual: VirtualStack, _ files: FileSet) -> [String] {
    guard let object = files.files[virtual.block.file].snapshot?.objects[virtual.block.object],
        case .virtual(let mappings)? = object.dataset?.layout
    else { return [] }
    var names: [String] = []
    var seen = Set<String>()
    for mapping in mappings where mapping.file != "." && seen.insert(mapping.file).inserted {
        names.append(mapping.file)
    }
    return names
}

/// Absolute, with '..', with a drive letter, or a URL.
private func leaves(_ file: String) -> Bool {
    if file.hasPrefix("/") || file.hasPrefix("\\") || file.contains("://") { return true }
    let drive = file.utf8.prefix(2)
    if drive.count == 2, drive.last == UInt8(ascii: ":") { return true }
    return file.split(whereSeparator: { $0 == "/" || $0 == "\\" }).contains("..")
}
