// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CorpusRecipes
import Foundation
import JSON
import TestSupport
import Testing

/// Lists of digests. Oracle: sha256sum, md5sum and xxhsum of the machine, and what was put into each folder.
@Suite struct ChecksumTests {
    /// Names that lists have to escape, and one that is no UTF-8.
    private static let make = #"""
        mkdir -p d/sub; printf 'a\n' > d/a; printf 'b' > 'd/b\c'; printf x > d/sub/$'n\nl'; printf x > d/$'r\rr'
        printf '' > d/empty; printf 'ü' > d/$'\xfc\xff'; printf 'u' > d/ü; printf 'h' > d/.hidden; ln -s a d/link
        """#

    @Test(arguments: [
        Yard.Line("$P checksum -q --algorithm sha256 -r d | sha256sum -c --strict --quiet", 0, ""),
        Yard.Line("$P checksum -q --algorithm sha512 -r d | sha512sum -c --strict --quiet", 0, ""),
        Yard.Line("$P checksum -q --algorithm md5 -r d | md5sum -c --strict --quiet", 0, ""),
        Yard.Line("$P checksum -q -r d | sha256sum -c --quiet 2>&1 | grep -c FAILED", 1, "0"),
        // Each list in the form that its name says, below its own folder.
        Yard.Line(
            "$P checksum -q -r -o d/SHA256SUMS -o d/MD5SUMS -o m.json d && cd d && sha256sum -c --strict --quiet SHA256SUMS && md5sum -c --strict --quiet MD5SUMS",
            0, ""),
        Yard.Line(
            "$P checksum -q -r -o d/x.sha512 d && grep -c . d/x.sha512 && cd d && sha512sum -c --quiet --strict x.sha512",
            0, "8"),
        // What lists the folder does not list itself, nor what an earlier run left.
        Yard.Line("touch d/SHA256SUMS; $P checksum -q -r -o d/SHA256SUMS d && grep -c SUMS d/SHA256SUMS", 1, "0"),
        Yard.Line("$P checksum -r d 2>&1 >/dev/null", 0, "passed over: 1 hidden"),
        Yard.Line("$P checksum --algorithm sha1 d/a", 2, "md5, sha256, sha512, crc32c or xxh3"),
        Yard.Line("$P checksum --format lines d/a", 2, "hold one digest, and 2 are to be taken"),
        Yard.Line("$P checksum --algorithm md5 -o SHA256SUMS d/a", 2, "named for sha256"),
        Yard.Line("$P checksum --chunks d/a", 2, "only JSON has room"),
        Yard.Line("$P checksum d", 2, "is a folder"),
        Yard.Line("mkdir e; $P checksum -r e", 2, "no file to read"),
        Yard.Line("$P checksum --base d/sub d/a", 2, "does not lie below"),
        Yard.Line("$P checksum -q --base d --algorithm md5 d/a", 0, "60b725f10c9c85c70d97880dfe8191b3  a\n"),
        Yard.Line("$P checksum -q --algorithm md5 $PWD/d/a", 0, "  /"),
        Yard.Line("$P checksum --algorithm md5 $PWD/d/a 2>&1 >/dev/null", 0, "names are absolute"),
        // An input is never an output, whatever it is called; data are never replaced, a list only when asked.
        Yard.Line("$P checksum -o d/a d/a", 2, "it is an input of this run"),
        Yard.Line("$P checksum --force -o raw.cbf d/a", 2, "it holds diffraction data"),
        Yard.Line("echo old > S.md5; $P checksum -o S.md5 d/a; cat S.md5", 0, "old"),
        Yard.Line(
            "echo old > S.md5; $P checksum -q --force -o S.md5 d/a && cat S.md5", 0, "60b725f10c9c85c70d97880dfe8191b3"),
        Yard.Line("$P checksum -o S.md5 -o ./S.md5 d/a", 2, "names the same file"),
        Yard.Line("echo note > S.md5.part; $P checksum -o S.md5 d/a", 2, "no journal of 'imprimatur checksum'"),
        Yard.Line("echo note > S.md5.part; $P checksum -o S.md5 d/a; cat S.md5.part", 0, "note"),
        // What cannot be read is told, and no list pretends that it is not there.
        Yard.Line("$P checksum -q --algorithm md5 d/a gone 2>/dev/null", 3, "60b725f10c9c85c70d97880dfe8191b3"),
        Yard.Line("$P checksum -q -o S.md5 d/a gone; echo $?; ls S.md5 S.md5.part 2>&1", 2, "cannot access 'S.md5'"),
        Yard.Line("mkfifo d/pipe; $P checksum -q -r -o S.md5 d", 3, "it is a named pipe"),
    ])
    func `a line does what it says`(_ line: Yard.Line) throws {
        let yard = try Yard()
        _ = try yard.shell(Self.make)
        let said = try yard.shell(line.line)
        #expect(said.code == line.code, "\(said)")
        #expect(line.words.isEmpty || (said.output + said.complaints).contains(line.words), "\(said)")
    }

    @Test func `one read gives all digests, and names come back as they were`() throws {
        let yard = try Yard()
        _ = try yard.shell(Self.make)
        let said = try yard.shell(
            "$P checksum -q -r --algorithm xxh3,crc32c,sha512,sha256,md5 -o m.json d && $P verify m.json . | head -1")
        #expect(said.output.contains("8 as stated") && said.code == 0, "\(said)")
        let manifest = try JSONReader.read(Array(Data(contentsOf: yard.folder.appendingPathComponent("m.json"))))
        let files = try #require(manifest["files"]?.elements)
        #expect(files.count == 8 && files.allSatisfy { $0["sha512"]?.string?.count == 128 })
        #expect(files.contains { $0["path"]?.string == "d/sub/n\nl" && $0["size"]?.integer == 1 })
        #expect(files.first { $0["path"]?.string == "d/a" }?["crc32c"]?.string == "09bde29b")
    }

    @Test func `sections of a CBF have digests of their own`() throws {
        let yard = try Yard()
        let image = miniCBF(usualHeader)
        try Data(image).write(to: yard.folder.appendingPathComponent("i.cbf"))
        try yard.write("t.txt", "no image\n")
        let said = try yard.shell(
            "$P checksum -q --chunks -o m.json i.cbf t.txt && tail -c +1 m.json; tail -c 158 i.cbf")
        #expect(said.code == 0, "\(said)")
        let files = try JSONReader.read(Array(Data(contentsOf: yard.folder.appendingPathComponent("m.json"))))["files"]
        let pieces = try #require(files?.elements?.first?["pieces"]?.elements)
        #expect(pieces.count == 1 && pieces[0]["section"]?.integer == 1 && pieces[0]["size"]?.integer == 128)
        // 128 bytes of 7, by xxhsum 0.8.1 -H3.
        #expect(pieces[0]["xxh3"]?.string == "c6ca7d1f36f39470")
        #expect(files?.elements?.last?["pieces"] == nil)
        // One bit of a pixel: the section is named; one letter of the header: it is not.
        var damaged = image
        let pixel = try #require(damaged.lastIndex(of: 7))
        damaged[pixel] ^= 0x10
        try Data(damaged).write(to: yard.folder.appendingPathComponent("i.cbf"))
        let told = try yard.shell("$P verify m.json")
        #expect(
            told.code == 1
                && told.output.contains("A DATA-022  'i.cbf': 1 of 1 sections differ from the table: section 1"))
        #expect(told.output.contains("A DATA-017"))
        var renamed = image
        renamed[renamed.firstIndex(of: UInt8(ascii: "P")) ?? 0] = UInt8(ascii: "Q")
        try Data(renamed).write(to: yard.folder.appendingPathComponent("i.cbf"))
        let other = try yard.shell("$P verify m.json")
        #expect(other.code == 1 && other.output.contains("DATA-017") && !other.output.contains("DATA-022"))
        // A file that ends in its section.
        try Data(image.prefix(pixel - 20)).write(to: yard.folder.appendingPathComponent("i.cbf"))
        #expect(try yard.shell("$P verify m.json").output.contains("DATA-022"))
    }

    @Test func `chunks of HDF5 have digests of their own, and the frames are named`() throws {
        let yard = try Yard()
        let recipe = """
            {shows: 'frames', expect: [], tree: {e: {d: {'$type': 'int32', '$shape': [9, 4, 5], '$chunk': [2, 4, 5],
            '$counts': 3}}}}
            """
        try yard.write("recipe.json", recipe)
        try Recipe(reading: yard.folder.appendingPathComponent("recipe.json").path)
            .build(at: yard.folder.appendingPathComponent("f.h5").path)
        #expect(try yard.shell("$P checksum -q --chunks -o m.json f.h5 && $P verify m.json").code == 0)
        let file = yard.folder.appendingPathComponent("f.h5")
        let whole = try Data(contentsOf: file)
        let manifest = try JSONReader.read(Array(Data(contentsOf: yard.folder.appendingPathComponent("m.json"))))
        let pieces = try #require(manifest["files"]?.elements?.first?["pieces"]?.elements)
        #expect(pieces.count == 5 && pieces.allSatisfy { $0["dataset"]?.string == "/e/d" })
        let places = try pieces.map { try #require($0["address"]?.integer) }
        func told(_ bytes: Data) throws -> String {
            try bytes.write(to: file)
            let said = try yard.shell("COLUMNS=160 $P verify m.json")
            #expect(said.code == 1, "\(said)")
            return said.output
        }
        var damaged = whole
        damaged[places[1] + 3] ^= 1
        damaged[places[4]] ^= 1
        #expect(
            try told(damaged).contains(
                "DATA-022  'f.h5': 2 of 5 chunks of '/e/d' differ from the table: frames 3-4, 9 (3)"))
        // Two exchanged, which decode to sound images.
        let size = try #require(pieces[0]["size"]?.integer)
        var exchanged = whole
        exchanged.replaceSubrange(places[0]..<(places[0] + size), with: whole[places[2]..<(places[2] + size)])
        exchanged.replaceSubrange(places[2]..<(places[2] + size), with: whole[places[0]..<(places[0] + size)])
        #expect(whole[places[0]..<(places[0] + size)] != whole[places[2]..<(places[2] + size)])
        #expect(try told(exchanged).contains("frames 1-2, 5-6 (4)"))
        // Not in a chunk.
        #expect(try !told(whole + Data([0])).contains("DATA-022"))
        try whole.write(to: file)
        #expect(try yard.shell("$P verify m.json").code == 0)
    }
}
