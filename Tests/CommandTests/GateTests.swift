// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CorpusRecipes
import Foundation
import FoundationXML
import JSON
import TestSupport
import Testing

/// The forms for machines, the baseline, and settings in a file.
///
/// Oracle: the definitions of the forms (SARIF 2.1.0, RFC 4180, the text exposition format), and laws: an edit elsewhere
/// keeps a fingerprint, a known finding fails nothing, a new one does. xmllint where it is.
@Suite struct GateTests {
    let folder: URL

    init() throws {
        folder = try Folder.temporary()
        try SmallFiles.write(to: folder)
    }

    private func read(_ name: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }

    private func json(_ name: String) throws -> JSONValue { try JSONReader.read(Array(try read(name).utf8)) }

    private func write(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }

    @Test func `every form is written in one run, each by its ending`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let names = ["r.sarif", "r.xml", "gl-code-quality-report.json", "r.csv", "r.prom", "r.md", "r.json"]
        let result = try BuiltProgram.run(
            ["check", "-q"] + names.flatMap { ["-o", $0] } + ["circle.cif", "good.cif", "fake.h5"], in: folder,
            input: "",
            environment: [:])
        #expect(result.code == 3)
        let run = try json("r.sarif")["runs"]?.elements?.first
        let results = run?["results"]?.elements ?? []
        let circle = results.first { $0["ruleId"]?.string == "AXIS-002" }
        #expect(circle?["level"]?.string == "error")
        let place = circle?["locations"]?.elements?.first?["physicalLocation"]
        #expect(place?["artifactLocation"]?["uri"]?.string == "circle.cif")
        #expect((place?["region"]?["startLine"]?.integer ?? 0) > 1)
        // The index of each result leads to its rule.
        let rules = run?["tool"]?["driver"]?["rules"]?.elements ?? []
        for one in results {
            let index = one["ruleIndex"]?.integer ?? -1
            #expect(rules.indices.contains(index) && rules[index]["id"] == one["ruleId"])
        }
        #expect(run?["invocations"]?.elements?.first?["executionSuccessful"]?.bool == false)
        let issues = try json("gl-code-quality-report.json").elements ?? []
        let prints = issues.compactMap { $0["fingerprint"]?.string }
        #expect(Set(prints).count == issues.count)
        #expect(issues.contains { $0["check_name"]?.string == "AXIS-002" && $0["severity"]?.string == "critical" })
        let junit = try read("r.xml")
        #expect(junit.contains("<failure type=\"AXIS-002\""))
        #expect(junit.contains("name=\"fake.h5: reading\" time=\"0\">\n      <error"))
        let csv = try read("r.csv")
        #expect(csv.hasPrefix("file,files,status,"))
        #expect(csv.contains("\r\ncircle.cif,1,fail,imgcif,,AXIS-002,A,true,false,false,"))
        #expect(try read("r.prom").contains("imprimatur_findings{rule=\"AXIS-002\",level=\"A\",failing=\"true\"} 1\n"))
        #expect(try read("r.md").contains("### circle.cif: fail"))
    }

    @Test(arguments: ["sarif", "junit", "gitlab", "github", "markdown", "csv", "prometheus", "scicat"])
    func `a form is as reviewed`(_ form: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = try BuiltProgram.run(
            "check", "-f", form, "--baseline", "known.json", "circle.cif", "fake.h5", in: withBaseline()
        ).output
        // The digest of the profile goes with the list of rules.
        let steady = text.replacingOccurrences(
            of: "\"profileSha256\": \"[0-9a-f]{64}\"", with: "\"profileSha256\": \"…\"", options: .regularExpression)
        try expectGolden(steady, "gate.\(form)")
    }

    /// The folder with a baseline of a finding that is not there.
    private func withBaseline() throws -> URL {
        let print = String(repeating: "0", count: 32)
        try write(
            "{ schemaVersion: 1, findings: [{ path: 'circle.cif', rule: 'SCAN-013', fingerprint: '\(print)' }] }",
            "known.json")
        return folder
    }

    @Test func `names and texts of strangers stay inside their place`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let name = "<b>&\"'\u{1B}[2J\n::error::x,y.cif"
        try write(SmallFiles.circle, name)
        let result = try BuiltProgram.run(
            "check", "-f", "github", "-o", "-", "-o", "r.xml", "-o", "r.sarif", "-o", "r.csv", "-o", "r.md", name,
            in: folder)
        #expect(result.output.split(separator: "\n").filter { $0.hasPrefix("::error") }.count == 1)
        #expect(!result.output.contains("\u{1B}"))
        #expect(try !read("r.xml").contains("<b>"))
        #expect(try read("r.sarif").contains("%3Cb%3E%26%22%27%1B%5B2J%0A"))
        #expect(try !read("r.md").contains("<b>"))
        let parser = XMLParser(data: Data(try read("r.xml").utf8))
        #expect(parser.parse())
    }

    @Test func `at most ten errors and ten warnings are annotated, and the summary of the step grows`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for number in 1...15 { try write(SmallFiles.circle, "c\(number).cif") }
        try write("before\n", "summary.md")
        let result = try BuiltProgram.run(
            ["check", "-f", "github"] + (1...15).map { "c\($0).cif" }, in: folder, input: "",
            environment: ["GITHUB_STEP_SUMMARY": folder.appendingPathComponent("summary.md").path])
        let errors = result.output.split(separator: "\n").filter { $0.hasPrefix("::error") }
        #expect(errors.count == 10)
        #expect(errors.last?.hasPrefix("::error title=6 more::") == true)
        let summary = try read("summary.md")
        #expect(summary.hasPrefix("before\n## Imprimatur"))
        #expect(summary.contains("### c15.cif: fail"))
    }

    @Test func `a fingerprint stays when the file is edited elsewhere`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        func print() throws -> String? {
            let report = try JSONReader.read(
                Array(try BuiltProgram.run("check", "-f", "json", "circle.cif", in: folder).output.utf8))
            let findings = report["files"]?.elements?.first?["findings"]?.elements ?? []
            return findings.first { $0["rule"]?.string == "AXIS-002" }?["fingerprint"]?.string
        }
        let before = try print()
        #expect(before?.count == 32)
        try write(
            SmallFiles.circle.replacingOccurrences(of: "_diffrn.id d1", with: "# one\n# two\n_diffrn.id d1")
                .replacingOccurrences(of: "0.9795", with: "1.0000"), "circle.cif")
        #expect(try print() == before)
    }

    @Test func `a known finding fails nothing, a new one does, and a mended one is named`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let written = try BuiltProgram.run("check", "-q", "--write-baseline", "known.json", "circle.cif", in: folder)
        #expect(written.code == 0)
        let known = try BuiltProgram.run("check", "--baseline", "known.json", "circle.cif", in: folder)
        #expect(known.code == 0)
        #expect(known.output.contains("circle.cif: pass"))
        #expect(known.output.contains("known  2 findings of the baseline ("))
        // The same file elsewhere is not the one that is known.
        try write(SmallFiles.circle, "other.cif")
        #expect(try BuiltProgram.run("check", "-q", "--baseline", "known.json", "other.cif", in: folder).code == 1)
        try write(SmallFiles.good, "circle.cif")
        let mended = try BuiltProgram.run(
            "check", "-o", "r.sarif", "-o", "r.json", "--baseline", "known.json", "circle.cif", in: folder)
        #expect(mended.code == 0)
        #expect(mended.output.contains("AXIS-002 of the baseline is mended"))
        #expect(try json("r.json")["notes"]?.elements?.first?["kind"]?.string == "mended")
        #expect(try read("r.sarif").contains("\"baselineState\": \"absent\""))
        // What was not looked for is not said to be mended.
        let unread = try BuiltProgram.run("check", "--baseline", "known.json", "good.cif", in: folder)
        #expect(!unread.output.contains("mended"))
    }

    @Test func `of items that one finding gathers each is known by itself`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let recipe = folder.appendingPathComponent("scan.nxs")
        try Recipe(reading: Folder.checkout.appendingPathComponent("corpora/NX-006/fail-no-plot-asked.nxs.json").path)
            .build(at: recipe.path)
        func check(_ more: String...) throws -> BuiltProgram.Result {
            try BuiltProgram.run(
                ["check", "--rules", Folder.checkout.appendingPathComponent("rules").path, "--profile", "beamline-ci"]
                    + more
                    + ["scan.nxs"], in: folder, input: "", environment: [:])
        }
        let first = try check("-q")
        #expect(first.code == 1, "\(first.code) \(first.complaints) \(first.output)")
        #expect(try check("-q", "--write-baseline", "known.json").code == 0)
        let known = try read("known.json")
        let list = try json("known.json")["findings"]?.elements
        let entry = try #require(list?.first { $0["rule"]?.string == "NX-006" && $0["items"] != nil })
        let items = (entry["items"]?.elements ?? []).compactMap { $0.string }
        #expect(items.count == 2)
        let print = try #require(entry["fingerprint"]?.string)
        // One that was known is mended: by the sentence it is another finding.
        let more = known.replacingOccurrences(of: print, with: String(repeating: "0", count: 32))
            .replacingOccurrences(of: "\"\(items[0])\"", with: "\"\(items[0])\", \"/entry/mended\"")
            .replacingOccurrences(of: "\"count\": \(items.count),", with: "\"count\": \(items.count + 1),")
        try write(more, "more.json")
        let mended = try check("--baseline", "more.json")
        #expect(mended.code == 0)
        #expect(mended.output.contains("NX-006 of the baseline has"))
        #expect(!mended.output.contains("NX-006 of the baseline is mended"))
        // One that was not is new.
        let less = known.replacingOccurrences(of: print, with: String(repeating: "0", count: 32))
            .replacingOccurrences(of: "\"\(items[0])\"", with: "\"/entry/another\"")
        try write(less, "less.json")
        #expect(try check("-q", "--baseline", "less.json").code == 1)
    }

    @Test func `a baseline is written over nothing but a baseline`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for _ in 0..<2 {
            #expect(
                try BuiltProgram.run("check", "-q", "--write-baseline", "known.json", "circle.cif", in: folder).code
                    == 0)
        }
        let refused = try BuiltProgram.run("check", "-q", "--write-baseline", "good.cif", "circle.cif", in: folder)
        #expect(refused.code == 2)
        #expect(refused.complaints.contains("there is such a file, and it is no baseline"))
        #expect(try read("good.cif") == SmallFiles.good)
    }

    @Test(
        "a baseline that is not understood is refused with its place",
        arguments: [
            ("{ schemaVersion: 2, findings: [] }", "known.json:1:3: schemaVersion is 2"),
            ("{ findings: [] }", "a baseline has 'schemaVersion'"),
            (
                "{ schemaVersion: 1,\n findings: [{ path: 'a', rule: 'AXIS-999', fingerprint: '\(String(repeating: "0", count: 32))' }] }",
                "known.json:2:26: there is no rule 'AXIS-999'"
            ),
            (
                "{ schemaVersion: 1, findings: [{ path: 'a', rule: 'AXIS-002', fingerprint: 'x' }] }",
                "a fingerprint has 32 hexadecimal digits"
            ),
            ("[]", "a baseline is an object"), ("{", "the text ends"),
        ])
    func refused(_ text: String, _ words: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try write(text, "known.json")
        let result = try BuiltProgram.run("check", "--baseline", "known.json", "good.cif", in: folder)
        #expect(result.code == 2)
        #expect(result.complaints.contains(words), "\(result.complaints)")
    }

    @Test func `answers are for files, expire on a day, and say so`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        func run(_ answers: String) throws -> BuiltProgram.Result {
            try write(answers, "answers.json5")
            return try BuiltProgram.run(
                "check", "--answers", "answers.json5", "circle.cif", in: folder,
                environment: ["SOURCE_DATE_EPOCH": "1780000000"])  // 2026-05-28
        }
        let met = try run("[{ rule: 'AXIS-002', file: 'cir*.cif', answer: 'so it is' }]")
        #expect(met.output.contains("answer  so it is"))
        let other = try run("[{ rule: 'AXIS-002', file: 'good.cif', answer: 'so it is' }]")
        #expect(other.complaints.contains("the answer to AXIS-002 in 'good.cif' meets no finding"))
        let past = try run("[{ rule: 'AXIS-002', answer: 'so it is', expires: '2026-05-27' }]")
        #expect(past.complaints.contains("expired on 2026-05-27 and answers nothing"))
        #expect(!past.output.contains("so it is"))
        let near = try run("[{ rule: 'AXIS-002', answer: 'so it is', expires: '2026-05-30' }]")
        #expect(near.complaints.contains("expires on 2026-05-30, in 2 days"))
        let bad = try run("[\n{ rule: 'AXIS-002', answer: 'x', expires: '2026-02-30' }]")
        #expect(bad.code == 2)
        #expect(bad.complaints.contains("answers.json5:2:34: '2026-02-30' is no day"), "\(bad.complaints)")
        let unknown = try run("[{ rule: 'AXIS-999', answer: 'x' }]")
        #expect(unknown.code == 2)
        #expect(unknown.complaints.contains("there is no rule AXIS-999"))
    }

    @Test func `settings are found above the input, extended, shown with their place, and refused by line`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("a/b"), withIntermediateDirectories: true)
        try write(SmallFiles.circle, "a/b/circle.cif")
        try write("{ failAt: 'B', follow: 'none' }", "base.json5")
        try write("{\n  extends: '../base.json5',\n  failAt: 'C' }", "a/imprimatur.json5")
        let shown = try BuiltProgram.run("config", "show", "--origin", "a/b/circle.cif", in: folder)
        #expect(shown.output.contains("failAt") && shown.output.contains("a/imprimatur.json5:3:3"), "\(shown.output)")
        #expect(shown.output.contains("base.json5:1:16"))
        let used = try BuiltProgram.run("check", "a/b/circle.cif", in: folder)
        #expect(used.complaints.contains("settings of 'a/imprimatur.json5'"))
        #expect(used.output.contains("fails at C"))
        let option = try BuiltProgram.run("check", "--fail-at", "B", "a/b/circle.cif", in: folder)
        #expect(option.output.contains("fails at B"))
        #expect(
            try !BuiltProgram.run("check", "--no-config", "a/b/circle.cif", in: folder).output.contains("fails at C"))
        // A folder that is checked is data: what lies in it decides nothing.
        try write("{ failAt: 'G' }", "a/b/imprimatur.json5")
        #expect(try BuiltProgram.run("check", "-r", "a/b", in: folder).output.contains("fails at C"))
        try write("{\n  failat: 'C' }", "a/imprimatur.json5")
        let wrong = try BuiltProgram.run("check", "-r", "a/b", in: folder)
        #expect(wrong.code == 2)
        #expect(
            wrong.complaints.contains("a/imprimatur.json5:2:3: a configuration has no 'failat'; did you mean 'failAt'?")
        )
    }

    @Test func `a key of a profile at fault is told with line and column`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try write("{ name: 'm',\n  rules: { 'GEOM-008': {\n    tolerance: 3 } } }", "m.json5")
        let result = try BuiltProgram.run("check", "--profile", "m.json5", "good.cif", in: folder)
        #expect(result.code == 2)
        #expect(
            result.complaints.contains(
                "m.json5:3:5: 'tolerance' is a parameter of GEOM-008 and stands in { parameters: { tolerance: … } }"),
            "\(result.complaints)")
    }

    @Test func `newcomers are answered`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for (words, answer) in [
            (["good.cif"], "'good.cif' is no verb but a file; 'imprimatur check good.cif' checks it"),
            (["validate", "good.cif"], "did you mean 'check'?"), (["chek", "good.cif"], "did you mean 'check'?"),
            (["insp", "good.cif"], "did you mean 'inspect'?"),
            (["check", "--verbose", "good.cif"], "did you mean '--all'?"),
        ] {
            let result = try BuiltProgram.run(words, in: folder, input: "", environment: [:])
            #expect(result.code == 2)
            #expect(result.complaints.contains(answer), "\(result.complaints)")
        }
        let piped = try BuiltProgram.run("check", "-", in: folder, input: SmallFiles.good)
        #expect(piped.code == 2)
        #expect(piped.complaints.contains("standard input holds data, and names of files are read from it"))
        let far = try BuiltProgram.run("xyzzy", in: folder)
        #expect(!far.complaints.contains("did you mean"))
    }

    @Test func `a run that is ended says how far it came and writes what it has`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        var names: [String] = []
        for number in 1...400 {
            names.append("n\(number).cif")
            try write(SmallFiles.circle, "n\(number).cif")
        }
        try write(names.joined(separator: "\n"), "list")
        let process = Process()
        process.executableURL = BuiltProgram.url
        process.arguments = ["check", "-q", "-o", "r.json", "-o", "r.xml", "--write-baseline", "known.json", "@list"]
        process.currentDirectoryURL = folder
        process.environment = ["IMPRIMATUR_RULES": folder.appendingPathComponent("rules").path]
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        usleep(700_000)
        process.interrupt()
        let words = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        // A machine that is done before has nothing to say.
        guard process.terminationStatus != 1, process.terminationStatus != 0 else { return }
        #expect(process.terminationReason == .exit && process.terminationStatus == 130)
        #expect(words.contains("of 400 inputs; the reports hold what was looked at"), "\(words)")
        #expect(try json("r.json")["interrupted"]?["inputs"]?.integer == 400)
        #expect(try read("r.xml").contains("<error type=\"not read\" message=\"the run was ended after"))
        #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("known.json").path))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix(".") } == [])
    }
}
