// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Digest
public import Transport
import XML

/// The NXDL files of a folder, read.
///
/// Read are `base_classes`, `applications` and `contributed_definitions` under the folder, and files of NXDL in the
/// folder itself.
public struct NXDLFolder: Sendable {
    public let definitions: [Definition]
    public let provenance: Provenance
    public let census: Census
    /// What could not be used of the files; the rest is.
    public let faults: [NXDLReader.Fault]
    /// Files and folders of which nothing could be read.
    public let unread: [Failure]

    private static let parts = ["applications", "base_classes", "contributed_definitions", ""]
    private static let ending = ".nxdl.xml"

    /// - Parameters:
    ///   - folder: Its path.
    ///   - release: The tag to write into the facts; nil takes the folder's own name if it is a tag.
    /// - Throws: When the folder cannot be read or holds no NXDL file.
    public init(reading folder: String, release: String? = nil) throws(Failure) {
        var reader = NXDLReader()
        var definitions: [Definition] = []
        var files: [(path: String, sha256: String)] = []
        var faults: [NXDLReader.Fault] = []
        var unread: [Failure] = []
        var names: Set<String> = []
        for part in Self.parts {
            let place = part.isEmpty ? folder : folder + "/" + part
            for name in Self.names(in: place, &unread) where name.hasSuffix(Self.ending) {
                let path = part.isEmpty ? name : part + "/" + name
                let bytes = try Self.bytes(of: place + "/" + name)
                files.append((path: path, sha256: FileDigests.of(bytes).sha256))
                var limits = XML.Limits()
                limits.keepsText = false
                let root: Element
                do {
                    root = try Element(parsing: bytes, named: path, limits: limits)
                } catch {
                    faults.append(.init(file: path, line: error.line, what: error.cause))
                    unread.append(Self.failure(place + "/" + name, .damaged, error.cause))
                    continue
                }
                guard let definition = reader.read(root, file: path) else { continue }
                guard names.insert(definition.name).inserted else {
                    faults.append(.init(file: path, line: root.line, what: "\(definition.name) is defined before"))
                    continue
                }
                definitions.append(definition)
            }
        }
        guard !files.isEmpty else {
            if let fault = unread.first { throw fault }
            throw Failure(
                attempt: "read definitions", subject: folder, code: .absent,
                words: "there is no file of NXDL (*.nxdl.xml) in it",
                remedy: "name a folder that holds base_classes and applications, or NXDL files themselves")
        }
        let isLegacy = Self.isLegacy(folder)
        for index in definitions.indices { definitions[index].isLegacy = isLegacy }
        files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        self.definitions = definitions
        self.census = reader.census
        self.faults = faults + reader.faults
        self.unread = unread
        let own = folder.split(separator: "/").last.map(String.init)
        provenance = Provenance(
            release: release ?? own.flatMap { Release($0)?.tag },
            commit: (try? Self.bytes(of: folder + "/COMMIT")).map(Self.firstWord), date: nil,
            source: "https://github.com/nexusformat/definitions", isLegacy: isLegacy, files: files)
    }

    /// Before `nameType="partial"` was known, capitals were flexible by convention. Without a schema: known.
    private static func isLegacy(_ folder: String) -> Bool {
        guard let schema = try? bytes(of: folder + "/nxdl.xsd") else { return false }
        let mark = Array("value=\"partial\"".utf8)
        return schema.withUnsafeBytes { $0.firstOffset(of: mark, from: 0) } == nil
    }

    private static func firstWord(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix { $0 > 32 }, as: UTF8.self)
    }

    /// Names in a folder in byte order; what is there and cannot be listed is a failure.
    private static func names(in folder: String, _ unread: inout [Failure]) -> [String] {
        do throws(Failure) {
            return try Folder(Name(folder)).entries().map(\.name.text)
        } catch {
            if error.code != .absent { unread.append(failure(folder, error.code, error.words)) }
            return []
        }
    }

    private static let largest = 32 << 20

    /// All bytes of a file of at most 32 MiB.
    static func bytes(of path: String) throws(Failure) -> [UInt8] {
        do throws(Failure) {
            let source = try Source.open(Name(path))
            guard source.size <= largest else {
                throw failure(path, .limit("size"), "it is larger than 32 MiB")
            }
            var trouble: Failure?
            let bytes = [UInt8](unsafeUninitializedCapacity: source.size) { room, count in
                do throws(Failure) {
                    count = try source.read(into: UnsafeMutableRawBufferPointer(room), at: 0)
                } catch {
                    trouble = error
                }
            }
            if let trouble { throw trouble }
            return bytes
        } catch {
            throw failure(path, error.code, error.code == .notRegular ? "it is no ordinary file" : error.words)
        }
    }

    private static func failure(_ path: String, _ code: Failure.Code, _ words: String) -> Failure {
        Failure(
            attempt: "read", subject: path, code: code, words: words,
            remedy: "name a readable file or folder of NXDL, or a release that ships")
    }
}
