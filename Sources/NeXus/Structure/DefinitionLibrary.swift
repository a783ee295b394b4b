// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Digest
import Glibc
import Synchronization
public import Transport

/// The definitions that ship with the program, and those of the user's folders.
public final class DefinitionLibrary: Sendable {
    /// The folder that holds one folder for each release.
    public let folder: String

    private let sets = Mutex<[[String]: DefinitionSet]>([:])
    private let facts = Mutex<[String: FactsFile]>([:])
    private let digests = Mutex<[String: String?]>([:])
    /// What follows from structures that were met, while no check has it.
    private let structures = Mutex<StructureCache?>(nil)

    /// - Parameter folder: `nexus` in the folder of rules.
    public init(folder: String) {
        self.folder = folder
    }

    /// The newest release that ships.
    public static var defaultRelease: String { Release.shipped.last?.tag ?? "" }

    /// Where the facts of a release stand.
    public static func path(of release: String, in folder: String) -> String { "\(folder)/\(release)/facts.tsv" }

    /// The set that these names make, later ones over earlier ones.
    ///
    /// - Parameter names: Releases, or paths of folders with NXDL files. A folder without NXobject is laid over the
    ///   default release when it comes first. No name: the default release.
    /// - Throws: When a release does not ship or a folder holds no NXDL file.
    public func set(_ names: [String]) throws(Failure) -> DefinitionSet {
        let names = names.isEmpty ? [Self.defaultRelease] : names
        if let known = sets.withLock({ $0[names] }) { return known }
        var layers: [DefinitionSet.Layer] = []
        for name in names {
            if let release = Release(name), !Self.isFolder(name) {
                layers.append(.facts(try facts(of: release.tag)))
                continue
            }
            let folder = try NXDLFolder(reading: name)
            // A check against half of the definitions would pass what the other half forbids.
            if let fault = folder.unread.first { throw fault.with(code: .usage) }
            if layers.isEmpty, !folder.definitions.contains(where: { $0.name == "NXobject" }) {
                layers.append(.facts(try facts(of: Self.defaultRelease)))
            }
            layers.append(.folder(folder))
        }
        let lowest = layers.first?.provenance.release
        let label = names.contains { $0 == lowest } || lowest == nil ? names : [lowest ?? ""] + names
        let set = DefinitionSet(name: label.joined(separator: " with "), layers: layers)
        sets.withLock { $0[names] = set }
        return set
    }

    /// Refuses the name of an application definition that neither the set of these names has nor a release that ships.
    ///
    /// - Throws: Wrong usage, with the name that is nearest.
    public func requireApplication(_ name: String, in names: [String]) throws(Failure) {
        let asked = try set(names)
        if asked.applicationIgnoringCase(name) != nil { return }
        for release in Release.shipped.reversed() {
            if try set([release.tag]).applicationIgnoringCase(name) != nil { return }
        }
        let near = ItemName.nearest(to: name, among: asked.applicationNames)
        throw Failure(
            usage: "'\(name)' is no application definition of \(asked.name)"
                + (near.map { "; did you mean '\($0)'?" } ?? ""),
            remedy: "give its NXDL with --definitions DIR")
    }

    /// SHA-256 of the facts of a release, in hexadecimal; nil for sets that are no release that ships.
    public func digest(of release: String) -> String? {
        if let known = digests.withLock({ $0[release] }) { return known }
        let digest = (try? FileDigests.read(Self.path(of: release, in: folder)))?.sha256
        digests.withLock { $0[release] = .some(digest) }
        return digest
    }

    private func facts(of release: String) throws(Failure) -> FactsFile {
        if let known = facts.withLock({ $0[release] }) { return known }
        let path = Self.path(of: release, in: folder)
        guard let bytes = try? NXDLFolder.bytes(of: path) else {
            let shipped = Release.shipped.map(\.tag).joined(separator: ", ")
            throw Failure(
                attempt: "read the definitions of", subject: release, code: .absent, words: "'\(path)' is not there",
                remedy: "name one of \(shipped), or a folder of NXDL files; or set IMPRIMATUR_RULES")
        }
        let file = try FactsFile(bytes, path: path)
        facts.withLock { $0[release] = file }
        return file
    }

    /// What follows from structures that were met; nobody else has it until it is given back.
    func borrowStructures() -> StructureCache {
        let kept = structures.withLock { kept in
            defer { kept = nil }
            return kept
        }
        let cache = kept ?? StructureCache()
        cache.prepare()
        return cache
    }

    func giveBack(_ cache: StructureCache) {
        structures.withLock { $0 = cache }
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return path.utf8.contains(0x2F) && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
