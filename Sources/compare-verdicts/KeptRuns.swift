// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Digest
internal import Glibc
internal import JSON

/// Runs of the old program from earlier comparisons, by digests of program and file.
///
/// A verdict may depend on the files beside an input, so what its folder holds is part of the key.
final class KeptRuns {
    private let folder: String
    private var surroundings: [String: String] = [:]

    /// - Throws: GateFault when the program cannot be read.
    init(of program: String, in folder: String) throws(GateFault) {
        guard let bytes = Bytes.read(program) else { throw GateFault(line: "cannot read the program '\(program)'") }
        self.folder = folder + "/" + FileDigests.of(bytes).sha256.prefix(16)
        mkdir(folder, 0o755)
        mkdir(self.folder, 0o755)
    }

    /// The run with these arguments on a file, from before or made now.
    ///
    /// - Parameter isFresh: Told whether it was made now.
    func run(_ program: String, _ arguments: [String], _ file: String, isFresh: inout Bool) -> ProgramRun? {
        let key = FileDigests.of(Array((arguments + [file, surrounding(file)]).joined(separator: "\0").utf8)).sha256
        let path = folder + "/" + key
        isFresh = false
        if let bytes = Bytes.read(path), let kept = ProgramRun(kept: bytes) { return kept }
        isFresh = true
        let run = ProgramRun(program, arguments + [file])
        if let run { Bytes.write(run.kept, to: path) }
        return run
    }

    private func surrounding(_ file: String) -> String {
        let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
        if let known = surroundings[folder] { return known }
        let names = Bytes.names(in: folder).map { name in
            var facts = stat()
            lstat(folder + "/" + name, &facts)
            let isSmall = facts.st_mode & S_IFMT == S_IFREG && facts.st_size < 4 << 20
            if isSmall, let bytes = Bytes.read(folder + "/" + name) { return "\(name) \(FileDigests.of(bytes).sha256)" }
            return "\(name) \(facts.st_size) \(facts.st_mtim.tv_sec) \(facts.st_mtim.tv_nsec)"
        }
        let digest = FileDigests.of(Array(names.joined(separator: "\n").utf8)).sha256
        surroundings[folder] = digest
        return digest
    }
}

extension ProgramRun {
    /// One line of JSON, then the output, then the complaints.
    var kept: [UInt8] {
        var json = JSONWriter(.compact)
        json.object { json in
            json.member("code", Int(code))
            json.member("isOverTime", isOverTime)
            json.member("milliseconds", milliseconds)
            json.member("kibibytes", kibibytes)
            json.member("output", output.count)
        }
        return json.finish() + output + complaints
    }

    init?(kept bytes: [UInt8]) {
        guard let end = bytes.firstIndex(of: 0x0A), let head = try? JSONReader.read(Array(bytes[..<end])),
            let code = head["code"]?.integer, let count = head["output"]?.integer, count >= 0,
            count <= bytes.count - end - 1
        else { return nil }
        self.code = Int32(truncatingIfNeeded: code)
        isOverTime = head["isOverTime"]?.bool ?? false
        milliseconds = head["milliseconds"]?.double ?? 0
        kibibytes = head["kibibytes"]?.integer ?? 0
        output = Array(bytes[(end + 1)...].prefix(count))
        complaints = Array(bytes[(end + 1)...].dropFirst(count))
    }
}
