// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Digest
public import Transport

/// A bag made of a package: its deposit as payload, listed with SHA-256 and MD5.
///
/// - Source: RFC 8493, BagIt 1.0.
public struct BagWriting: Sendable {
    /// What a bag says of itself.
    public struct Request: Sendable {
        /// The day, YYYY-MM-DD.
        public var date: String
        /// Name and version.
        public var program: String
        /// The DOI, bare.
        public var doi: String?
        public var title: String?
        /// The address of each file, for a bag that holds none of them: they are fetched when the bag is read.
        public var address: (@Sendable (Name) -> String)?

        public init(date: String, program: String) {
            self.date = date
            self.program = program
        }
    }

    private let package: Package
    private let request: Request

    public init(_ package: Package, _ request: Request) {
        self.package = package
        self.request = request
    }

    /// Writes the bag; every byte is held against the digest that the package states as it is copied.
    ///
    /// - Throws: When a file is not as the package states, or the folder is there already; nothing is left then.
    public func callAsFunction(
        into folder: Name, read: (Int) -> Void = { _ in }, done: () -> Void = {}
    ) throws(Failure) {
        let bag = try NewFolder(folder)
        let data = Name("data")
        try bag.makeFolder(data)
        if request.address == nil {
            for file in package.files {
                try copy(file, to: bag.makeFile(data.appending(file.name)), read)
                done()
            }
        }
        var tags: [(name: String, bytes: [UInt8])] = [
            ("bagit.txt", Array("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".utf8)),
            ("bag-info.txt", information),
            ("manifest-md5.txt", manifest(\.md5)),
            ("manifest-sha256.txt", manifest(\.sha256)),
        ]
        if let address = request.address { tags.append(("fetch.txt", fetchList(address))) }
        for (algorithm, name) in [(DigestAlgorithm.md5, "tagmanifest-md5.txt"), (.sha256, "tagmanifest-sha256.txt")] {
            var lines: [UInt8] = []
            for tag in tags where !tag.name.hasPrefix("tagmanifest") {
                lines += Array("\(Digests.of(tag.bytes, [algorithm])[algorithm] ?? "")  \(tag.name)\n".utf8)
            }
            tags.append((name, lines))
        }
        for tag in tags { try bag.write(tag.bytes, to: Name(tag.name)) }
        try bag.commit()
    }

    private var information: [UInt8] {
        var lines = ["Bag-Software-Agent: \(request.program)", "Bagging-Date: \(request.date)"]
        if let doi = request.doi { lines.append("External-Identifier: https://doi.org/\(doi)") }
        if let title = request.title {
            lines.append("External-Description: " + title.split(whereSeparator: \.isNewline).joined(separator: " "))
        }
        lines.append("Payload-Oxum: \(package.bytes).\(package.files.count)")
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    private func path(_ file: DepositedFile) -> [UInt8] { Array("data/".utf8) + BagPath.escaped(file.name) }

    private func manifest(_ digest: (DepositedFile) -> String) -> [UInt8] {
        package.files.flatMap { Array("\(digest($0))  ".utf8) + path($0) + [0x0A] }
    }

    private func fetchList(_ address: (Name) -> String) -> [UInt8] {
        package.files.flatMap { Array("\(address($0.name)) \($0.size) ".utf8) + path($0) + [0x0A] }
    }

    private func copy(_ file: DepositedFile, to output: NewFile, _ read: (Int) -> Void) throws(Failure) {
        let source = try file.open()
        let stream = DigestStream([.md5, .sha256])
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { room.deallocate() }
        var offset = 0
        while true {
            let count = try source.read(into: room, at: offset)
            let bytes = UnsafeRawBufferPointer(rebasing: room[0..<count])
            stream.update(bytes)
            try output.write(bytes)
            read(count)
            offset += count
            if count < room.count { break }
        }
        try output.end()
        let digests = stream.finish()
        guard digests[.sha256] == file.sha256, digests[.md5] == file.md5 else {
            throw Failure(
                attempt: "bag", subject: file.name.text, code: .changed,
                words: "it has sha256 \(digests[.sha256] ?? ""), and the package states \(file.sha256)",
                remedy: "see what differs with 'imprimatur package verify'")
        }
    }
}
