// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing
import Transport

/// Wrong uses and faults of the machine: what is printed, the exit code, and what is on disk afterwards.
///
/// Oracle: the digest of every file that was there before, by `sha256sum`, and the numbers of errno(3).
@Suite final class HarmlessTests {
    typealias Case = Yard.Line

    private let yard: Yard
    private var folder: URL { yard.folder }

    init() throws { yard = try Yard() }

    /// What the line prints, to both streams as they come.
    private func shell(_ line: String) throws -> (code: Int32, text: String) {
        let result = try yard.shell("exec 2>&1\n" + line)
        return (result.code, result.output)
    }

    private func digests() throws -> String {
        try shell("find . -type f -not -path './rules/*' -print0 | sort -z | xargs -0 sha256sum").text
    }

    @Test(
        "what cannot be written is refused before anything is read, and everything stays as it was",
        arguments: [
            Case("$P check good.cif -o good.cif", 2, "no form of report"),
            Case("ln good.cif same.txt; $P check good.cif -o same.txt; r=$?; rm same.txt; exit $r", 2, "an input"),
            Case("ln -s good.cif l.txt; $P check good.cif -o l.txt; r=$?; rm l.txt; exit $r", 2, "an input"),
            Case("$P check good.cif -o report.doc", 2, "no form of report"),
            Case("$P check good.cif -o report.docx", 2, "no form of report"),
            Case("$P check good.cif -o report.jsn", 2, "did you mean '.json'"),
            Case("cp raw.cbf x.json; $P check good.cif -o x.json; r=$?; rm x.json; exit $r", 2, "diffraction data"),
            Case("cp other.h5 x.txt; $P check good.cif -o x.txt; r=$?; rm x.txt; exit $r", 2, "diffraction data"),
            Case("cp a.img x.txt; $P check good.cif -o x.txt; r=$?; rm x.txt; exit $r", 2, "diffraction data"),
            Case("gzip -c raw.cbf > x.txt; $P check good.cif -o x.txt; r=$?; rm x.txt; exit $r", 2, "compressed"),
            Case("$P check good.cif -o a.json -o a.json", 2, "same file"),
            Case("$P check good.cif -o a.json -o ./a.json", 2, "same file"),
            Case("$P check good.cif -o - -o -", 2, "same file"),
            Case("$P check good.cif -o visit", 2, "directory"),
            Case("$P check good.cif -o nowhere/a.json", 3, "No such file"),
            Case("$P check good.cif -o old.txt/a.json", 3, "Not a directory"),
            Case("$P check @old.txt -o old.txt", 2, "an input"),
            Case("$P check good.cif --answers old.txt -o old.txt", 2, "old.txt:1:1: 'old' is no value"),
            Case("$P describe -o raw.cbf raw.cbf", 2, "an input"),
            Case("$P describe -o other.h5 raw.cbf", 2, "diffraction data"),
            Case("$P describe --force -o other.h5 raw.cbf", 2, "diffraction data"),
            Case("$P describe --force -o a.img raw.cbf", 2, "diffraction data"),
            Case("$P describe -o old.txt raw.cbf", 2, "--force"),
            Case("$P describe -o nowhere/a.cif raw.cbf", 3, "No such file"),
            Case("$P definitions import -o old.txt visit", 2, "--force"),
            Case("$P definitions import --force -o raw.cbf visit", 2, "diffraction data"),
            Case("$P check --definitions visit/inner good.cif", 2, "no file of NXDL"),
            Case(
                "mkdir d; echo '<a' > d/NXa.nxdl.xml; $P check --definitions ./d good.cif; r=$?; rm -r d; exit $r", 2,
                "cannot read './d/NXa.nxdl.xml'"),
            Case("$P check visit", 2, "is a folder"),
            Case("$P check", 2, "INPUT is missing after 'check'"),
            Case("$P nonsense", 2, "'nonsense' is no verb"),
            Case("$P check --nonsense good.cif", 2, "'--nonsense' is no option of 'check'"),
        ])
    func refused(one: Case) throws {
        let before = try digests()
        let result = try shell(one.line)
        #expect(result.code == one.code, "\(result.text)")
        #expect(result.text.contains(one.words), "\(result.text)")
        #expect(try digests() == before)
    }

    /// The description of an image without images, which our own check finds fault with, is printed all the same.
    @Test(
        "a write that fails is told with its reason, by every verb",
        arguments: [
            "check good.cif", "check -f json good.cif", "check -f jsonl good.cif", "inspect good.cif",
            "inspect --json good.cif", "compare good.cif circle.cif", "describe --allow-findings raw.cbf", "rules list",
            "rules explain AXIS-002", "definitions list", "definitions list v2026.01", "doctor", "completions bash",
            "man", "--help", "--version", "check --help",
        ])
    func fullDisk(words: String) throws {
        let result = try shell("$P \(words) > /dev/full")
        #expect(result.code == 3, "\(result.text)")
        #expect(result.text.contains("cannot write 'standard output': No space left on device"), "\(result.text)")
        let closed = try shell("$P \(words) >&-")
        #expect(closed.code == 3, "\(closed.text)")
        #expect(closed.text.contains("Bad file descriptor"), "\(closed.text)")
    }

    @Test("a file that cannot be written whole is not there, and the old one stays")
    func limited() throws {
        let result = try shell(
            "ulimit -f 1; trap '' XFSZ; $P check -q -f json good.cif circle.cif good.cif -o big.json")
        #expect(result.code == 3, "\(result.text)")
        #expect(result.text.contains("File too large"), "\(result.text)")
        #expect(try shell("ls -A | grep -c big").text == "0\n")
        let device = try shell("$P check -q good.cif -o /dev/full; ls -l /dev/full | cut -c1")
        #expect(device.text.contains("No space left on device"))
        #expect(device.text.hasSuffix("c\n"))
    }

    @Test("links, modes and pipes stay what they are")
    func writtenThrough() throws {
        let line = """
            echo x > t.txt; chmod 640 t.txt; ln -s t.txt l.txt; $P check -q good.cif -o l.txt || exit 9
            test -L l.txt && stat -c %a t.txt && head -c 8 t.txt
            """
        #expect(try shell(line).text == "640\ngood.cif")
        let pipe = try shell(
            "mkfifo p.txt; (cat p.txt > got &) ; $P check -q good.cif -o p.txt; sleep 0.3; head -c 8 got")
        #expect(pipe.text == "good.cif")
        let hard = try shell(
            "echo x > h1.txt; ln h1.txt h2.txt; $P check -q good.cif -o h1.txt; cmp h1.txt h2.txt && echo same")
        #expect(hard.text == "same\n")
        #expect(try shell("$P check -q good.cif -o - 2>/dev/null | head -c 8").text == "good.cif")
        #expect(try shell("$P check good.cif -o new.txt > /dev/null; echo $?; ls new.txt").text == "0\nnew.txt\n")
    }

    @Test("what a folder holds and cannot be looked at is named and no pass; links out of it are not followed")
    func folders() throws {
        let prepare = """
            ln -s ../secret visit/out.cif; ln -s nowhere visit/dangling.cif; mkfifo visit/pipe.cbf
            ln -s .git/annex/objects/a/b visit/annexed.h5; touch visit/.hidden; ln -s inner visit/round
            printf 'version https://git-lfs.github.com/spec/v1\\noid sha256:0\\nsize 1\\n' > visit/lfs.h5
            truncate -s 100000 visit/tape.h5; cp good.cif "$(printf 'visit/caf\\351.cif')"; cp notes.txt visit/notes.txt
            """
        _ = try shell(prepare)
        for isolate in ["", "--isolate"] {
            let result = try shell("timeout 60 $P check -r \(isolate) visit 2>/dev/null")
            #expect(result.code == 3, "\(result.text)")
            for name in ["out.cif", "dangling.cif", "pipe.cbf", "annexed.h5", "lfs.h5", "tape.h5"] {
                #expect(result.text.contains("visit/\(name): INDETERMINATE"), "\(name)\n\(result.text)")
            }
            #expect(result.text.contains("visit/caf\\xe9.cif: pass"), "\(result.text)")
            #expect(!result.text.contains("secret_words"))
            #expect(
                result.text.contains("passed over: 1 hidden, 1 link to a folder, 1 of other kinds"), "\(result.text)")
        }
    }

    @Test("a pipe that is named ends every form of report", arguments: ["text", "json", "jsonl", "checkcif"])
    func pipes(format: String) throws {
        let result = try shell("mkfifo p.cif; timeout 20 $P check -f \(format) p.cif good.cif")
        #expect(result.code == 3, "\(result.text)")
        #expect(try shell("timeout 20 $P inspect p.cif").code == 3)
        #expect(try shell("timeout 20 $P describe p.cif").code == 3)
        #expect(try shell("timeout 20 $P compare p.cif good.cif").code == 3)
    }

    @Test("a digest is left out when nobody wants it, and is never that of what stands in the place of content")
    func digestsOfReports() throws {
        #expect(try shell("$P check -f json good.cif | grep -c sha256.:..[0-9a-f]").text != "0\n")
        #expect(
            try shell("$P check --no-digest -f json good.cif | grep '\"size\"' -A1 | tail -1").text.contains("null"))
        let pointer = "printf 'version https://git-lfs.github.com/spec/v1\\noid sha256:0\\nsize 1\\n' > p.h5"
        #expect(
            try shell("\(pointer); $P check -f json p.h5 2>&1 | grep '\"size\"' -A1 | tail -1").text.contains("null"))
    }

    @Test("names forge no line of a report")
    func forged() throws {
        let line = """
            f="$(printf 'a\\n2 files: 2 pass.cif')"; cp good.cif "$f"; $P check "$f" good.cif
            g="$(printf 'b\\302\\2332J\\342\\200\\256.cif')"; $P check "$g"
            """
        let text = try shell(line).text
        #expect(!text.contains("\n2 files: 2 pass.cif"))
        #expect(text.contains("a\\n2 files: 2 pass.cif"))
        #expect(text.contains("b\\x9b2J\\u{202e}.cif"))
        for form in [
            "check -f json", "check -f jsonl", "check -f checkcif", "inspect", "inspect --json", "compare --json",
        ] {
            let names = form.hasPrefix("compare") ? "good.cif \"$g\"" : "\"$g\" \"$c\""
            let shown = try shell(
                """
                g="$(printf 'b\\302\\2332J\\342\\200\\256\\363\\240\\201\\201.cif')"; cp good.cif "$g"
                c="$(printf 'caf\\351.cif')"; cp good.cif "$c"; $P \(form) \(names)
                """
            ).text
            let hidden = shown.unicodeScalars.filter { $0.value != 0x0A && Escaping.isHidden($0) || $0.value == 0xFFFD }
            #expect(hidden.isEmpty, "\(form): \(hidden)")
            #expect(shown.contains("2J"), "\(form): \(shown)")
        }
    }

    @Test("the doctor names every library, layer and limit, or says that it is not there")
    func doctor() throws {
        let text = try shell("$P doctor").text
        let names = [
            "workers", "libcrypto", "libhdf5", "libdeflate", "liblz4", "libzstd", "zlib", "libxml2", "libarchive",
            "libcurl", "libmicrohttpd",
            "units",
            "links",
            "/proc", "limit of time", "limit of memory", "limits of HDF5", "limits of compression", "limit of digests",
        ]
        for name in names { #expect(text.contains("\n\(name)  "), "\(name)\n\(text)") }
        for layer in ["limits", "no new rights", "another user", "Landlock", "seccomp"] {
            #expect(text.contains(layer), "\(layer)\n\(text)")
        }
    }

    @Test("few descriptors and a bare environment are enough, or it is said why not")
    func poor() throws {
        #expect(try shell("ulimit -n 10; $P check good.cif").code == 0)
        #expect(try shell("env -i $P check --rules rules good.cif").code == 0)
        // Fewer than the loader of a program that is linked dynamically needs are no concern of this program.
        let result = try shell("ulimit -n 4; $P check good.cif")
        #expect(result.code == 0 || result.code == 3 && result.text.contains("Too many open files"), "\(result.text)")
    }
}
