// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Who names whom: arrows between named nodes, each with a reason for people.
struct Arrows {
    private(set) var targets: [String: [String: Set<String>]] = [:]

    mutating func add(node: String) { targets[node, default: [:]] = targets[node] ?? [:] }

    mutating func add(from: String, to: String, because reason: String) {
        guard from != to else { return }
        targets[from, default: [:]][to, default: []].insert(reason)
        add(node: to)
    }

    /// Groups of nodes that lead to each other, each sorted.
    var circles: [[String]] {
        var closed: Set<String> = []
        var circles: [[String]] = []
        for node in targets.keys.sorted() where !closed.contains(node) {
            let circle = reached(from: node).filter { reached(from: $0).contains(node) }
            closed.formUnion(circle)
            if circle.count > 1 { circles.append(circle.sorted()) }
        }
        return circles
    }

    /// The node and everything that it leads to.
    private func reached(from node: String) -> Set<String> {
        var seen: Set<String> = [node]
        var open = [node]
        while let next = open.popLast() {
            for target in targets[next, default: [:]].keys where seen.insert(target).inserted { open.append(target) }
        }
        return seen
    }

    /// The arrows of a circle, one a line with its reasons.
    func lines(of circle: [String]) -> [String] {
        circle.flatMap { from in
            circle.compactMap { to in
                targets[from]?[to].map { "\(from) -> \(to): \($0.sorted().prefix(8).joined(separator: ", "))" }
            }
        }
    }
}

extension Arrows {
    /// Modules by their import lines.
    static func ofModules(_ files: [SourceFile]) -> Arrows {
        var arrows = Arrows()
        let modules = Set(files.map(\.module))
        for file in files {
            arrows.add(node: file.module)
            for name in file.imports where modules.contains(name) {
                arrows.add(from: file.module, to: name, because: file.name)
            }
        }
        return arrows
    }

    /// Folders of one module by the names of types; a file that lies in no folder stands for itself.
    static func ofFolders(in files: [SourceFile]) -> Arrows {
        var arrows = Arrows()
        let names = files.map { TypeNames($0.lines.joined(separator: "\n")) }
        var homes: [String: Set<String>] = [:]
        var nested: [String: Set<String>] = [:]
        for (file, names) in zip(files, names) {
            arrows.add(node: file.folder)
            for name in names.declared { homes[name, default: []].insert(file.folder) }
            nested.merge(names.nested) { $0.union($1) }
        }
        for (file, names) in zip(files, names) {
            let own = names.opened.reduce(into: names.own) { $0.formUnion(nested[$1] ?? []) }
            for name in names.used where !own.contains(name) {
                guard let homes = homes[name], !homes.contains(file.folder) else { continue }
                for home in homes { arrows.add(from: file.folder, to: home, because: "\(file.name): \(name)") }
            }
        }
        return arrows
    }
}
