// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The files of a checkout, by paths from its root.
struct Checkout {
    let root: String

    /// The nearest folder with a Package.swift, from a folder upward.
    static func around(_ folder: String) -> Checkout? {
        var folder = folder
        while true {
            if access(folder + "/Package.swift", R_OK) == 0 { return Checkout(root: folder) }
            guard let slash = folder.lastIndex(of: "/"), slash != folder.startIndex else { return nil }
            folder = String(folder[..<slash])
        }
    }

    func read(_ path: String) -> String? {
        guard let stream = fopen(root + "/" + path, "r") else { return nil }
        defer { fclose(stream) }
        return Checkout.all(of: stream)
    }

    /// Everything that a stream has to give.
    static func all(of stream: UnsafeMutablePointer<FILE>) -> String {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&piece, 1, piece.count, stream)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += piece[..<count]
        }
    }

    func write(_ text: String, to path: String) -> Bool {
        guard let stream = fopen(root + "/" + path, "w") else { return false }
        let bytes = Array(text.utf8)
        let isWhole = fwrite(bytes, 1, bytes.count, stream) == bytes.count
        return fclose(stream) == 0 && isWhole
    }

    func remove(_ path: String) { unlink(root + "/" + path) }

    /// Files of a folder, by name.
    func names(in folder: String, endingWith ending: String) -> [String] {
        entries(of: folder).filter { $0.hasSuffix(ending) }
    }

    /// Folders in a folder, by name.
    func folders(in folder: String) -> [String] {
        entries(of: folder).filter { path in
            guard !path.hasSuffix("/."), !path.hasSuffix("/.."), let stream = opendir(root + "/" + path) else {
                return false
            }
            closedir(stream)
            return true
        }
    }

    private func entries(of folder: String) -> [String] {
        guard let stream = opendir(root + "/" + folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            names.append(folder + "/" + name)
        }
        return names.sorted()
    }
}
