// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// The files to run both programs on.
enum InputFiles {
    /// Endings of what lies beside data in corpora and is no input.
    private static let passedOver: Set<String> = [
        "md", "py", "tsv", "csv", "txt", "json", "json5", "toml", "yaml", "yml", "xml", "cfg", "pyc", "sh", "svg",
    ]

    /// Files as named, and those below folders, sorted, each once.
    ///
    /// - Throws: GateFault for a path that is not there.
    static func list(_ paths: [String]) throws(GateFault) -> [String] {
        var files: [String] = []
        for path in paths { files += try expand(path) }
        var seen = Set<String>()
        return files.filter { seen.insert($0).inserted }
    }

    private static func expand(_ path: String) throws(GateFault) -> [String] {
        if path.hasPrefix("@") {
            guard let bytes = Bytes.read(String(path.dropFirst())) else {
                throw GateFault(line: "cannot read the list '\(path.dropFirst())'")
            }
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
            return try list(lines.filter { !$0.hasPrefix("@") })
        }
        var facts = stat()
        guard stat(path, &facts) == 0 else { throw GateFault(line: "no file '\(path)'") }
        guard facts.st_mode & S_IFMT == S_IFDIR else { return [absolute(path)] }
        return walk(absolute(path))
    }

    private static func walk(_ folder: String) -> [String] {
        var files: [String] = []
        for name in Bytes.names(in: folder) where !name.hasPrefix(".") {
            let path = folder + "/" + name
            var facts = stat()
            guard lstat(path, &facts) == 0 else { continue }
            switch facts.st_mode & S_IFMT {
            case S_IFDIR: files += walk(path)
            case S_IFREG:
                let ending = name.split(separator: ".").last.map(String.init) ?? ""
                if !passedOver.contains(ending), !name.hasPrefix("LICENSE") { files.append(path) }
            default: break
            }
        }
        return files
    }

    static func absolute(_ path: String) -> String {
        guard let found = realpath(path, nil) else { return path }
        defer { free(found) }
        return String(cString: found)
    }
}

/// Bytes of files and names in folders, for a program that reads what it wrote.
enum Bytes {
    static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return readAll(descriptor)
    }

    static func readAll(_ descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes += piece[..<count]
        }
    }

    /// Writes under a temporary name, then renames, so that a run that is interrupted leaves nothing half.
    static func write(_ bytes: [UInt8], to path: String) {
        let temporary = path + ".partial-\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { return }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            rest = rest.dropFirst(count)
        }
        close(descriptor)
        if rest.isEmpty { rename(temporary, path) } else { unlink(temporary) }
    }

    /// Names in a folder, sorted; none when it cannot be listed.
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
