// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Archive
import CorpusRecipes
import Testing
import Transport

/// Oracle: the members that archives were made of, by code that shares nothing with the readers.
@Suite("Members of archives")
struct MemberArchiveTests {
    private typealias Member = MadeArchive.Member

    /// Not one byte of these members is like that of another at the same place.
    private static let members = [
        Member("run/a.cbf", (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }),
        Member("run/b.cbf", Array("some words".utf8)), Member("run/empty.cbf", []),
        Member(String(repeating: "long/", count: 40) + "c.cbf", [1, 2, 3]),
    ]

    private static let wide: MadeArchive.ZIPForm = {
        var form = MadeArchive.ZIPForm()
        form.isWide = true
        form.isPacked = true
        return form
    }()
    private static let packed: MadeArchive.ZIPForm = {
        var form = MadeArchive.ZIPForm()
        form.isPacked = true
        return form
    }()

    /// Archives of the same members.
    private static let archives: [(kind: MemberArchive.Kind, bytes: [UInt8])] = [
        (.zip, MadeArchive.zip(members)), (.zip, MadeArchive.zip(members, packed)),
        (.zip, MadeArchive.zip(members, wide)), (.tar, MadeArchive.tar(members)),
        (.tar, MadeArchive.tar(members, longNames: .gnu)), (.tgz, MadeArchive.gzip(MadeArchive.tar(members))),
    ]

    private func source(_ bytes: [UInt8]) -> Source { Source(memory: ByteBuffer(bytes), name: Name("made")) }

    private func open(_ bytes: [UInt8], wanted: Set<String> = []) throws -> MemberArchive {
        let kind = try #require(MemberArchive.kind(of: Array(bytes.prefix(4096))))
        return try MemberArchive(source(bytes), kind, wanted: wanted)
    }

    private func bytes(_ found: MemberArchive.Found) throws -> [UInt8]? {
        guard case .open(let source) = found else { return nil }
        return try source.bytes(at: 0, count: source.size)
    }

    @Test("every member comes out as it went in, in any order", arguments: archives.indices)
    func members(_ index: Int) throws {
        let (kind, bytes) = Self.archives[index]
        let archive = try open(bytes, wanted: Set(Self.members.map(\.name)))
        #expect(archive.kind == kind)
        for member in Self.members.reversed() + Self.members {
            #expect(try self.bytes(archive.member(member.name, isWhole: true)) == member.bytes)
            #expect(try self.bytes(archive.member(member.name, isWhole: false)) == member.bytes)
        }
        guard case .absent = archive.member("run/A.cbf", isWhole: true) else {
            Issue.record("a member that is not there was found")
            return
        }
        let listing = archive.listing()
        #expect(listing.members.map(\.name) == Self.members.map(\.name))
        #expect(listing.members.map(\.size) == Self.members.map(\.bytes.count))
        #expect(listing.faults.isEmpty && !listing.isCut)
    }

    @Test("a stream gives out what was wanted of it, and lists the rest")
    func wanted() throws {
        let archive = try open(MadeArchive.gzip(MadeArchive.tar(Self.members)), wanted: ["run/b.cbf"])
        #expect(try bytes(archive.member("run/b.cbf", isWhole: true)) == Array("some words".utf8))
        #expect(archive.listing().members.count == 4)
    }

    @Test(
        "every prefix of an archive ends without a crash, and a whole member is never a part of one",
        arguments: archives.indices)
    func cuts(_ index: Int) throws {
        let (kind, whole) = Self.archives[index]
        for count in 0..<whole.count where count % 97 == 0 || whole.count - count < 1100 {
            guard let archive = try? MemberArchive(source(Array(whole.prefix(count))), kind, wanted: ["run/a.cbf"])
            else { continue }
            if let found = try? bytes(archive.member("run/a.cbf", isWhole: true)) {
                #expect(found == Self.members[0].bytes)
            }
            // A TAR without its end marker lacks nothing else.
            let lost = archive.listing().members.count < 4
            #expect(!lost || !archive.listing().faults.isEmpty, "\(count) of \(whole.count)")
        }
    }

    @Test("each changed bit of a member is told", arguments: [40, 1000, 15_000])
    func bits(_ place: Int) throws {
        for form in [MadeArchive.ZIPForm(), Self.packed, Self.wide] {
            var bytes = MadeArchive.zip(Self.members, form)
            bytes[place + 40] ^= 0x10
            let archive = try open(bytes)
            guard case .failed(let failure) = archive.member("run/a.cbf", isWhole: true) else {
                Issue.record("a changed member was given out")
                continue
            }
            #expect(failure.code == .damaged)
            #expect(archive.listing().faults.map(\.member) == ["run/a.cbf"])
            #expect(try self.bytes(archive.member("run/b.cbf", isWhole: true)) == Array("some words".utf8))
        }
    }

    @Test("a bit of a gzip stream is told by its checksum at the end")
    func gzipBit() throws {
        var bytes = MadeArchive.gzip(MadeArchive.tar(Self.members))
        bytes[3000] ^= 1
        #expect(try open(bytes).listing().faults.contains { $0.kind == .damaged })
    }

    @Test(
        "names that leave the folder, links and doubles are never opened",
        arguments: [
            ("../x", "leaves"), ("/x", "absolute"), ("C:\\x", "drive"), ("a/../../x", "leaves"), ("a\u{1}b", "control"),
        ])
    func unsafe(name: String, words: String) throws {
        let members = [Member(name, [1]), Member("link", Array("/etc/passwd".utf8), kind: .link)]
        let doubled = members + [Member("d", [1]), Member("d", [2]), Member("sound", [3])]
        for bytes in [MadeArchive.zip(doubled), MadeArchive.tar(doubled), MadeArchive.gzip(MadeArchive.tar(doubled))] {
            let archive = try open(bytes, wanted: [name, "link", "d", "sound"])
            // A double in a stream is known at its end.
            _ = archive.listing()
            for unsafe in [name, "link", "d"] {
                guard case .refused(let why) = archive.member(unsafe, isWhole: true) else {
                    Issue.record("'\(unsafe)' was opened")
                    continue
                }
                if unsafe == name { #expect(why.contains(words)) }
            }
            #expect(try self.bytes(archive.member("sound", isWhole: true)) == [3])
        }
    }

    @Test("what is encrypted or packed otherwise is told, not read")
    func unread() throws {
        var form = MadeArchive.ZIPForm()
        form.isEncrypted = true
        guard
            case .failed(let failure) = try open(MadeArchive.zip(Self.members, form)).member("run/b.cbf", isWhole: true)
        else {
            Issue.record("an encrypted member was given out")
            return
        }
        #expect(failure.code == .form("encrypted"))
    }

    @Test("a member that would become too much is not unpacked")
    func limits() throws {
        var limits = ArchiveLimits()
        limits.free = 1000
        limits.ratio = 0
        limits.memberBytes = 10_000
        let zip = try MemberArchive(
            source(MadeArchive.zip(Self.members, Self.packed)), .zip, wanted: [], limits: limits)
        guard case .failed(let failure) = zip.member("run/a.cbf", isWhole: true) else {
            Issue.record("a member beyond the limit was given out")
            return
        }
        #expect(failure.code == .limit("size"))
        limits.members = 2
        let tar = try MemberArchive(source(MadeArchive.tar(Self.members)), .tar, wanted: [], limits: limits)
        #expect(tar.listing().members.count == 2 && tar.listing().isCut)
    }

    @Test("a ZIP is opened with one read of its end, and a member with one more")
    func reads() throws {
        let counted = CountedReads(MadeArchive.zip(Self.members))
        let archive = try MemberArchive(Source(ranges: counted, name: Name("far")), .zip, wanted: [])
        #expect(counted.count == 1)
        _ = archive.member("run/a.cbf", isWhole: true)
        #expect(counted.count == 2)
        guard case .open(let part) = archive.member("run/a.cbf", isWhole: false) else {
            Issue.record("the member was not opened")
            return
        }
        #expect(counted.count == 3)
        #expect(try part.bytes(at: 19_990, count: 100) == Array(Self.members[0].bytes[19_990...]))
        #expect(counted.count == 4)
    }
}

/// Bytes that count how often they are read.
private final class CountedReads: RangeReader, @unchecked Sendable {
    private let bytes: [UInt8]
    private(set) var count = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var size: Int { bytes.count }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(Failure) -> Int {
        count += 1
        let piece = bytes.dropFirst(offset).prefix(buffer.count)
        buffer.copyBytes(from: piece)
        return piece.count
    }
}
