// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Actions
public import Transport

/// The files of a data set with their names in the package: relative to the folder that holds all of them.
public struct DataSelection: Sendable {
    /// By the bytes of their names.
    public let files: [DataFile]
    /// The folder that names are relative to; empty for the working directory.
    public let base: Name

    /// - Parameters:
    ///   - inputs: Files as they were named or met.
    ///   - base: The folder that names are to be relative to; nil: the deepest one that holds all files.
    /// - Throws: When a file cannot be looked at, or a name leaves the folder.
    public init(_ inputs: [Input], base: String? = nil) throws(Failure) {
        if let trouble = inputs.lazy.compactMap(\.trouble).first { throw trouble }
        guard !inputs.isEmpty else {
            throw Failure(
                usage: "there is no file to package", remedy: "name images, or a folder that holds some with -r")
        }
        let names = inputs.map { Name($0.path) }
        let parts = names.map(Self.parts)
        let folder: [ArraySlice<UInt8>]
        if let base {
            folder = Self.parts(Name(base))
        } else {
            folder = Self.common(parts)
        }
        let isAbsolute = names[0].isAbsolute
        var files: [DataFile] = []
        files.reserveCapacity(names.count)
        for (name, parts) in zip(names, parts) {
            guard name.isAbsolute == isAbsolute, base == nil || Name(base ?? "").isAbsolute == isAbsolute,
                parts.starts(with: folder, by: { $0.elementsEqual($1) }), parts.count > folder.count,
                !parts[folder.count...].contains(where: { $0.elementsEqual([0x2E, 0x2E]) })
            else {
                throw Failure(
                    usage: "'\(name.shown)' does not lie below one folder with the others",
                    remedy: "name all files in one way, absolute or relative, and the folder with --base")
            }
            let path = Name(bytes: Array(parts[folder.count...].joined(separator: [0x2F])))
            let file = try DataFile(path: path, source: name)
            guard Folder.working.kind(behind: name) == .file else {
                throw Failure.system("package", name.text, 22)
            }
            files.append(file)
        }
        self.files = files.sorted { $0.path.bytes.lexicographicallyPrecedes($1.path.bytes) }
        let joined = Array(folder.joined(separator: [0x2F]))
        self.base = Name(bytes: (isAbsolute ? [0x2F] : []) + joined)
        for (first, second) in zip(self.files, self.files.dropFirst()) where first.path == second.path {
            throw Failure(
                usage: "'\(first.source.shown)' and '\(second.source.shown)' have one name in the package",
                remedy: "name each file once")
        }
    }

    /// Bytes of all files.
    public var bytes: Int { files.reduce(0) { $0 &+ $1.size } }

    private static func parts(_ name: Name) -> [ArraySlice<UInt8>] {
        name.bytes.split(separator: 0x2F).filter { !$0.elementsEqual([0x2E]) }
    }

    /// The folders that every name begins with.
    private static func common(_ names: [[ArraySlice<UInt8>]]) -> [ArraySlice<UInt8>] {
        guard var common = names.first?.dropLast() else { return [] }
        for parts in names.dropFirst() {
            let count = zip(common, parts.dropLast()).prefix { $0.elementsEqual($1) }.count
            if count < common.count { common = common.prefix(count) }
        }
        return Array(common)
    }
}
