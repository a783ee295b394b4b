// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CorpusRecipes
import Foundation
import TestSupport

/// Makes data sets of a main file, a file on the way and one that holds an object.
struct Builder: Sendable {
    /// An empty folder.
    let root: String

    /// A file beside the main one that holds nothing but a link to its entry.
    static let top = "top.nxs"

    /// Makes the files that lead to an object, in a folder of this name.
    func buildWay(_ object: NeededObject, _ way: StateWay, in name: String) throws {
        let folder = root + "/" + name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try make(mainRecipe(object, way), at: folder + "/main.nxs")
        if let middle = middleRecipe(object, way) { try make(middle, at: folder + "/mid.h5") }
        let top = """
            {tree: {'@default': 'entry', '@file_name': 'top.nxs', '@file_time': '2026-01-01T00:00:00Z',
              entry: {$external: 'main.nxs', $path: '/entry'}}}
            """
        try make(top, at: folder + "/" + Self.top)
    }

    /// Copies these files and puts the file beside them that holds the object.
    ///
    /// - Returns: Path of the main file.
    func build(_ object: NeededObject, _ state: FileState, isLatest: Bool, way: String, in name: String) throws
        -> String
    {
        let folder = root + "/" + name
        try FileManager.default.copyItem(atPath: root + "/" + way, toPath: folder)
        let main = folder + "/main.nxs"
        try source(object, state, isLatest: isLatest, at: folder + "/src.h5", aside: root + "/aside-" + name + ".h5")
        return main
    }

    private func make(_ recipe: String, at path: String) throws {
        let text = path + ".recipe"
        try Data(recipe.utf8).write(to: URL(fileURLWithPath: text))
        defer { try? FileManager.default.removeItem(atPath: text) }
        try Recipe(reading: text).build(at: path)
    }

    // MARK: The way

    private func mainRecipe(_ object: NeededObject, _ way: StateWay) -> String {
        let base = Folder.checkout.appendingPathComponent("corpora/golden/nxmx.nxs.json").path
        var changes = object.changes
        switch way {
        case .external: changes.append(set(object.path, #"{$external: "src.h5", $path: "/data"}"#))
        case .linkToLink, .externalVirtual:
            changes.append(set(object.path, #"{$external: "mid.h5", $path: "/x"}"#))
        case .softExternal:
            changes.append(set("/hidden", #"{$external: "src.h5", $path: "/data"}"#))
            changes.append(set(object.path, #"{$soft: "/hidden"}"#))
        case .groupOfAnotherFile:
            changes.append(set("/hidden", #"{$external: "src.h5", $path: "/"}"#))
            changes.append(set(object.path, #"{$soft: "/hidden/data"}"#))
        case .virtual: changes.append(set(object.path, virtual(object, of: "src.h5", "/data")))
        case .virtualOfVirtual: changes.append(set(object.path, virtual(object, of: "mid.h5", "/x")))
        }
        return "{base: '\(base)', changes: [\(changes.joined(separator: ", "))]}"
    }

    private func set(_ path: String, _ node: String) -> String { "{set: '\(path)', to: \(node)}" }

    private func virtual(_ object: NeededObject, of file: String, _ path: String) -> String {
        guard let (type, shape) = object.extent, case .numbers(_, _, _, let attributes) = object.content else {
            return ""
        }
        return """
            {$virtual: [{file: '\(file)', dataset: '\(path)', frames: \(shape[0])}], $type: '\(type)', $shape: \(shape),
              \(attributes)}
            """
    }

    private func middleRecipe(_ object: NeededObject, _ way: StateWay) -> String? {
        switch way {
        case .linkToLink: "{tree: {x: {$external: 'src.h5', $path: '/data'}}}"
        case .virtualOfVirtual, .externalVirtual:
            "{format: 'latest', tree: {x: \(virtual(object, of: "src.h5", "/data"))}}"
        case .external, .softExternal, .groupOfAnotherFile, .virtual: nil
        }
    }

    // MARK: The file

    private func source(
        _ object: NeededObject, _ state: FileState, isLatest: Bool, at path: String, aside: String
    ) throws {
        let files = FileManager.default
        switch state {
        case .absent: return
        case .empty: _ = files.createFile(atPath: path, contents: Data())
        case .page: _ = files.createFile(atPath: path, contents: Data("<html><body>Not found</body></html>".utf8))
        case .pipe: mkfifo(path, 0o644)
        case .folder: try files.createDirectory(atPath: path, withIntermediateDirectories: false)
        case .linkOutside:
            try make(recipe(object, state, isLatest: isLatest), at: aside)
            try files.createSymbolicLink(atPath: path, withDestinationPath: aside)
        case .half:
            try make(recipe(object, state, isLatest: isLatest), at: path)
            let size = try files.attributesOfItem(atPath: path)[.size] as? Int ?? 0
            truncate(path, size / 2)
        case .noPermission:
            try make(recipe(object, state, isLatest: isLatest), at: path)
            chmod(path, 0)
        default: try make(recipe(object, state, isLatest: isLatest), at: path)
        }
    }

    private func recipe(_ object: NeededObject, _ state: FileState, isLatest: Bool) -> String {
        let data = state == .otherDataset ? "other: 1" : "data: \(object.node(state.form))"
        let others = state == .disordered ? (1...12).map { ", other_\($0): \($0)" }.joined() : ""
        let changes =
            switch state {
            case .open: "[{superblockFlags: 5}]"
            case .disordered: "[{swapLinks: 0}]"
            default: "[]"
            }
        return "{format: '\(isLatest ? "latest" : "earliest")', tree: {\(data)\(others)}, changes: \(changes)}"
    }
}
