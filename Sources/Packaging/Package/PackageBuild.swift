// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Digest
public import Transport

/// A package made from data: volumes, manifests and documents, whole or not at all.
public struct PackageBuild: Sendable {
    /// What is to be packaged, and how.
    public struct Request: Sendable {
        public var files: [PlannedFile]
        /// Volumes are not written; their digests are taken as if they were.
        public var isVirtual = false
        /// The manifest gives the MD5 of each member beside its SHA-256.
        public var wantsMemberMD5 = false
        public var target: RepositoryTarget?
        /// The day, YYYY-MM-DD.
        public var date: String
        /// Name and version.
        public var program: String
        /// The author's file, kept beside the deposit; nil for none.
        public var author: [UInt8]?

        public init(_ files: [PlannedFile], date: String, program: String) {
            self.files = files
            self.date = date
            self.program = program
        }
    }

    /// What documents are made of.
    public final class Content {
        public let request: Request
        public let written: [WrittenFile]
        public let table: MemberTable
        /// The folder of the deposit as it can be reached until the package is ready.
        public let deposit: Name
        private let target: NewFolder
        fileprivate private(set) var put: [PackageDocument] = []

        fileprivate init(_ request: Request, _ written: [WrittenFile], _ target: NewFolder) {
            self.request = request
            self.written = written
            self.target = target
            table = MemberTable(request.files, written)
            deposit = target.place.appending(Name("deposit"))
        }

        /// Writes a document that others are made from; its path until the package is ready.
        public func put(_ document: PackageDocument) throws(Failure) -> Name {
            try target.write(document.bytes, to: Name("deposit").appending(document.name))
            put.append(document)
            return deposit.appending(document.name)
        }
    }

    /// What is written beside the deposit and into it.
    public struct Documents: Sendable {
        /// Deposited.
        public var deposited: [PackageDocument] = []
        /// Kept beside the deposit.
        public var kept: [PackageDocument] = []
        /// How the data were checked and passed; nil: they were not checked.
        public var check: PackageRecordFile.Check?

        public init() {}
    }

    private let request: Request

    public init(_ request: Request) { self.request = request }

    /// Reads the data once and writes the package.
    ///
    /// - Parameters:
    ///   - folder: A name that nothing has.
    ///   - documents: Makes what is deposited beside the data; throws to give the package up.
    ///   - read: Is told of bytes as they are read, on any thread.
    ///   - done: Is told of each file of the deposit that is ready, on any thread.
    public func callAsFunction(
        into folder: Name, read: @escaping @Sendable (Int) -> Void = { _ in },
        done: @escaping @Sendable () -> Void = {},
        documents: (Content) throws(Failure) -> Documents
    ) throws(Failure) -> Package {
        let target = try NewFolder(folder)
        let deposit = Name("deposit")
        try target.makeFolder(deposit)
        try target.makeFolder(Name("journal"))
        let written = try VolumeRun(request.files, wantsMemberMD5: request.wantsMemberMD5)(
            into: request.isVirtual ? nil : target, read: read, done: done)
        let content = Content(request, written, target)
        let table = content.table
        var documents = try documents(content)
        documents.deposited.append(PackageDocument("manifest.tsv", table.bytes))
        documents.deposited.append(PackageDocument("members.sha256", Self.lines(Self.members(table), .sha256)))
        let (sha256, md5) = Self.sums(written, content.put + documents.deposited)
        documents.deposited += [
            PackageDocument("SHA256SUMS", sha256), PackageDocument("MD5SUMS", md5),
        ]
        for document in documents.deposited { try target.write(document.bytes, to: deposit.appending(document.name)) }
        let plan = PackageRecordFile(
            program: request.program, date: request.date, target: request.target?.id, isVirtual: request.isVirtual,
            files: request.files,
            requests: Self.requests(request.files.count + content.put.count + documents.deposited.count),
            check: documents.check)
        try target.write(plan.bytes, to: PackageRecordFile.name)
        if let author = request.author { try target.write(author, to: Name("publication.json5")) }
        for document in documents.kept { try target.write(document.bytes, to: document.name) }
        try target.commit()
        return try Package(folder)
    }

    /// Requests that a deposit of so many files takes.
    ///
    /// - Source: the calls of InvenioRDM: draft, DOI, metadata, announcement, list, then content and commit of each file.
    public static func requests(_ files: Int) -> Int { 5 + 2 * files }

    /// The lists of digests of all deposited files but themselves.
    static func sums(_ written: [WrittenFile], _ documents: [PackageDocument]) -> (sha256: [UInt8], md5: [UInt8]) {
        var entries = written.map {
            Manifest.Entry(
                $0.name, size: $0.size, digests: [Manifest.Stated(.sha256, $0.sha256), Manifest.Stated(.md5, $0.md5)])
        }
        for document in documents where !Package.unlisted.contains(document.name) {
            let digests = Digests.of(document.bytes, [.md5, .sha256])
            entries.append(
                Manifest.Entry(
                    document.name, size: document.bytes.count,
                    digests: digests.algorithms.compactMap { algorithm in
                        digests[algorithm].map { Manifest.Stated(algorithm, $0) }
                    }))
        }
        entries.sort { $0.name.bytes.lexicographicallyPrecedes($1.name.bytes) }
        return (lines(Manifest(entries), .sha256), lines(Manifest(entries), .md5))
    }

    private static func lines(_ manifest: Manifest, _ algorithm: DigestAlgorithm) -> [UInt8] {
        ManifestForm.lines(algorithm).bytes(manifest, program: "")
    }

    private static func members(_ table: MemberTable) -> Manifest {
        Manifest(table.rows.map { Manifest.Entry($0.path, size: $0.size, digests: [.init(.sha256, $0.sha256)]) })
    }
}
