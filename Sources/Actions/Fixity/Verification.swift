// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Digest
import RuleCatalog
public import RuleEngine
import Synchronization
public import Transport

/// A manifest held against the files that it lists, and those files against the manifest.
public struct Verification: Sendable {
    private let path: String
    private let folder: String
    private let profile: Profile
    private let failAt: Level?

    /// - Parameters:
    ///   - path: The manifest.
    ///   - folder: What its names are relative to; nil: the folder in which it lies.
    public init(_ path: String, folder: String?, profile: Profile, failAt: Level?) {
        self.path = path
        let own = Name(path).folder
        self.folder = folder ?? (own.bytes.isEmpty ? "." : own.text)
        self.profile = profile
        self.failAt = failAt
    }

    /// Reads the manifest and every file that it lists.
    ///
    /// - Parameters:
    ///   - begin: Is told of the number of files and their bytes, where the manifest states them.
    ///   - read: Is told of bytes as they are read, on any thread.
    ///   - done: Is told of each file that is ready, on any thread.
    /// - Returns: The report on the manifest; what could not be looked at is in it.
    public func callAsFunction(
        begin: (Int, Int) -> Void = { _, _ in }, read: @escaping @Sendable (Int) -> Void = { _ in },
        done: @escaping @Sendable () -> Void = {}
    ) -> FileReport {
        var material = Material(kind: .manifest)
        material.name = path
        var outline = ""
        do throws(Failure) {
            let source = try Source.open(Name(path))
            material.size = source.size
            guard let bytes = try source.whole(most: Self.largest) else {
                throw Failure(
                    attempt: "read the manifest", subject: path, code: .limit("size"),
                    words: "it has more than \(Self.largest >> 20) MiB", remedy: "part it into several")
            }
            let manifest = Manifest.read(bytes[0..<bytes.count])
            material.failures += manifest.faults.prefix(Self.shownFaults).map(failure)
            if manifest.faults.count > Self.shownFaults {
                material.failures.append(
                    failure(Manifest.Fault(nil, "\(manifest.faults.count - Self.shownFaults) more such lines")))
            }
            guard !manifest.entries.isEmpty || !material.failures.isEmpty else {
                throw failure(Manifest.Fault(nil, "it lists no file"))
            }
            guard !manifest.entries.isEmpty else { throw material.failures[0] }
            begin(manifest.entries.count, manifest.entries.reduce(0) { $0 &+ ($1.size ?? 0) })
            let comparison = ManifestComparison(manifest, try Folder(Name(folder)), read: read, done: done)
            let strangers = FolderStrangers(in: folder, manifest: source.identity?.key, listed: manifest)
            material = Material(kind: .manifest, sources: comparison.sources(main: path))
            (material.name, material.size) = (path, source.size)
            material.failures =
                manifest.faults.prefix(Self.shownFaults).map(failure) + comparison.failures
                + strangers.failures
            material.package = comparison.view(strangers)
            outline = comparison.outline(strangers)
        } catch {
            if !material.failures.contains(error) { material.failures.append(error) }
        }
        let engine = Engine(rules: catalogue.filter(\.readsPackage), profile: profile)
        var report = engine.run(on: material, failAt: failAt)
        report.outline = outline
        return report
    }

    private func failure(_ fault: Manifest.Fault) -> Failure {
        Failure(
            attempt: "use " + (fault.line.map { "line \($0) of " } ?? "") + "the manifest", subject: path,
            code: .form("manifest"), words: fault.words,
            remedy: "name a list of 'imprimatur checksum', sha256sum, md5sum or their kin")
    }

    private static let shownFaults = 20
    private static let largest = 1 << 30
}

/// Files below a folder that no manifest lists.
public struct FolderStrangers: Sendable {
    public private(set) var names: [String] = []
    public private(set) var failures: [Failure] = []
    public private(set) var passedOver: [String: Int]

    /// Files that somebody else found.
    public init(names: [String], failures: [Failure] = []) {
        self.names = names
        self.failures = failures
        passedOver = [:]
    }

    /// - Parameter manifest: The list itself, which lists itself never.
    init(in folder: String, manifest: Transport.Identity.Key?, listed: Manifest) {
        let walk = FolderWalk(Name(folder))
        passedOver = walk.passedOver
        let top = Name(folder)
        let prefix = top.bytes.last == 0x2F || top.bytes.isEmpty ? top.bytes : top.bytes + [0x2F]
        let known = Set(listed.entries.map { Self.plain($0.name.bytes) })
        for found in walk.found {
            if let trouble = found.trouble {
                failures.append(trouble)
                continue
            }
            let name =
                found.name.bytes.starts(with: prefix) ? Array(found.name.bytes[prefix.count...]) : found.name.bytes
            if known.contains(Self.plain(name)) || Self.isList(Name(bytes: name), found.name) { continue }
            if let manifest, Transport.Identity.of(found.name)?.key == manifest { continue }
            names.append(Name(bytes: name).text)
        }
    }

    /// The parts of a name without '.'.
    private static func plain(_ name: [UInt8]) -> [UInt8] {
        Array(name.split(separator: 0x2F).filter { !$0.elementsEqual([0x2E]) }.joined(separator: [0x2F]))
    }

    /// A list of digests at the top of the folder, or its signature.
    ///
    /// - Source: RFC 8493 section 2.1.3, tag manifests.
    private static func isList(_ name: Name, _ path: Name) -> Bool {
        let word = name.text.lowercased()
        guard !word.contains("/") else { return false }
        if word.hasSuffix(".json"), let head = try? Source.open(path).bytes(at: 0, count: ManifestJSON.head.count) {
            return head == ManifestJSON.head
        }
        return DigestAlgorithm.allCases.contains { algorithm in
            [".sig", ".asc", ""].contains { word == algorithm.rawValue + "sums" + $0 }
        }
    }
}
