// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Digest
@testable import Transport

/// Oracle: what was written to the files, sha256sum of the machine, and the manual pages of open(2) and openat2(2).
@Suite final class SourceTests {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("source-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func name(_ last: String) -> Name { Name(folder.appendingPathComponent(last).path) }

    private func put(_ last: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: folder.appendingPathComponent(last))
    }

    @Test("a source gives the same bytes by place, as a whole and mapped", arguments: [0, 10, 70_000])
    func bytes(size: Int) throws {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try put("a", bytes)
        let source = try Source.open(name("a"))
        #expect(source.size == size)
        #expect(try source.bytes(at: size / 2, count: size) == Array(bytes[(size / 2)...]))
        let pages = source.pages(7)
        for start in stride(from: 0, to: size, by: 997) {
            let view = try #require(pages.view(from: start, count: min(9, size - start)))
            #expect(Array(view) == Array(bytes[start..<min(size, start + 9)]))
        }
        #expect(pages.view(from: size, count: 1) == nil)
        let mapped = try source.mapped()
        #expect(mapped[0..<size] == bytes)
        #expect(
            try Source(memory: mapped, name: Name("a")).bytes(at: 3, count: 4) == Array(bytes.dropFirst(3).prefix(4)))
        #expect(try source.whole(most: size - 1) == nil)
        #expect(try source.digests().sha256 == FileDigests.of(bytes).sha256)
    }

    @Test("what is read as a whole is what is digested, though the name leads elsewhere by then")
    func onceOpened() throws {
        try put("a", Array("first".utf8))
        let source = try Source.open(name("a"))
        try FileManager.default.removeItem(atPath: name("a").text)
        try put("a", Array("other".utf8))
        #expect(try source.digests().sha256 == FileDigests.of(Array("first".utf8)).sha256)
    }

    @Test("an input that stays open is a file and not a name", arguments: [4, 0])
    func held(most: Int) throws {
        let held = HeldInputs(most: most)
        defer { withExtendedLifetime(held) {} }
        try put("a", Array("first".utf8))
        func text() throws -> String {
            let source = try Source.open(name("a"))
            return String(decoding: try source.bytes(at: 0, count: source.size), as: UTF8.self)
        }
        #expect(try text() == "first")
        // Without a right to it, only what is open already is read; root may read everything.
        #expect(chmod(name("a").text, 0) == 0)
        if geteuid() != 0 {
            #expect(most > 0 ? (try? text()) == "first" : (try? text()) == nil)
        }
        #expect(chmod(name("a").text, 0o644) == 0)
        // The same file written to, and another of its name.
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: name("a").text))
        handle.seekToEndOfFile()
        handle.write(Data(" and more".utf8))
        try handle.close()
        #expect(try text() == "first and more")
        try put("b", Array("other".utf8))
        #expect(rename(name("b").text, name("a").text) == 0)
        #expect(try text() == "other")
        let below = try Folder(Name(folder.path))
        guard case .open(let reached) = below.reach(Name("a"), .dataset) else {
            Issue.record("'a' is not reached")
            return
        }
        #expect(reached.size == 5)
        // A link that leads out of the folder stays refused, whatever is held.
        try FileManager.default.createDirectory(atPath: name("in").text, withIntermediateDirectories: false)
        #expect(symlink("../a", name("in/l").text) == 0)
        if case .open = try Folder(name("in")).reach(Name("l"), .dataset) { Issue.record("a link leads out") }
    }

    @Test("a file that changes is told, not digested")
    func changed() throws {
        try put("a", Array("first".utf8))
        let source = try Source.open(name("a"))
        try put("b", [])
        let handle = try FileHandle(forWritingTo: folder.appendingPathComponent("a"))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data([1]))
        let failure = #expect(throws: Failure.self) { try source.digests() }
        #expect(failure?.code == .changed)
    }

    @Test("an error of reading is told by views and digests alike")
    func unreadable() throws {
        struct Broken: RangeReader {
            let size = 100_000
            func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(Failure) -> Int {
                guard offset + buffer.count <= 8192 else { throw Failure.system("read", "broken", EIO) }
                return buffer.count
            }
        }
        let source = Source(ranges: Broken(), name: Name("broken"))
        let pages = source.pages()
        #expect(pages.view(from: 100, count: 8) != nil)
        #expect(pages.failure == nil)
        #expect(pages.view(from: 50_000, count: 8) == nil)
        #expect(pages.failure?.code == .system(EIO))
        #expect(throws: Failure.self) { try source.digests() }
    }

    @Test("what is no file, or not here, is told at once and not opened")
    func noFile() throws {
        #expect(mkfifo(name("pipe").text, 0o600) == 0)
        func code(_ last: String) -> Failure.Code? {
            do throws(Failure) {
                _ = try Source.open(name(last))
                return nil
            } catch { return error.code }
        }
        #expect(code("pipe") == .notRegular)
        #expect(code("") == .notRegular)
        #expect(code("none") == .absent)
        try put("hole", [])
        #expect(truncate(name("hole").text, 1 << 20) == 0)
        #expect(code("hole") == .offline)
        symlink(".git/annex/objects/xx/yy/SHA256E-s1--a/SHA256E-s1--a", name("annexed").text)
        #expect(code("annexed") == .offline)
        symlink("nowhere", name("dangling").text)
        let failure = #expect(throws: Failure.self) { try Source.open(self.name("dangling")) }
        #expect(failure?.words == "it is a symbolic link to 'nowhere', which is not there")
    }

    // MARK: Folders

    private enum Reached: Hashable {
        case open, absent, refused
        case failed(Failure.Code)
    }

    private func reach(_ text: String, in folder: Folder, _ follow: Folder.Follow = .dataset) -> Reached {
        switch folder.reach(Name(text), follow) {
        case .open: .open
        case .absent: .absent
        case .refused: .refused
        case .failed(let failure): .failed(failure.code)
        }
    }

    @Test("names lead to files below the folder, and nowhere else")
    func beneath() throws {
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("set/inner"), withIntermediateDirectories: true)
        try put("secret", [1])
        try put("set/a", [1])
        try put("set/inner/b", [1])
        symlink("../secret", name("set/out").text)
        symlink(name("secret").text, name("set/far").text)
        symlink(name("set/inner/b").text, name("set/round").text)
        symlink("inner/b", name("set/near").text)
        symlink("..", name("set/up").text)
        #expect(mkfifo(name("set/pipe").text, 0o600) == 0)
        let set = try Folder(name("set"))
        for inside in ["a", "inner/b", "near", "round", "./a"] { #expect(reach(inside, in: set) == .open, "\(inside)") }
        for outside in ["out", "far", "up/secret", "../secret", "/etc/passwd", "", "file://a", "c:a"] {
            #expect(reach(outside, in: set) == .refused, "\(outside)")
        }
        #expect(reach("none", in: set) == .absent)
        #expect(reach("a/b", in: set) == .absent)
        #expect(reach("pipe", in: set) == .failed(.notRegular))
        #expect(reach("inner", in: set) == .failed(.notRegular))
        #expect(reach("a", in: set, .none) == .refused)
        #expect(reach("../secret", in: set, .root(Name(folder.path))) == .open)
        #expect(reach("../secret", in: set, .root(name("set"))) == .refused)
    }

    @Test("a folder lists names that are no text, and they lead back to their files")
    func entries() throws {
        let names: [[UInt8]] = [Array("plain".utf8), [0x61, 0xE9], [0xF4, 0x8F, 0xBF, 0xBF], Array("e\u{301}".utf8)]
        for bytes in names {
            let path = Array(folder.path.utf8) + [0x2F] + bytes + [0]
            let descriptor = path.withUnsafeBufferPointer { buffer in
                buffer.withMemoryRebound(to: CChar.self) { open($0.baseAddress!, O_WRONLY | O_CREAT, 0o600) }
            }
            try #require(descriptor >= 0)
            #expect(write(descriptor, [bytes.last!], 1) == 1)
            close(descriptor)
        }
        let entries = try Folder(Name(folder.path)).entries()
        #expect(Set(entries.map(\.name.bytes)) == Set(names))
        #expect(entries.allSatisfy { $0.kind == .file })
        for entry in entries {
            let carried = Name(folder.path).appending(entry.name).text
            #expect(try Source.open(Name(carried)).bytes(at: 0, count: 2) == [entry.name.bytes.last!])
        }
        #expect(throws: Failure.self) { try Folder(self.name("none")) }
    }
}

/// Oracle: laws, and the lists of Unicode.
@Suite struct NameTests {
    @Test("every name comes back as it was, and no two become one string")
    func roundTrip() {
        var seen: [String: [UInt8]] = [:]
        var generator = SystemRandomNumberGenerator()
        let pieces: [[UInt8]] = [
            [0xF4, 0x8F, 0xBF, 0x80], [0xF4], [0x8F], [0xBF], [0x80], [0x61], [0xE2, 0x82], [0xFF], [0xC3, 0xA9],
        ]
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...4, using: &generator)).flatMap { _ in
                pieces.randomElement(using: &generator) ?? []
            }
            let text = Name(bytes: bytes).text
            #expect(Name(text).bytes == bytes)
            #expect(seen[text].map { $0 == bytes } ?? true)
            seen[text] = bytes
        }
    }

    @Test("folder and last part are told")
    func parts() {
        #expect(Name("a/b/c").folder.text == "a/b/")
        #expect(Name("a/b/c").last.text == "c")
        #expect(Name("c").folder.text.isEmpty)
        #expect(Name("/c").folder.text == "/")
        #expect(Name("a").appending(Name("b")).text == "a/b")
        #expect(Name("a/").appending(Name("b")).text == "a/b")
    }

    @Test(
        "what forges, hides or turns words is escaped",
        arguments: [
            ("a\nb", "a\\nb"), ("\u{1B}[2J", "\\x1b[2J"), ("\u{9B}2J", "\\x9b2J"), ("a\u{202E}b", "a\\u{202e}b"),
            ("a\u{200B}b", "a\\u{200b}b"), ("\u{E0041}", "\\u{e0041}"), ("\u{FEFF}NXmx", "\\u{feff}NXmx"),
            ("Å µ 測定", "Å µ 測定"), ("\u{2028}", "\\u{2028}"),
        ])
    func escaping(text: String, shown: String) {
        #expect(Escaping.line(text) == shown)
    }

    @Test("a byte that is no text is shown as it is")
    func bytes() {
        #expect(Name(bytes: [0x61, 0xE9, 0x62]).shown == "a\\xe9b")
    }
}
