// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Actions
internal import Digest
internal import Packaging
public import Transport

/// The files of a deposit as they lie on this machine.
public struct DepositContents: Sendable {
    /// By key, in the order of their bytes.
    public let files: [DepositFile]
    /// Where journals are kept.
    public let journals: Name

    public init(files: [DepositFile], journals: Name) {
        self.files = files.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        self.journals = journals
    }

    /// The files of a package as its manifests state them, or of any folder of files.
    ///
    /// - Throws: When the folder cannot be listed, or holds what is no file: names become keys of the repository.
    public init(_ path: String) throws(DepositStop) {
        let folder = Name(path)
        do throws(Failure) {
            if Folder.working.kind(behind: folder.appending(PackageRecordFile.name)) == .file {
                try self.init(package: try Package(folder))
            } else {
                try self.init(folder: folder)
            }
        } catch {
            throw DepositStop(error)
        }
        guard !files.isEmpty else {
            throw DepositStop(
                .refusal, "'\(folder.shown)' holds no file", remedy: "build the package with 'imprimatur package build'"
            )
        }
    }

    private init(package: Package) throws(Failure) {
        var files: [DepositFile] = []
        for file in package.files {
            files.append(
                DepositFile(key: try Self.key(file.name), size: file.size, md5: file.md5) { () throws(Failure) in
                    try file.open()
                })
        }
        self.init(files: files, journals: package.folder.appending(Name("journal")))
    }

    /// Files in a folder, or in its folder `deposit`; a list MD5SUMS among them is believed and sent along.
    private init(folder: Name) throws(Failure) {
        let inner = folder.appending(Name("deposit"))
        let isPackage = Folder.working.kind(behind: inner) == .folder
        let place = isPackage ? inner : folder
        var bare = folder.bytes
        while bare.count > 1, bare.last == 0x2F { bare.removeLast() }
        let journals = isPackage ? folder.appending(Name("journal")) : Name(bytes: bare + Array(".journal".utf8))
        let sums = try Self.sums(place)
        var files: [DepositFile] = []
        for entry in try Folder(place).entries() {
            let path = place.appending(entry.name)
            guard Folder.working.kind(behind: path) == .file, let size = Identity.of(path)?.size else {
                throw Failure(
                    usage: "'\(path.shown)' is no file, and a record holds files alone",
                    remedy: "put its files into a ZIP, or take it away from the folder")
            }
            files.append(
                DepositFile(key: try Self.key(entry.name), size: Int(clamping: size), md5: sums[entry.name]) {
                    () throws(Failure) in try Source.open(path)
                })
        }
        self.init(files: files, journals: journals)
    }

    private static func key(_ name: Name) throws(Failure) -> String {
        guard let text = String(validating: name.bytes, as: UTF8.self) else {
            throw Failure(
                usage: "the name '\(name.shown)' is no UTF-8, which names in a record are",
                remedy: "give the file another name")
        }
        return text
    }

    private static func sums(_ folder: Name) throws(Failure) -> [Name: String] {
        let place = folder.appending(Name("MD5SUMS"))
        guard Folder.working.kind(behind: place) == .file, let bytes = try Source.open(place).whole(most: 16 << 20)
        else {
            return [:]
        }
        var sums: [Name: String] = [:]
        for entry in Manifest.read(bytes[0..<bytes.count]).entries {
            sums[entry.name] = entry.digests.first { $0.algorithm == .md5 }?.digest
        }
        return sums
    }

    /// Bytes of all files.
    public var bytes: Int { files.reduce(0) { $0 &+ $1.size } }

    /// Fails for what the repository would refuse later, before anything is asked of it.
    public func check(_ target: DepositTarget) throws(DepositStop) {
        let limits = target.limits
        func refuse(_ words: String) -> DepositStop {
            DepositStop(
                .difference, words,
                remedy:
                    "'imprimatur package plan' tells what fits; another repository, a larger quota or one scan a record "
                    + "may help")
        }
        if let most = limits.files, files.count > most {
            throw refuse("\(files.count) files are to be deposited, and \(target.name) takes \(most) in a record")
        }
        if let most = limits.bytes, bytes > most {
            throw refuse("\(bytes) bytes are to be deposited, and \(target.name) takes \(most) in a record")
        }
        for file in files {
            if let most = limits.fileBytes, file.size > most {
                throw refuse("'\(file.key)' has \(file.size) bytes, and \(target.name) takes \(most) in a file")
            }
            if let most = limits.nameBytes, file.key.utf8.count > most {
                throw refuse(
                    "the name '\(file.key)' has \(file.key.utf8.count) bytes, and \(target.name) takes \(most)")
            }
            if file.size == 0 {
                throw refuse("'\(file.key)' is empty, and a record holds no empty file")
            }
        }
        for (first, second) in zip(files, files.dropFirst()) where first.key == second.key {
            throw refuse("two files have the name '\(first.key)'")
        }
    }
}
