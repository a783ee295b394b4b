// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Transport

/// The files below a folder by the ends of their paths.
struct FilesBelow: Sendable {
    enum Found: Sendable, Hashable {
        /// Relative to the folder.
        case one(String)
        case none
        /// Several names fit alike; the first two.
        case several(String, String)
    }

    let folder: Name
    /// Relative to the folder, in the order of their names.
    let paths: [String]
    private var places: [Substring: [Int]] = [:]

    init(_ folder: Name) {
        self.folder = folder
        let front = folder.bytes.last == 0x2F ? folder.bytes.count : folder.bytes.count + 1
        var paths: [String] = []
        for found in FolderWalk(folder).found where found.trouble == nil && found.name.bytes.count > front {
            paths.append(Name(bytes: Array(found.name.bytes[front...])).text)
        }
        self.paths = paths
        for (index, path) in paths.enumerated() {
            let last = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
            places[last, default: []].append(index)
        }
    }

    /// The file whose path ends as these parts do, by as many of them as any; the last one at least.
    func file(endingAs parts: [Substring]) -> Found {
        guard let last = parts.last, let candidates = places[last] else { return .none }
        var best = (count: 0, indices: [Int]())
        for index in candidates {
            let own = paths[index].split(separator: "/")
            let count = zip(own.reversed(), parts.reversed()).prefix { $0 == $1 }.count
            if count > best.count { best = (count, []) }
            if count == best.count { best.indices.append(index) }
        }
        guard let first = best.indices.first else { return .none }
        // The same path written twice is one; a shorter path that is all of it counts before longer ones.
        let whole = best.indices.first { paths[$0].split(separator: "/").count == best.count }
        if best.indices.count == 1 || whole != nil { return .one(paths[whole ?? first]) }
        return .several(paths[best.indices[0]], paths[best.indices[1]])
    }
}
