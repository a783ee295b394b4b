// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSON
import TestSupport
import Testing

/// Files held against lists. Oracle: what was changed in each folder, and sha256sum where it makes the list.
@Suite struct VerifyTests {
    private static let make = #"""
        mkdir -p d/sub; for n in 1 2 3 4 5; do printf "$n" > d/f$n; done; printf x > 'd/sub/b\c'; printf y > $'d/sub/n\nl'
        (cd d; find . -type f -print0 | sort -z | xargs -0 sha256sum) > list; cp list d/SHA256SUMS
        $P checksum -q -r -o m.json --base d d
        """#

    @Test(arguments: [
        Yard.Line("$P verify d/SHA256SUMS", 0, "d/SHA256SUMS: pass"),
        Yard.Line("$P verify list d", 0, "7 files listed, 7 as stated"),
        Yard.Line("$P verify m.json d", 0, "m.json: pass"),
        Yard.Line("(cd d; sha256sum -b f?) > l; $P verify --fail-at C l d", 1, "2 files are not in the manifest"),
        Yard.Line("(cd d; sha256sum --tag f? sub/*) > l; $P verify --fail-at C l d", 0, "7 as stated"),
        Yard.Line("(cd d; sha512sum --tag f1; md5sum f1 f2) > l; $P verify l d", 0, "2 files listed, 2 as stated"),
        Yard.Line("(cd d; openssl sha256 f1 f2) > l; $P verify l d", 0, "2 files listed, 2 as stated"),
        Yard.Line("sed 's/$/\\r/' list | grep -v sub > l; $P verify l d", 0, "5 files listed, 5 as stated"),
        Yard.Line(
            "(echo '# made by hand'; echo; sed 's/.*/\\U&/' list | grep -v SUB | sed 's/F/f/g') > l; $P verify l d", 0,
            "5 as stated"),
        // Changed, missing, unlisted.
        Yard.Line(
            "printf z > d/f1; $P verify list d", 1,
            "A DATA-017  './f1' has sha256 594e519ae499312b29433b7dd8a97ff068defcba9755b6d5d00e84c524d67b06"),
        Yard.Line("printf zz > d/f1; $P verify m.json d", 1, "A DATA-017  'f1' has 2 bytes, the manifest states 1"),
        Yard.Line("rm d/f2 d/sub/b*; $P verify list d", 1, "5 as stated, 2 missing"),
        Yard.Line("rm d/f2; $P verify list d", 1, "'./f2' is not there"),
        Yard.Line("rm d/sub/b*; $P verify list d", 1, #"'./sub/b\c' is not there"#),
        Yard.Line("rm d/sub/n*; $P verify list d", 1, #"'./sub/n\nl' is not there"#),
        Yard.Line(
            "touch d/new d/Thumbs.db; $P verify list d", 0, "C DATA-018  file of the operating system 'Thumbs.db'"),
        Yard.Line("touch d/new; $P verify list d", 0, "C DATA-018  file 'new' is not in the manifest"),
        Yard.Line("touch d/new; $P verify --fail-at C list d", 1, "FAIL"),
        Yard.Line("mv d/f1 d/f9; $P verify list d", 1, "1 missing, 1 not listed"),
        Yard.Line("(cat list; sed 's/^./0/' list | grep f1) > l; $P verify l d", 1, "'./f1' has sha256"),
        // What could not be looked at never passes.
        Yard.Line("rm d/f1; mkfifo d/f1; $P verify list d", 3, "not a regular file"),
        Yard.Line("rm d/f1; mkdir d/f1; $P verify list d", 3, "1 not read"),
        Yard.Line("rm d/f1; ln -s ../secret d/f1; $P verify list d", 3, "outside the folder"),
        Yard.Line("rm d/f1; ln -s f2 d/f1; $P verify list d", 1, "'./f1' has sha256"),
        Yard.Line("mkfifo d/pipe; $P verify list d", 3, "it is a named pipe"),
        Yard.Line("(cat list; sha256sum $PWD/d/f1) > l; $P verify l d", 3, "the name is absolute"),
        Yard.Line(
            "(cat list; sha256sum secret | sed 's| secret| ../secret|') > l; $P verify l d", 3,
            "leads out of the folder by '..'"),
        Yard.Line("(cat list; sha256sum secret | sed 's| secret| sub/../../secret|') > l; $P verify l d", 3, "by '..'"),
        Yard.Line("(cat list; echo 'something else') > l; $P verify l d", 3, "cannot use line 8 of the manifest"),
        Yard.Line("sha1sum d/f1 > l; $P verify l .", 0, ""),
        Yard.Line("b2sum -l 152 d/f1 > l; $P verify l .", 3, "has 38 digits"),
        Yard.Line(
            "echo 'BLAKE2b (f1) = 356a192b7913b04c54574d18c28d46e6395428ab' > l; $P verify l d", 3,
            "of the kind 'BLAKE2b'"),
        Yard.Line(
            "echo 'SHA256 (f1) = 356a192b7913b04c54574d18c28d46e6395428ab' > l; $P verify l d", 3,
            "SHA256 has 64 digits, not 40"),
        Yard.Line("printf '' > l; $P verify l d", 3, "it lists no file"),
        Yard.Line("$P verify gone d", 3, "No such file"),
        Yard.Line("$P verify raw.cbf d", 3, "the line is no digest with a name"),
        Yard.Line("echo '{\"files\": []}' > l; $P verify l d", 3, "no manifest of this program"),
        Yard.Line("sed 's/\"version\": 1/\"version\": 2/' m.json > l; $P verify l d", 3, "another version"),
        Yard.Line("sed 's/\"sha256\":\"./\"sha256\":\"/' m.json > l; $P verify l d", 3, "cannot be used"),
        Yard.Line("head -c 300 m.json > l; $P verify l d", 3, "the manifest is no JSON"),
        Yard.Line("$P verify list gone", 2, "is no folder"),
        Yard.Line("$P verify -o d/f1 list d; cat d/f1", 0, "1"),
        Yard.Line("$P verify -q list d", 0, ""),
    ])
    func `a line does what it says`(_ line: Yard.Line) throws {
        let yard = try Yard()
        _ = try yard.shell(Self.make)
        let said = try yard.shell("export COLUMNS=160; " + line.line)
        #expect(said.code == line.code, "\(said)")
        #expect(line.words.isEmpty || (said.output + said.complaints).contains(line.words), "\(said)")
    }

    @Test func `a report for programs has all names and the three states`() throws {
        let yard = try Yard()
        _ = try yard.shell(Self.make)
        let said = try yard.shell(
            "rm d/f1 d/f2; mkfifo d/f2; printf z > d/f3; touch d/x d/y; $P verify -f json m.json d")
        #expect(said.code == 3 && said.complaints.contains("f2"), "\(said)")
        let file = try #require(try JSONReader.read(Array(said.output.utf8))["files"]?.elements?.first)
        #expect(file["kind"]?.string == "manifest" && file["status"]?.string == "fail")
        let findings = try #require(file["findings"]?.elements)
        #expect(findings.compactMap { $0["rule"]?.string } == ["DATA-017", "DATA-017", "DATA-018"])
        #expect(findings.compactMap { $0["values"]?["file"]?.string } == ["f1", "f3"])
        #expect(findings.last?["values"]?["files"]?.elements?.compactMap(\.string) == ["x", "y"])
        #expect(file["failures"]?.elements?.count == 2)
    }

    @Test func `hundreds of missing files are one finding that names them all`() throws {
        let yard = try Yard()
        let said = try yard.shell(
            "mkdir e; for n in $(seq 300); do echo $n > e/$n; done; $P checksum -q -r -o e/MD5SUMS e; rm e/[12]*; "
                + "$P verify -f json e/MD5SUMS")
        let file = try JSONReader.read(Array(said.output.utf8))["files"]?.elements?.first
        #expect(said.code == 1)
        let findings = try #require(file?["findings"]?.elements)
        #expect(findings.count == 1 && findings[0]["values"]?["files"]?.elements?.count == 222)
    }
}
