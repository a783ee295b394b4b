// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Digest
internal import Synchronization
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

    /// The files of a package, which lie in its folder `deposit`, or of any folder of files.
    ///
    /// - Throws: When the folder cannot be listed, or holds what is no file: names become keys of the repository.
    public init(_ path: String) throws(DepositStop) {
        let package = Name(path)
        let inner = package.appending(Name("deposit"))
        let isPackage = Folder.working.kind(behind: inner) == .folder
        let folder = isPackage ? inner : package
        var bare = package.bytes
        while bare.count > 1, bare.last == 0x2F { bare.removeLast() }
        let beside = isPackage ? package.appending(Name("journal")) : Name(bytes: bare + Array(".journal".utf8))
        do throws(Failure) {
            let sums = try DepositSums(in: folder)
            var files: [DepositFile] = []
            for entry in try Folder(folder).entries() {
                let place = folder.appending(entry.name)
                guard Folder.working.kind(behind: place) == .file else {
                    throw Failure(
                        usage: "'\(place.shown)' is no file, and a record holds files alone",
                        remedy: "put its files into a ZIP, or take it away from the folder")
                }
                guard let text = String(validating: entry.name.bytes, as: UTF8.self),
                    let size = Identity.of(place)?.size
                else {
                    throw Failure(
                        usage: "the name '\(entry.name.shown)' is no UTF-8, which names in a record are",
                        remedy: "give the file another name")
                }
                files.append(
                    DepositFile(key: text, source: place, size: Int(clamping: size), md5: sums.md5(of: entry.name)))
            }
            self.init(files: files, journals: beside)
        } catch {
            throw DepositStop(error)
        }
        guard !files.isEmpty else {
            throw DepositStop(
                .refusal, "'\(folder.shown)' holds no file", remedy: "build the package with 'imprimatur package build'"
            )
        }
    }

    /// Bytes of all files.
    public var bytes: Int { files.reduce(0) { $0 &+ $1.size } }

    /// Fails for what the repository would refuse later, before anything is asked of it.
    func check(_ target: DepositTarget) throws(DepositStop) {
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

/// The list of MD5 sums of a package, as far as there is one.
///
/// - Source: GNU coreutils, md5sum.
struct DepositSums {
    private var sums: [Name: String] = [:]

    init(in folder: Name) throws(Failure) {
        let place = folder.appending(Name("MD5SUMS"))
        guard Folder.working.kind(behind: place) == .file else { return }
        guard let bytes = try Source.open(place).whole(most: 16 << 20) else { return }
        for line in bytes[0..<bytes.count].split(separator: 0x0A) { take(line) }
    }

    /// The sum of a file; nil where the list has none.
    func md5(of name: Name) -> String? { sums[name] }

    private mutating func take(_ line: ArraySlice<UInt8>) {
        let isEscaped = line.first == UInt8(ascii: "\\")
        let plain = isEscaped ? line.dropFirst() : line
        guard plain.count > 34 else { return }
        let digits = String(decoding: plain.prefix(32), as: UTF8.self).lowercased()
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else { return }
        var name: [UInt8] = []
        var rest = plain.dropFirst(34)
        while let byte = rest.popFirst() {
            guard isEscaped, byte == UInt8(ascii: "\\"), let next = rest.popFirst() else {
                name.append(byte)
                continue
            }
            name.append(next == UInt8(ascii: "n") ? 0x0A : next == UInt8(ascii: "r") ? 0x0D : next)
        }
        sums[Name(bytes: name)] = digits
    }
}
