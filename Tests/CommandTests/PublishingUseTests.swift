// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CorpusRecipes
import Foundation
import TestSupport
import Testing

/// Wrong uses and faults of the machine under the verbs that convert, list, package, mint, deposit, audit, watch and serve.
///
/// Oracle: the table of exit codes in docs/guide/reports.md; names, modes and digests of all files before and after, by
/// find(1) and `sha256sum`; the words of errno(3).
@Suite final class PublishingUseTests {
    typealias Line = Yard.Line

    private let yard: Yard

    init() throws {
        yard = try Yard()
        for number in 1...3 {
            let header = usualHeader.map { $0.replacing("10.0000 deg.", with: "10.\(number - 1)000 deg.") }
            try Data(miniCBF(name: "a_0000\(number)", header))
                .write(to: yard.folder.appendingPathComponent("a_0000\(number).cbf"))
        }
        let recipe = Folder.checkout.appendingPathComponent("corpora/golden/nxmx.nxs.json").path
        try Recipe(reading: recipe).build(at: yard.folder.appendingPathComponent("m.nxs").path)
        let prepared = try shell(
            """
            $P package init -o pub.json5 a_*.cbf && $P package build -q --unchecked --virtual -o pack pub.json5 a_*.cbf &&
            $P checksum -q -o sums.txt a_*.cbf && { $P audit run -q --db a.sqlite visit; [ $? -le 3 ]; } && ls a.sqlite
            """)
        #expect(prepared.code == 0, "\(prepared.complaints)")
    }

    /// With the rules of the checkout.
    private func shell(_ line: String) throws -> (code: Int32, output: String, complaints: String) {
        let rules = Folder.checkout.appendingPathComponent("rules").path
        return try yard.shell("export IMPRIMATUR_RULES='\(rules)'; \(line)")
    }

    private func look(at lines: [Line]) throws {
        let before = try yard.contents()
        for one in lines {
            let result = try shell(one.line)
            let all = result.complaints + result.output
            #expect(result.code == one.code, "\(one.line)\n\(all)")
            #expect(all.contains(one.words), "\(one.line)\n\(all)")
            let after = try yard.contents()
            #expect(after == before, "\(one.line)")
            if after != before { return }
        }
    }

    /// The line with a name for something that is there, taken away afterwards.
    private static func with(_ made: String, _ name: String, _ line: String) -> String {
        "\(made) \(name) && { \(line); r=$?; rm \(name); exit $r; }"
    }

    private static let image = "a_00002.cbf"

    @Test func `no output takes the place of an input, of raw data or of what a run stands on`() throws {
        try look(at: [
            Line("$P convert -o a_00001.cbf a_*.cbf", 2, "is an input"),
            Line("$P convert --force -o a_00001.cbf a_*.cbf", 2, "is an input"),
            Line(Self.with("ln \(Self.image)", "h.nxs", "$P convert --force -o h.nxs a_*.cbf"), 2, "is an input"),
            Line(Self.with("ln -s \(Self.image)", "l.nxs", "$P convert --force -o l.nxs a_*.cbf"), 2, "is an input"),
            Line("$P convert --force -o a_00003.cbf a_00001.cbf a_00002.cbf", 2, "that 'convert' did not write"),
            Line("$P convert --force -o m.nxs a_*.cbf", 2, "that 'convert' did not write"),
            Line("$P convert --resume -o m.nxs a_*.cbf", 2, "that 'convert' did not write"),
            Line("$P convert -o old.txt a_*.cbf", 2, "is there already"),
            Line(Self.with("cp m.nxs", "a.nxs", "$P convert --force a_*.cbf"), 2, "that 'convert' did not write"),
            Line(
                Self.with(
                    "cp m.nxs", "z_data_000002.h5",
                    "$P convert --gonio-axis 1,0,0 --force --frames-per-file 1 -o z.nxs a_*.cbf"), 2,
                "holds diffraction data (HDF5)"),
            Line("$P checksum --force -o good.cif good.cif", 2, "it is an input of this run"),
            Line("$P checksum --force -o m.nxs good.cif", 2, "it holds diffraction data (HDF5)"),
            Line(
                Self.with("ln a_00003.cbf", "s.txt.part", "$P checksum -o s.txt a_*.cbf"), 2,
                "it is an input of this run"),
            Line(Self.with("cp m.nxs", "s.txt.part", "$P checksum -o s.txt good.cif"), 2, "it is no journal"),
            Line("$P checksum -o sums.txt good.cif", 2, "there is such a file already"),
            Line("$P verify -o sums.txt sums.txt", 2, "it is an input of this run"),
            Line(Self.with("ln a_00001.cbf", "r.json", "$P verify -o r.json sums.txt"), 2, "it holds diffraction data"),
            Line(
                Self.with(
                    "sha256sum good.cif > s; ln good.cif", "g.json", "$P verify -o g.json s; r=$?; rm s; (exit $r)"), 2,
                "an input of this run is read from it"),
            Line("$P package init --force -o a_00001.cbf a_*.cbf", 2, "it is an input of this run"),
            Line("$P package init -o pub.json5 a_*.cbf", 2, "there is such a file already"),
            Line("$P package record --force -o pub.json5 pub.json5", 2, "it is an input of this run"),
            Line(
                Self.with("ln pub.json5", "h.json", "$P package record --force -o h.json pub.json5"), 2,
                "it is an input of this run"),
            Line("$P package record --force -o a_00001.cbf pub.json5", 2, "it holds diffraction data (CBF)"),
            Line("$P package instrument -o a_00001.cbf I19-1", 2, "it holds diffraction data (CBF)"),
            Line(
                Self.with("ln a_00001.cbf", "r.json", "$P package plan -o r.json pub.json5 a_*.cbf"), 2,
                "it is an input of this run"),
            Line("$P package build --unchecked -o visit pub.json5 a_*.cbf", 2, "there is such a name already"),
            Line("$P package build --unchecked -o a_00001.cbf pub.json5 a_*.cbf", 2, "there is such a name already"),
            Line("$P package bag -o visit pack", 2, "there is such a name already"),
            Line("$P package verify -o pack/plan.json pack", 2, "it is an input of this run"),
            Line(
                Self.with("ln pack/plan.json", "r.json", "$P package verify -o r.json pack"), 2,
                "it is an input of this run"),
            Line("$P verdict write --force -o pack/plan.json pack", 2, "it is an input of this run"),
            Line("$P verdict write --force -o a_00001.cbf pack", 2, "it holds diffraction data (CBF)"),
            Line("$P audit report --db a.sqlite -o a.sqlite", 2, "it is the store of this audit"),
            Line(
                Self.with("ln a.sqlite", "r.html", "$P audit report --db a.sqlite -o r.html"), 2,
                "it is an input of this run"),
            Line("$P audit report --db a.sqlite -o visit/good.cif", 2, "which is audited and not written to"),
            Line("$P audit export --db a.sqlite -o ./a.sqlite", 2, "it is the store of this audit"),
            Line("$P audit export --db a.sqlite -f csv -o visit", 2, "which is audited and not written to"),
            Line("$P audit export --db a.sqlite -o a_00001.cbf", 2, "it holds diffraction data (CBF)"),
            Line("$P audit run --db n.sqlite --prometheus n.sqlite visit", 2, "it is the store of this audit"),
            Line("$P audit run --db n.sqlite --prometheus a_00001.cbf visit", 2, "it holds diffraction data (CBF)"),
            Line("$P audit plan --db n.sqlite --recall-list n.sqlite-wal visit", 2, "it is the store of this audit"),
            Line("$P audit run --db visit/n.sqlite visit", 2, "which is audited and not written to"),
            Line("$P audit run --db m.nxs visit", 3, "file is not a database"),
            Line("$P audit merge --db m.nxs a.sqlite", 2, "'m.nxs' is there already"),
            Line("$P audit submit --slurm --dry-run --stores visit --shards 2 visit", 2, "audited and not written to"),
            Line("$P watch --once --settle 0.1 --ledger visit/l visit", 2, "which is watched and not written to"),
            Line("$P watch --once --settle 0.1 --ledger a_00001.cbf visit", 3, "file is not a database"),
            Line("$P deposit fetch -t http://127.0.0.1:1 -o old.txt 12", 2, "'old.txt' is no folder"),
        ])
    }

    @Test func `a wrong use is named, ends with its code and changes nothing`() throws {
        let noStore = "the store is not named"
        let noTarget = "no repository is named"
        let noToken = "there is no token"
        let deposits = ["resume", "status", "verify", "publish", "discard", "new-version", "submit", "link", "diff"]
        try look(
            at: [
                Line("$P convert", 2, "INPUT is missing"), Line("$P convert nothere.cbf", 3, "No such file"),
                Line("$P convert visit", 2, "'visit' is a folder"), Line("$P convert m.nxs", 3, "it is NeXus already"),
                Line("$P convert --jobs 0 a_00001.cbf", 2, "'0' is no value of '--jobs'"),
                Line("$P convert --restore-header 1 a_00001.cbf", 3, "no HDF5 signature"),
                Line("$P checksum", 2, "INPUT is missing"),
                Line("$P checksum --algorithm sha3 good.cif", 2, "no value of '--algorithm'"),
                Line("$P checksum --base nowhere good.cif", 2, "does not lie below 'nowhere'"),
                Line("$P verify", 2, "is missing after 'verify'"), Line("$P verify nothere", 3, "No such file"),
                Line("$P verify m.nxs", 3, "cannot use line 1 of the manifest"),
                Line("$P verify sums.txt old.txt", 2, "'old.txt' is no folder"),
                Line("$P package", 2, "'package' is followed by"), Line("$P package init", 2, "DATA is missing"),
                Line("$P package init nothere", 3, "No such file"),
                Line("$P package record old.txt", 2, "'old' is no value"),
                Line("$P package record --schema 9 pub.json5", 2, "no value of '--schema'"),
                Line("$P package export pub.json5", 2, "no catalogue is named"),
                Line("$P package plan nothere.json5", 3, "No such file"),
                Line("$P package plan --target nosuch pub.json5", 2, "there is no repository 'nosuch'"),
                Line("$P package build pub.json5", 2, "no package is named"),
                Line("$P package build -o nowhere/p --unchecked pub.json5 a_*.cbf", 3, "No such file"),
                Line("$P package verify nothere", 2, "'nothere' is no folder"),
                Line("$P package verify visit", 3, "cannot open 'visit/plan.json'"),
                Line("$P package complete pack", 2, "the DOI or the number of the record is missing"),
                Line("$P package bag pack", 2, "no bag is named"),
                Line("$P package sign pack", 2, "no key is named"),
                Line("$P package sign --key old.txt pack", 2, "it holds no key in PEM"),
                Line("$P package checklist pub.json5", 2, "no archive is named"),
                Line("$P package techniques", 2, "WORD is missing"),
                Line("$P verdict write visit", 3, "cannot open 'visit/plan.json'"),
                Line("$P verdict verify old.txt", 2, "no folder with the files is named"),
                Line("$P verdict verify --data . old.txt", 3, "'old' is no value"),
                Line("$P mint draft pub.json5", 2, noToken), Line("$P mint status", 2, "DOI is missing"),
                Line("$P mint delete 10.5072/x", 2, noToken),
                Line("$P deposit", 2, "PACKAGE is missing"), Line("$P deposit pack", 2, noTarget),
                Line("$P deposit -t nosuch pack", 2, "there is no repository 'nosuch'"),
                Line("$P deposit -t http://127.0.0.1:1 pack", 2, noToken),
                Line("$P deposit -t http://127.0.0.1:1 --token-file old.txt pack", 2, "is open to others"),
                Line("$P deposit fetch -t http://127.0.0.1:1 12", 2, "no folder is named"),
                Line("$P config show --config old.txt", 2, "'old' is no value"),
                Line("$P audit", 2, "'audit' is followed by"), Line("$P audit run visit", 2, noStore),
                Line("$P audit run --db n.sqlite nothere", 2, "'nothere' is no folder"),
                Line("$P audit run --db n.sqlite --shard 3/2 visit", 2, "no value of '--shard'"),
                Line("$P audit resume --db n.sqlite", 2, "there is no store"),
                Line("$P audit report --db nothere", 3, "No such file"),
                Line("$P audit list --db old.txt", 3, "file is not a database"),
                Line("$P audit list --db a.sqlite --rule NOPE-1", 2, "is no rule"),
                Line("$P audit show --db a.sqlite nothere.cif", 2, "the store has no 'nothere.cif'"),
                Line("$P audit diff a.sqlite", 2, "STORE is missing"),
                Line("$P audit export --db a.sqlite -f csv", 2, "tables are several files"),
                Line("$P audit submit visit", 2, "where to is not said"),
                Line("$P watch --settle 0 visit", 2, "no value of '--settle'"),
                Line("$P serve --lines --profile nosuch", 2, "there is no profile 'nosuch'"),
                Line("$P serve --http 99999", 2, "no value of '--http'"),
            ] + deposits.map { Line("$P deposit \($0) pack", 2, noTarget) })
    }

    private static let printing = [
        "convert --gonio-axis 1,0,0 --dry-run a_00001.cbf", "checksum good.cif", "verify sums.txt",
        "package init -o - a_00001.cbf",
        "package record pub.json5", "package plan pub.json5 a_00001.cbf", "package verify pack",
        "package checklist --for sbgrid pub.json5", "package techniques crystal", "config show",
        "audit plan --db n.sqlite visit", "audit run --db n.sqlite visit", "audit report --db a.sqlite",
        "audit list --db a.sqlite", "audit show --db a.sqlite visit/good.cif", "audit export --db a.sqlite",
        "watch --once --settle 0.1 visit", "serve --lines", "inspect --frame 1 -o - a_00001.cbf",
        "check -f html good.cif",
    ]

    @Test func `a full disk, a closed output and a reader that goes away are told by every verb that prints`() throws {
        let before = try yard.contents()
        for words in Self.printing {
            for (line, why) in [
                ("$P \(words) > /dev/full", "No space left on device"), ("$P \(words) >&-", "Bad file descriptor"),
                ("(sleep 0.2; $P \(words); echo $? > code) | true; r=$(cat code); rm code; exit $r", "Broken pipe"),
            ] {
                let result = try shell("\(line); r=$?; rm -f n.sqlite n.sqlite-*; exit $r")
                #expect(result.code == 3, "\(line)\n\(result.complaints)")
                #expect(
                    result.complaints.contains("cannot write 'standard output': \(why)"),
                    "\(line)\n\(result.complaints)")
            }
        }
        #expect(try yard.contents() == before)
    }

    @Test func `a disk that is full at any write leaves no half output and the old one as it was`() throws {
        let before = try yard.contents()
        for kilobytes in [0, 1, 2, 4, 8] {
            for words in [
                "convert --gonio-axis 1,0,0 -o n.nxs a_*.cbf", "checksum -o n.txt a_*.cbf visit/good.cif",
                "package init -o n.json5 a_*.cbf", "package record -o n.json pub.json5",
                "inspect --frame 1 -o n.png a_00001.cbf", "audit report --db a.sqlite -f html -o n.html",
                "audit export --db a.sqlite -o n.jsonl",
            ] {
                let result = try shell("ulimit -f \(kilobytes); trap '' XFSZ; $P \(words); r=$?; rm -f n.*; exit $r")
                #expect([0, 1, 3].contains(result.code), "\(words): \(result.complaints)")
                let isWhole = result.code != 3
                // Where no byte can be written, the complaint cannot be either.
                #expect(
                    isWhole || kilobytes == 0 || (result.complaints + result.output).contains("File too large"),
                    "\(words)")
                #expect(kilobytes > 0 || !isWhole, "\(words)")
            }
        }
        #expect(try yard.contents() == before)
    }

    @Test func `ten descriptors and no environment are enough, or it is said why not`() throws {
        let before = try yard.contents()
        let rules = Folder.checkout.appendingPathComponent("rules").path
        for words in Self.printing where words != "serve --lines" {
            let plain = try shell("$P \(words); r=$?; rm -f n.sqlite*; exit $r")
            let few = try shell("ulimit -n 10; $P \(words); r=$?; rm -f n.sqlite*; exit $r")
            let text = few.complaints + few.output
            #expect(
                few.code == plain.code || few.code == 3 && text.contains("Too many open files"), "\(words)\n\(text)")
            let takesRules = ![
                "verify", "checksum", "package verify", "package t", "config", "audit re", "audit l", "audit s",
                "audit e", "inspect",
            ]
            .contains { words.hasPrefix($0) }
            let bare = try shell(
                "env -i $P \(words) \(takesRules ? "--rules \(rules)" : ""); r=$?; rm -f n.sqlite*; exit $r")
            #expect(bare.code == plain.code, "\(words)\n\(bare.complaints)")
        }
        #expect(try yard.contents() == before)
    }

    @Test func `no verb opens an input for writing, or anything outside`() throws {
        guard try shell("command -v strace && strace -o /dev/null true").code == 0 else { return }
        let rules = Folder.checkout.appendingPathComponent("rules").path
        // The program with its libraries, its rules, and what the C library and resolver of names read.
        let own = [
            "/usr/lib", "/lib", "/usr/local/lib", "/etc/ld.so.cache", "/etc/ssl/", "/etc/host", "/etc/resolv.conf",
            "/etc/nsswitch.conf", "/etc/ldap/", "/etc/gai.conf", "/usr/share/zoneinfo", "/etc/localtime", "/proc/",
            "/sys/",
            "/dev/null", "/dev/urandom", rules, BuiltProgram.url.resolvingSymlinksInPath().path,
        ]
        let here = try yard.shell("pwd -P").output.dropLast()
        for words in [
            "convert --gonio-axis 1,0,0 -o n.nxs a_*.cbf", "checksum -o n.txt a_*.cbf", "verify sums.txt",
            "package init -o n.json5 a_*.cbf", "package record pub.json5", "package plan pub.json5 a_*.cbf",
            "package build --unchecked -o n.pack pub.json5 a_*.cbf", "package build -o n.pack pub.json5 a_*.cbf",
            "package verify pack", "package bag -o n.bag pack", "package checklist --for sbgrid pub.json5",
            "verdict write -o n.json pack", "mint draft pub.json5", "config show", "doctor",
            "audit run --db n.sqlite visit", "audit report --db a.sqlite", "audit list --db a.sqlite",
            "audit diff a.sqlite a.sqlite", "audit export --db a.sqlite -o n.jsonl", "watch --once --settle 0.1 visit",
            "serve --lines", "inspect --frame 1 -o n.png a_00001.cbf", "check --frames all -o n.html m.nxs a_*.cbf",
            "check --isolate -r visit", "compare --frames all a_00001.cbf a_00002.cbf",
            "describe --allow-findings -o n.cif a_*.cbf", "deposit check -t http://127.0.0.1:1 pack",
        ] {
            let result = try shell(
                "export IMPRIMATUR_TOKEN=x; strace -f -qq -y -e trace=open,openat,openat2,creat -o n.trace $P \(words) > /dev/null 2>&1; "
                    + "cat n.trace; rm -rf n.*")
            let lines = result.output.split(separator: "\n").filter { !$0.contains(" = -1 ") }
            #expect(lines.contains { $0.contains(here) || $0.contains(rules) }, "\(words)")
            let written = lines.filter { $0.contains("O_WRONLY") || $0.contains("O_RDWR") || $0.contains("O_CREAT") }
                .filter { line in
                    !["/dev/null", "memfd", "\"n.", "\".n.", "\"./n.", "/n.", "O_TMPFILE", "O_EXCL"].contains {
                        line.contains($0)
                    }
                }
            #expect(written.isEmpty, "\(words)\n\(written.joined(separator: "\n"))")
            let opened = lines.compactMap { $0.firstMatch(of: #/ = \d+<(/[^>]*)>$/#).map { String($0.1) } }
            #expect(!opened.isEmpty, "\(words)")
            let outside = opened.filter { path in
                !path.hasPrefix(here + "/") && path != here && !path.contains("swift")
                    && !own.contains { path.hasPrefix($0) }
            }
            #expect(outside.isEmpty, "\(words)\n\(outside.joined(separator: "\n"))")
        }
    }

    @Test func `devices are read by no verb and stay what they are`() throws {
        guard
            try shell(
                "mknod zero.cbf c 1 5 && for e in nxs txt json5 json png cif html sqlite; do mknod full.$e c 1 7; done"
            ).code == 0
        else { return }  // Only root makes devices.
        let before = try yard.contents()
        let none = "regular file"
        let endless = "File too large"
        let full = "No space left on device"
        let lines = [
            Line("$P convert -o n.nxs zero.cbf", 3, none),
            Line("$P convert --geometry zero.cbf -o n.nxs a_00001.cbf", 3, none),
            Line("$P convert --restore-header 1 zero.cbf", 3, none), Line("$P checksum zero.cbf", 3, none),
            Line("$P verify zero.cbf", 3, none), Line("$P inspect --frame 1 -o n.png zero.cbf", 3, none),
            Line("$P check -f html zero.cbf", 3, none), Line("$P compare --frames all a_00001.cbf zero.cbf", 3, none),
            Line("$P describe zero.cbf", 3, none), Line("$P package init -o - zero.cbf", 3, none),
            Line("$P package plan pub.json5 zero.cbf", 3, none), Line("$P package record zero.cbf", 3, none),
            Line("$P package build --unchecked -o n.pack pub.json5 zero.cbf", 3, none),
            Line("$P verdict verify --data . zero.cbf", 3, none), Line("$P audit list --db zero.cbf", 3, none),
            Line("$P deposit -t http://127.0.0.1:1 --token-file zero.cbf pack", 2, "is no plain file"),
            Line("$P check --dictionary zero.cbf good.cif", 2, none),
            Line("$P check @zero.cbf", 2, endless), Line("$P config show --config zero.cbf", 2, "cannot be read"),
            Line("$P package sign --key zero.cbf pack", 3, none),
            Line("$P check --answers zero.cbf good.cif", 2, "cannot be read"),
            Line("$P check --baseline zero.cbf good.cif", 2, "cannot be read"),
            Line("$P convert --gonio-axis 1,0,0 -o full.nxs a_00001.cbf", 2, "is there already"),
            Line("$P convert --gonio-axis 1,0,0 --force -o full.nxs a_00001.cbf", 2, "it is no regular file"),
            Line("$P checksum -o full.txt a_00001.cbf", 3, full),
            Line("$P package init -o full.json5 a_00001.cbf", 3, full),
            Line("$P package record --force -o full.json pub.json5", 3, full),
            Line("$P package plan -o full.json pub.json5 a_00001.cbf", 3, full),
            Line("$P package build --unchecked -o full.txt pub.json5 a_00001.cbf", 2, "there is such a name already"),
            Line("$P package bag -o full.txt pack", 2, "there is such a name already"),
            Line("$P package verify -o full.json pack", 3, full),
            Line("$P inspect --frame 1 -o full.png a_00001.cbf", 3, full),
            Line("$P check -o full.html good.cif", 3, full),
            Line("$P describe --force --allow-findings -o full.cif a_00001.cbf", 3, full),
            Line("$P audit run --db full.sqlite visit", 3, none),
            Line("$P audit export --db a.sqlite -o full.txt", 3, full),
            Line("$P audit report --db a.sqlite -f html -o full.html", 3, full),
            Line("$P watch --once --settle 0.1 --ledger full.txt visit", 3, none),
        ]
        for one in lines {
            let result = try shell("export IMPRIMATUR_TOKEN=x; ulimit -v 6000000; timeout 60 \(one.line)")
            let all = result.complaints + result.output
            #expect(result.code == one.code, "\(one.line)\n\(all)")
            #expect(one.words.isEmpty || all.contains(one.words), "\(one.line)\n\(all)")
            #expect(try yard.contents() == before, "\(one.line)")
        }
    }

    @Test func `names that are not UTF-8 are files like others, and told on one line`() throws {
        let made = try shell(
            """
            for n in 1 2 3; do cp a_0000$n.cbf "$(printf 'caf\\351_0000%d.cbf' $n)"; done
            cp a_00001.cbf "$(printf 'visit/b\\351.cbf')"; mkdir one; cp a_00001.cbf one/x.cbf
            mkdir two; cp a_00001.cbf "$(printf 'two/x\\351.cbf')"
            """)
        #expect(made.code == 0, "\(made.complaints)")
        let forms = [
            "text", "json", "jsonl", "checkcif", "sarif", "junit", "gitlab", "github", "markdown", "csv", "prometheus",
            "scicat", "html",
        ]
        for words in [
            "inspect NAMES", "inspect --json NAMES", "describe --allow-findings NAMES",
            "convert --gonio-axis 1,0,0 -o n.nxs NAMES",
            "describe --allow-findings --url https://example.org/d/ NAMES", "checksum -f json NAMES",
            "package init -o n.json5 NAMES",
            "package plan pub.json5 NAMES", "package build --unchecked -o n.pack pub.json5 NAMES",
            "audit run --db n.sqlite FOLDER",
            "watch --once --settle 0.1 FOLDER", "check -r FOLDER", "compare --json a_00002.cbf FOLDER/x*.cbf",
            "inspect --frame 1 -o n.png FOLDER/x*.cbf",
        ] + forms.map({ "check -f \($0) NAMES" }) {
            func run(_ names: String, _ folder: String) throws -> (code: Int32, output: String, complaints: String) {
                let line = words.replacing("NAMES", with: names).replacing("FOLDER", with: folder)
                return try shell("$P \(line); r=$?; cat n.nxs n.json5 2> /dev/null; rm -rf n.*; exit $r")
            }
            let plain = try run("a_*.cbf", "one")
            let odd = try run("caf*.cbf", "two")
            let text = odd.output + odd.complaints
            #expect(odd.code == plain.code, "\(words)\n\(text)")
            let carried = text.unicodeScalars.filter { (0x10FF80...0x10FFFF).contains($0.value) }
            #expect(carried.isEmpty, "\(words)")
            #expect(words.hasPrefix("convert") || !text.contains("\u{FFFD}"), "\(words)")
        }
        let manifest = try shell("$P checksum -q -o n.txt caf*.cbf && $P verify n.txt; r=$?; rm n.txt; exit $r")
        #expect(manifest.code == 0, "\(manifest.complaints)")
    }

    @Test func `what convert wrote may be replaced by it, data files too`() throws {
        let convert = "$P convert --gonio-axis 1,0,0 -o n.nxs"
        let result = try shell(
            """
            \(convert) a_*.cbf > n.1; echo $?; \(convert) a_*.cbf > n.2 2>&1; echo $?; \(convert) --force a_*.cbf > n.3; echo $?
            \(convert) --force --frames-per-file 1 a_*.cbf > n.4; echo $?; \(convert) --force --frames-per-file 1 a_*.cbf > n.5; echo $?
            \(convert) --resume --frames-per-file 2 a_*.cbf > n.6; echo $?; ls n*.nxs n*.h5 | wc -l
            """)
        let codes = result.output.split(separator: "\n")
        #expect(codes.count == 7 && codes[1] == "2" && codes.last == "4", "\(result.output)\(result.complaints)")
        #expect([0, 2, 3, 4, 5].allSatisfy { ["0", "1"].contains(codes[$0]) }, "\(result.output)\(result.complaints)")
    }
}
