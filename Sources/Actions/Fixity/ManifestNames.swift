// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
public import Transport

/// The names under which files stand in a manifest: relative to one folder, so that the list travels with them.
public struct ManifestNames: Sendable {
    /// Parts of the absolute path of the folder; nil: names stay as they were given.
    private let base: [ArraySlice<UInt8>]?

    /// - Parameters:
    ///   - folder: The folder that was asked for; every file lies below it.
    ///   - manifest: The file that the list goes to; its folder is taken where every file lies below it.
    public init(below folder: String?, manifest: String?, files: [String]) throws(Failure) {
        if let folder {
            let parts = Self.parts(Name(folder))
            if let outside = files.first(where: { Self.rest(Name($0), below: parts) == nil }) {
                throw Failure(
                    usage: "'\(Escaping.line(outside))' does not lie below '\(Escaping.line(folder))'",
                    remedy: "name a folder that holds every file, without '..'")
            }
            base = parts
            return
        }
        let parts = manifest.flatMap { Self.parts(Name($0).folder) }
        base = parts != nil && files.allSatisfy { Self.rest(Name($0), below: parts) != nil } ? parts : nil
    }

    /// The name of a file.
    public func name(of path: String) -> Name {
        let name = Name(path)
        if let base, let rest = Self.rest(name, below: base) { return rest }
        var bytes = name.bytes[...]
        while bytes.starts(with: [0x2E, 0x2F]), bytes.count > 2 { bytes = bytes.dropFirst(2).drop { $0 == 0x2F } }
        return Name(bytes: Array(bytes))
    }

    /// Why a name of a manifest is not looked up below a folder; nil for one that is.
    public static func refusal(of name: Name) -> String? {
        if name.isAbsolute { return "the name is absolute, and a manifest speaks of files below one folder" }
        if name.bytes.split(separator: 0x2F).contains(where: { $0.elementsEqual([0x2E, 0x2E]) }) {
            return "the name leads out of the folder by '..'"
        }
        return nil
    }

    /// The names that `verify` will refuse.
    public func refused(_ files: [String]) -> Int {
        files.count { Self.refusal(of: name(of: $0)) != nil }
    }

    private static func rest(_ name: Name, below base: [ArraySlice<UInt8>]?) -> Name? {
        guard let base, let parts = parts(name), parts.count > base.count,
            zip(base, parts).allSatisfy({ $0.elementsEqual($1) })
        else { return nil }
        return Name(bytes: Array(parts[base.count...].joined(separator: [0x2F])))
    }

    /// Nil for a path with '..', whose end depends on links.
    private static func parts(_ name: Name) -> [ArraySlice<UInt8>]? {
        let path = name.isAbsolute ? name : workingFolder.appending(name)
        let parts = path.bytes.split(separator: 0x2F).filter { !$0.elementsEqual([0x2E]) }
        return parts.contains { $0.elementsEqual([0x2E, 0x2E]) } ? nil : parts
    }

    private static var workingFolder: Name {
        guard let path = getcwd(nil, 0) else { return Name("/") }
        defer { free(path) }
        return Name(bytes: Array(UnsafeRawBufferPointer(start: path, count: strlen(path))))
    }
}
