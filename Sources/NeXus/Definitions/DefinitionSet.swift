// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// All definitions in force for one run: sets laid over each other, whole definitions by name.
///
/// Definitions are parsed and resolved when they are first asked for, and kept. Nothing after this type knows whether
/// a definition came from facts or from NXDL.
public final class DefinitionSet: Sendable {
    /// One set of definitions before any other lies over it.
    public enum Layer: Sendable {
        case facts(FactsFile)
        case folder(NXDLFolder)

        public var provenance: Provenance {
            switch self {
            case .facts(let file): file.provenance
            case .folder(let folder): folder.provenance
            }
        }
    }

    /// How reports name the set, such as `v2026.01` or `v2026.01 with ./drafts`.
    public let name: String
    /// The lowest layer first.
    public let layers: [Layer]

    private let folders: [[String: Definition]]
    private let cache = Mutex(Cache())

    private struct Cache {
        var definitions: [String: Definition] = [:]
        var ancestries: [String: Set<String>] = [:]
        var classes: [String: Concept] = [:]
        var applications: [String: Application] = [:]
        var unions: [[ObjectIdentifier]: Concept] = [:]
        var members: [ObjectIdentifier: MemberIndex] = [:]
    }

    public init(name: String, layers: [Layer]) {
        self.name = name
        self.layers = layers
        folders = layers.map { layer in
            guard case .folder(let folder) = layer else { return [:] }
            return Dictionary(folder.definitions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// The newest release among the layers; nil where none says.
    public var release: Release? { layers.compactMap { $0.provenance.release.flatMap(Release.init) }.max() }

    /// Names of all definitions, sorted.
    public var names: [String] {
        var names: Set<String> = []
        for (index, layer) in layers.enumerated() {
            if case .facts(let file) = layer { names.formUnion(file.names) }
            names.formUnion(folders[index].keys)
        }
        return names.sorted()
    }

    /// The definition of this name in the uppermost layer that has it, as its file states it.
    public func definition(_ name: String) -> Definition? {
        if let known = cache.withLock({ $0.definitions[name] }) { return known }
        // Names that are not known come from files, without end: only what is known is kept.
        guard let found = read(name) else { return nil }
        cache.withLock { $0.definitions[name] = found }
        return found
    }

    private func read(_ name: String) -> Definition? {
        for (index, layer) in layers.enumerated().reversed() {
            let found: Definition? =
                switch layer {
                case .facts(let file): file.definition(name)
                case .folder: folders[index][name]
                }
            guard var definition = found else { continue }
            Errata.correct(&definition, release: layer.provenance.release.flatMap(Release.init))
            return definition
        }
        return nil
    }

    /// The chain of definitions from this one to the last it extends; a circle ends it.
    public func chain(_ name: String) -> [Definition] {
        var result: [Definition] = []
        var next: String? = name
        while let name = next, !result.contains(where: { $0.name == name }), let definition = definition(name) {
            result.append(definition)
            next = definition.parent
        }
        return result
    }

    /// Whether a class is this one or extends it.
    func isClass(_ name: String, orExtends parent: String) -> Bool {
        name == parent || ancestry(name).contains(parent)
    }

    private func isKnown(_ name: String) -> Bool {
        for (index, layer) in layers.enumerated() {
            if case .facts(let file) = layer, file.holds(name) { return true }
            if folders[index][name] != nil { return true }
        }
        return false
    }

    /// What a definition extends, without reading its items.
    private func parent(of name: String) -> String? {
        for (index, layer) in layers.enumerated().reversed() {
            if case .facts(let file) = layer, file.holds(name) { return file.parent(of: name) }
            if let definition = folders[index][name] { return definition.parent }
        }
        return nil
    }

    /// A class and all that it extends.
    func ancestry(_ name: String) -> Set<String> {
        if let known = cache.withLock({ $0.ancestries[name] }) { return known }
        guard isKnown(name) else { return [name] }
        var result: Set<String> = []
        var next: String? = name
        while let name = next, isKnown(name), result.insert(name).inserted { next = parent(of: name) }
        cache.withLock { $0.ancestries[name] = result }
        return result
    }

    /// A base class with everything it inherits; nil when the set does not know it or it is an application.
    func baseClass(_ name: String) -> Concept? {
        if let known = cache.withLock({ $0.classes[name] }) { return known }
        var result: Concept?
        let chain = chain(name)
        if let own = chain.first, own.category == .base {
            result = chain.dropFirst().reduce(Concept(of: own, isBase: true, mask: 1)) { lower, parent in
                lower.laid(over: Concept(of: parent, isBase: true, mask: 1))
            }
        }
        return result.map { result in cache.withLock { $0.classes.keep(result, at: name) } }
    }

    /// An application definition with those it extends; nil when the set has none of this name.
    func application(_ name: String) -> Application? {
        if let known = cache.withLock({ $0.applications[name] }) { return known }
        var result: Application?
        let chain = chain(name).filter { $0.category == .application }
        if let own = chain.first, own.name == name { result = Application(chain) }
        return result.map { result in cache.withLock { $0.applications.keep(result, at: name) } }
    }

    /// The members of a concept, ready to be compared with names. Concepts live as long as the set.
    func members(of concept: Concept?) -> MemberIndex {
        guard let concept else { return .empty }
        let key = ObjectIdentifier(concept)
        if let known = cache.withLock({ $0.members[key] }) { return known }
        let result = MemberIndex(of: concept)
        return cache.withLock { $0.members.keep(result, at: key) }
    }

    /// One concept that asks for what each of several asks for; the first wins where both speak.
    func union(_ concepts: [Concept]) -> Concept? {
        guard let first = concepts.first, concepts.count > 1 else { return concepts.first }
        let key = concepts.map { ObjectIdentifier($0) }
        if let known = cache.withLock({ $0.unions[key] }) { return known }
        let result = concepts.dropFirst().reduce(first) { $0.laid(over: $1) }
        return cache.withLock { $0.unions.keep(result, at: key) }
    }

    /// Names of application definitions, sorted; nothing is parsed for it.
    public var applicationNames: [String] {
        var names: Set<String> = []
        for (index, layer) in layers.enumerated() {
            if case .facts(let file) = layer { names.formUnion(file.applications) }
            for (name, definition) in folders[index] {
                if definition.category == .application { names.insert(name) } else { names.remove(name) }
            }
        }
        return names.sorted()
    }

    /// The application definition whose name differs from this only in capitals.
    func applicationIgnoringCase(_ name: String) -> String? {
        let folded = name.lowercased()
        return applicationNames.first { $0.lowercased() == folded }
    }
}

/// An application definition as it is met in a file: the trees of its chain, laid over each other by key.
final class Application: Sendable {
    let name: String
    /// Names of the chain, the definition itself first; bit n of a mask stands for name n.
    let chain: [String]
    let symbols: [String]
    let ignored: Definition.Ignored
    let tree: Concept

    init?(_ definitions: [Definition]) {
        guard let own = definitions.first else { return nil }
        name = own.name
        chain = definitions.map(\.name)
        symbols = definitions.flatMap(\.symbols)
        ignored = definitions.reduce(into: []) { $0.formUnion($1.ignored) }
        var tree = Concept(of: own, isBase: false, mask: 1)
        for (index, parent) in definitions.enumerated().dropFirst() {
            tree = tree.laid(over: Concept(of: parent, isBase: false, mask: 1 << UInt64(min(index, 63))))
        }
        self.tree = tree
    }
}

extension Dictionary {
    /// The value that is there, else this one from now on: of two threads that made one, both use the first.
    fileprivate mutating func keep(_ value: Value, at key: Key) -> Value {
        if let known = self[key] { return known }
        self[key] = value
        return value
    }
}
