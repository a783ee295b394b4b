// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Archive
internal import Digest
internal import Glibc
internal import TestSupport
internal import Transport

/// Reads damaged archives: no crash, no hang, no more memory than what is allowed, and every member that is given out is one
/// of the archive's listing.
///
/// `fuzz-archives COUNT SEED FILE...` damages ZIP, TAR and compressed TAR files in COUNT cases; SEED:CASE repeats one.
/// `fuzz-archives cuts FILE...` reads every prefix of each file. `fuzz-archives members FILE...` prints the SHA-256 of each
/// member, to be held against other readers.
@main enum FuzzArchives {
    static func main() {
        let words = CommandLine.arguments
        if words.count > 2, words[1] == "members" {
            for path in words.dropFirst(2) where !members(path) { exit(1) }
            return
        }
        if words.count > 2, words[1] == "cuts" {
            for path in words.dropFirst(2) { cuts(path) }
            return
        }
        guard words.count > 3, let cases = FuzzCases(words) else {
            print("usage: fuzz-archives COUNT SEED[:CASE] FILE...\n       fuzz-archives cuts|members FILE...")
            exit(2)
        }
        let seeds = cases.paths.compactMap { path in FuzzCases.bytes(of: path).map { (path, $0) } }
        guard !seeds.isEmpty else { exit(2) }
        var opened = 0
        var given = 0
        var broken = 0
        cases.run(files: seeds.count) { number, numbers in
            let (path, bytes) = seeds[number % seeds.count]
            let result = read(DamagedBytes.damaged(tailed(bytes, &numbers), &numbers))
            if result.isOpen { opened += 1 }
            given += result.given
            if let fault = result.fault {
                broken += 1
                print("case \(number), \(path): \(fault)")
            }
        }
        print("\(opened) damaged archives were opened, \(given) members were read, \(broken) faults of ours")
        exit(broken == 0 ? 0 : 1)
    }

    /// Half of the damage falls on the end, where a ZIP has its directory.
    private static func tailed(_ bytes: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
        guard Bool.random(using: &numbers), bytes.count > 1024 else { return bytes }
        let end = bytes.count - min(bytes.count / 2, 1024)
        return Array(bytes[..<end]) + DamagedBytes.damaged(Array(bytes[end...]), &numbers)
    }

    private struct Result {
        var isOpen = false
        var given = 0
        var fault: String?
    }

    private static func read(_ bytes: [UInt8]) -> Result {
        var result = Result()
        let source = Source(memory: ByteBuffer(bytes), name: Name("damaged"))
        guard let kind = MemberArchive.kind(of: Array(bytes.prefix(4096))),
            let plain = try? MemberArchive(source, kind, wanted: [])
        else { return result }
        result.isOpen = true
        let listing = plain.listing()
        let names = listing.members.map(\.name)
        let archive = try? MemberArchive(source, kind, wanted: Set(names.prefix(16)))
        for (index, name) in names.prefix(16).enumerated() {
            guard case .open(let member)? = archive?.member(name, isWhole: index % 2 == 0) else { continue }
            let stated = listing.members.filter { $0.name == name }.map(\.size)
            if !stated.contains(member.size) { result.fault = "'\(name)' has \(member.size) bytes and not \(stated)" }
            if member.size > bytes.count &* 2000 + (64 << 20) { result.fault = "'\(name)' is too large" }
            guard let piece = try? member.bytes(at: 0, count: min(member.size, 1 << 16)) else { continue }
            if piece.count > 1 << 16 { result.fault = "'\(name)' gives too much" }
            result.given += 1
        }
        if case .open? = archive?.member("no such member", isWhole: true), !names.contains("no such member") {
            result.fault = "a member that is not there was given"
        }
        _ = archive?.listing()
        return result
    }

    private static func cuts(_ path: String) {
        guard let bytes = FuzzCases.bytes(of: path) else { exit(2) }
        var whole = 0
        // Every length near the ends, and one in some between.
        let step = max(1, bytes.count / 4000)
        for count in 0..<bytes.count where count < 1024 || bytes.count - count < 1024 || count % step == 0 {
            let result = read(Array(bytes.prefix(count)))
            if let fault = result.fault {
                print("\(path), \(count) bytes: \(fault)")
                exit(1)
            }
            if result.isOpen { whole += 1 }
        }
        print("\(path): every prefix ends without crash, \(whole) could be opened")
    }

    private static func members(_ path: String) -> Bool {
        do throws(Failure) {
            let source = try Source.open(Name(path))
            let kind = MemberArchive.kind(of: try source.bytes(at: 0, count: 4096)) ?? .zip
            let listing = try MemberArchive(source, kind, wanted: []).listing()
            let names = listing.members.filter { $0.kind == .file }.map(\.name)
            let archive = try MemberArchive(source, kind, wanted: Set(names))
            for name in names {
                guard case .open(let member) = archive.member(name, isWhole: true) else { return false }
                let digest = FileDigests.of(try member.bytes(at: 0, count: member.size)).sha256
                print("\(digest)  \(name)")
            }
            return listing.faults.isEmpty
        } catch {
            print("\(path): \(error)")
            return false
        }
    }
}
