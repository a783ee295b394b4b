// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension FileSet {
    /// Virtual datasets over virtual datasets that are followed.
    private static let mostSteps = 16

    /// The other file by way of which a path of the main file gets its object, or in which it ends without one.
    ///
    /// Links are followed to the end, and virtual datasets whose sources lie in one file.
    /// - Returns: Its name as the file before names it; nil where the main file itself has the object.
    public func fileBehind(_ path: String) -> String? {
        guard files.count > 1 else { return nil }
        var (path, file, name) = (path, 0, String?.none)
        for _ in 0..<Self.mostSteps {
            let end = follow(path, from: "/", in: file)
            if end.file != file, files.indices.contains(end.file) { name = end.file == 0 ? nil : files[end.file].name }
            guard case .object(let id, let holder) = end.resolution, files.indices.contains(holder) else {
                if case .external(let other, _) = end.resolution { return other }
                return name
            }
            guard let snapshot = files[holder].snapshot, case .virtual(let mappings)? = snapshot[id].dataset?.layout,
                let first = mappings.first, first.file != ".", mappings.allSatisfy({ $0.file == first.file }),
                let source = sources(of: first, in: holder).first
            else { return name }
            name = source.name
            guard let next = source.file, files.indices.contains(next), files[next].snapshot != nil else { return name }
            (path, file) = (first.dataset, next)
        }
        return name
    }

    /// The paths of the main file that lead to another one by a link or a virtual dataset, directly or on the way there,
    /// and what leads on from file to file.
    ///
    /// - Returns: The path of the main file first, a soft link in place of what it leads to; empty where nothing leads there.
    public func way(to file: Int) -> [String] {
        var way: [String] = []
        var file = file
        for _ in 0..<Self.mostSteps {
            guard let (name, holder) = naming(file) else { return way }
            way.insert(shown(name, in: holder), at: 0)
            guard holder != 0 else {
                if let soft = softLink(to: name) { way[0] = soft }
                return way
            }
            file = holder
        }
        return []
    }

    /// The first soft link of the main file that leads to a path, or to what lies below it.
    private func softLink(to path: String) -> String? {
        guard let snapshot = files.first?.snapshot else { return nil }
        for object in snapshot.objects {
            for link in object.links {
                guard case .soft(let target) = link.target, target == path || target.hasPrefix(path + "/") else {
                    continue
                }
                return Self.path(link.name, in: snapshot.path(of: object.id))
            }
        }
        return nil
    }
}
