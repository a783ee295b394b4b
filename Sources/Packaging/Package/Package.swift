// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Digest
public import Transport

/// A file of a deposit with what a repository is to say of it.
public struct DepositedFile: Sendable {
    /// Its key: one name without a folder.
    public let name: Name
    /// Bytes.
    public let size: Int
    /// Hexadecimal, lower case, as the package states it.
    public let md5: String
    public let sha256: String
    private let content: Content

    enum Content: Sendable {
        case file(Name)
        case virtual(VirtualVolume)
    }

    init(name: Name, size: Int, md5: String, sha256: String, content: Content) {
        self.name = name
        self.size = size
        self.md5 = md5
        self.sha256 = sha256
        self.content = content
    }

    /// The bytes are made from the data as they are asked for.
    public var isVirtual: Bool { if case .virtual = content { true } else { false } }

    /// Opens the bytes, for ranges and for the whole.
    ///
    /// - Throws: When the file cannot be opened; a virtual volume fails as it is read when its data changed.
    public func open() throws(Failure) -> Source {
        switch content {
        case .file(let path): try Source.open(path, isInput: false)
        case .virtual(let volume): Source(ranges: volume, name: name)
        }
    }
}

/// A package that was built: what is deposited, file by file, as its manifests state it.
///
/// The seam to `deposit`: names, sizes, digests and bytes of every file. Nothing is compared here; `PackageVerification`
/// does that.
public struct Package: Sendable {
    public let folder: Name
    /// The folder of what is deposited.
    public let deposit: Name
    public let plan: PackageRecordFile
    /// The image files and where they lie.
    public let table: MemberTable
    /// By the bytes of their names; the lists of digests among them.
    public let files: [DepositedFile]
    /// Files that are listed and are not there; none of a package that is to be deposited.
    let missing: Set<Name>

    static let sums = (sha256: Name("SHA256SUMS"), md5: Name("MD5SUMS"))
    /// Files that no list of digests lists.
    static let unlisted = ["SHA256SUMS", "MD5SUMS", "manifest.sig"].map { Name($0) }

    /// Reads what a package says of itself.
    ///
    /// - Throws: When the folder is no package, or its lists do not name the same files.
    public init(_ folder: Name) throws(Failure) {
        let path = folder.appending(PackageRecordFile.name)
        try self.init(
            folder, deposit: folder.appending(Name("deposit")),
            plan: try PackageRecordFile(try Self.bytes(path), path: path))
    }

    /// Reads a package to be verified, or the files of one as everybody fetches them, without the plan that stays with the
    /// author.
    ///
    /// - Throws: When the folder is neither, or its lists do not name the same files. Files that are not there are `missing`.
    public init(builtOrFetched folder: Name) throws(Failure) {
        func holds(_ name: Name) -> Bool { Folder.working.kind(behind: folder.appending(name)) == .file }
        guard !holds(PackageRecordFile.name), holds(Self.sums.sha256), holds(MemberTable.name) else {
            let path = folder.appending(PackageRecordFile.name)
            try self.init(
                folder, deposit: folder.appending(Name("deposit")),
                plan: try PackageRecordFile(try Self.bytes(path), path: path), mayMiss: true)
            return
        }
        try self.init(folder, deposit: folder, plan: PackageRecordFile.unknown, mayMiss: true)
    }

    private init(
        _ folder: Name, deposit: Name, plan: PackageRecordFile, mayMiss: Bool = false
    ) throws(Failure) {
        self.folder = folder
        self.deposit = deposit
        self.plan = plan
        let tablePath = deposit.appending(MemberTable.name)
        table = try MemberTable(try Self.bytes(tablePath), path: tablePath)
        var files: [DepositedFile] = []
        var missing = Set<Name>()
        let sha256 = try Self.list(deposit.appending(Self.sums.sha256), .sha256)
        let md5 = try Self.list(deposit.appending(Self.sums.md5), .md5)
        let volumes = plan.isVirtual ? plan.files : []
        let places = Dictionary(volumes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let sums = plan.isVirtual ? Self.sums(table) : [:]
        for (name, digest) in sha256 {
            guard let other = md5[name] else {
                throw Self.fault(deposit, "'\(name.shown)' is in SHA256SUMS and not in MD5SUMS")
            }
            let content: DepositedFile.Content
            let size: Int
            if let file = places[name] {
                let found = file.members.compactMap { sums[$0.path] }
                guard found.count == file.members.count else {
                    throw Self.fault(deposit, "manifest.tsv does not list every member of '\(name.shown)'")
                }
                content = .virtual(VirtualVolume(file, sums: found))
                size = file.size
            } else {
                let path = deposit.appending(name)
                let identity = Identity.of(path)
                if identity == nil {
                    guard mayMiss, Folder.working.kind(behind: path) == nil else {
                        throw Folder.working.failure(toOpen: path)
                    }
                    missing.insert(name)
                }
                content = .file(path)
                size = identity.map { Int(clamping: $0.size) } ?? 0
            }
            files.append(DepositedFile(name: name, size: size, md5: other, sha256: digest, content: content))
        }
        guard md5.count == sha256.count else {
            throw Self.fault(deposit, "SHA256SUMS lists \(sha256.count) files, and MD5SUMS \(md5.count)")
        }
        for name in Self.unlisted {
            let path = deposit.appending(name)
            guard Folder.working.kind(behind: path) != nil else { continue }
            let digests = Digests.of(try Self.bytes(path), [.md5, .sha256])
            files.append(
                DepositedFile(
                    name: name, size: digests.byteCount, md5: digests[.md5] ?? "", sha256: digests[.sha256] ?? "",
                    content: .file(path)))
        }
        self.missing = missing
        self.files = files.sorted { $0.name.bytes.lexicographicallyPrecedes($1.name.bytes) }
    }

    /// Files that hold members, by the plan and by the table.
    var volumes: [Name] {
        let names = Set(plan.files.filter(\.isVolume).map(\.name) + table.rows.compactMap { $0.place?.volume })
        return names.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    }

    /// Bytes of all files.
    public var bytes: Int { files.reduce(0) { $0 &+ $1.size } }

    private static func sums(_ table: MemberTable) -> [Name: UInt32] {
        Dictionary(table.rows.map { ($0.path, $0.crc32) }, uniquingKeysWith: { first, _ in first })
    }

    private static func list(_ path: Name, _ algorithm: DigestAlgorithm) throws(Failure) -> [Name: String] {
        let manifest = Manifest.read(try bytes(path))
        if let fault = manifest.faults.first {
            throw fault.line.map { Self.fault(path, "line \($0): \(fault.words)") } ?? Self.fault(path, fault.words)
        }
        var list: [Name: String] = [:]
        for entry in manifest.entries {
            guard let stated = entry.digests.first(where: { $0.algorithm == algorithm }), entry.digests.count == 1,
                !entry.name.bytes.contains(0x2F)
            else { throw Self.fault(path, "'\(entry.name.shown)' is no file of a deposit") }
            list[entry.name] = stated.digest
        }
        return list
    }

    static func bytes(_ path: Name) throws(Failure) -> [UInt8] {
        let source = try Source.open(path, isInput: false)
        guard source.size <= largest else {
            throw Failure(
                attempt: "read", subject: path.text, code: .limit("size"),
                words: "it has more than \(largest >> 20) MiB")
        }
        return try source.bytes(at: 0, count: source.size)
    }

    private static let largest = 1 << 30

    private static func fault(_ path: Name, _ words: String) -> Failure {
        Failure(
            attempt: "read the package", subject: path.text, code: .form("package"), words: words,
            remedy: "build the package again")
    }
}
