// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// From which release on an item is defined that the release in use does not know.
struct LaterReleases {
    private let library: DefinitionLibrary
    private let application: String?
    /// Those that ship and are later than the one in use, the oldest first.
    private let releases: [Release]

    init(library: DefinitionLibrary, set: DefinitionSet, application: String?) {
        self.library = library
        self.application = application
        releases = set.release.map { used in Release.shipped.filter { $0 > used } } ?? []
    }

    /// The first release that defines an item of this kind and exact name in groups of the class.
    func first(_ kind: Item.Kind, _ name: String, in className: String) -> String? {
        for release in releases {
            guard let set = try? library.set([release.tag]) else { continue }
            if defines(set.baseClass(className), kind, name) { return release.tag }
            var open = application.flatMap { set.application($0) }.map { [$0.tree] } ?? []
            while let concept = open.popLast() {
                if concept.item.type == className, defines(concept, kind, name) { return release.tag }
                open += concept.children.filter { $0.kind == .group }
            }
        }
        return nil
    }

    /// A release that ships, newest first, that has a class which the one in use has not.
    func release(knowing className: String) -> String? {
        Release.shipped.reversed().first { release in
            (try? library.set([release.tag]))?.definition(className) != nil
        }?.tag
    }

    private func defines(_ concept: Concept?, _ kind: Item.Kind, _ name: String) -> Bool {
        concept?.children.contains { $0.kind == kind && $0.name == name } ?? false
    }
}
