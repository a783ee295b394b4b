// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import CommandLine
import Foundation
import RuleCatalog
import RuleEngine
import TestSupport
import Testing

/// Oracle: the shells themselves (bash -n), groff where it is, and the files of the checkout.
@Suite struct DocumentTests {
    @Test func `the written documents are fresh`() throws {
        let rules = try RulesFolder.find(option: Folder.checkout.appendingPathComponent("rules").path)
        let stale = WrittenDocuments.all(rules: catalogue, history: RuleHistory(in: rules)).filter { document in
            let file = Folder.checkout.appendingPathComponent(document.path)
            return (try? String(contentsOf: file, encoding: .utf8)) != document.text
        }
        #expect(stale.map(\.path) == [], "run 'swift run write-docs'")
        let pages = try FileManager.default.contentsOfDirectory(
            atPath: Folder.checkout.appendingPathComponent("docs/rules").path)
        #expect(pages.count == catalogue.count + 2)
    }

    @Test func `every run that README and guide show is as it is now`() throws {
        let result = try BuiltProgram.run(["--check-runs"], program: "write-docs")
        #expect(result.code == 0, "\(result.output) run 'swift run write-docs'")
    }

    @Test func `every command that README and guide show is one`() throws {
        let guide = Folder.checkout.appendingPathComponent("docs/guide")
        let pages =
            try FileManager.default.contentsOfDirectory(at: guide, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "md" } + [Folder.checkout.appendingPathComponent("README.md")]
        var count = 0
        for page in pages {
            var isCode = false
            let text = try String(contentsOf: page, encoding: .utf8)
                .replacingOccurrences(of: "\\\n", with: " ")
            for line in text.split(separator: "\n") {
                if line.hasPrefix("```") { isCode = line == "```sh" || line == "```text" || line == "```console" }
                let call = line.drop { $0 == "$" || $0 == " " || $0 == "-" }
                guard isCode, call.hasPrefix("imprimatur "), !call.contains(": ") else { continue }
                let plain = call.prefix { !"#|>".contains($0) }
                let words = plain.split(separator: " ").dropFirst().map {
                    String($0).filter { $0 != "'" && $0 != "\"" }
                }
                count += 1
                #expect(throws: Never.self, "\(page.lastPathComponent): \(call)") {
                    _ = try ArgumentParser(VerbTable.entries).parse(words)
                }
            }
        }
        #expect(count > 15)
    }

    @Test func `the table of this release has every rule as it is`() throws {
        let rules = try RulesFolder.find(option: Folder.checkout.appendingPathComponent("rules").path)
        let history = RuleHistory(in: rules)
        #expect(history.releases.last?.version == Program.version)
        for rule in catalogue {
            let row = history.row(rule.id)
            let wanted = RuleHistory.row(
                of: rule, fails: row?.fails ?? 0, passes: row?.passes ?? 0, example: row?.example ?? "")
            #expect(row == wanted, "run 'swift run write-docs'")
            #expect(history.since(rule.id) != nil && history.changed(rule.id) != nil)
        }
    }

    @Test func `changes between releases are told rule by rule`() {
        func row(_ level: String, _ title: String, _ parameters: String = "") -> RuleHistory.Row {
            RuleHistory.Row(
                level: level, status: "stable", title: title, parameters: parameters, fails: 1, passes: 1, example: "")
        }
        let history = RuleHistory(releases: [
            ("0.1.0", ["AXIS-001": row("A", "a"), "AXIS-002": row("B", "b", "t=1 mm"), "AXIS-003": row("C", "c")]),
            ("0.2.0", ["AXIS-001": row("A", "a"), "AXIS-002": row("C", "b", "t=2 mm"), "AXIS-004": row("A", "d")]),
        ])
        let page = MigrationPage.text(of: history)
        for line in [
            "| [AXIS-002](AXIS-002.md) | level | B | C |", "| [AXIS-002](AXIS-002.md) | parameters | t=1 mm | t=2 mm |",
            "| AXIS-003 | given up | c | |", "| [AXIS-004](AXIS-004.md) | new | | A: d |",
        ] { #expect(page.contains(line + "\n")) }
        #expect(history.since("AXIS-004") == "0.2.0")
        #expect(history.changed("AXIS-002") == "0.2.0" && history.changed("AXIS-001") == "0.1.0")
    }

    @Test func `bash reads its completions, and they complete a verb and an option`() throws {
        let script = try BuiltProgram.run("completions", "bash").output
        let test =
            script + """
                COMP_WORDS=(imprimatur ch); COMP_CWORD=1; _imprimatur; echo "${COMPREPLY[@]}"
                COMP_WORDS=(imprimatur check --prof); COMP_CWORD=2; _imprimatur; echo "${COMPREPLY[@]}"
                COMP_WORDS=(imprimatur rules e); COMP_CWORD=2; _imprimatur; echo "${COMPREPLY[@]}"
                COMP_WORDS=(imprimatur check --format js); COMP_CWORD=3; _imprimatur; echo "${COMPREPLY[@]}"
                """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", test]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(output == "check checksum\n--profile\nexplain\njson jsonl\n")
    }

    @Test func `every option stands in help, manual page and all completions`() throws {
        let manual = ManualPage.text(of: VerbTable.verbs)
        let names = Completions.Names(profiles: ["default"], rules: ["AXIS-002"], releases: ["v2026.01"])
        for verb in VerbTable.verbs {
            let help = HelpPage.page(for: verb, width: 80)
            for option in verb.options {
                #expect(help.contains("--" + option.name))
                #expect(manual.contains(option.name.split(separator: "-").joined(separator: "\\-")))
                for shell in Completions.shells {
                    #expect(Completions.script(for: shell, verbs: VerbTable.verbs, names: names).contains(option.name))
                }
            }
        }
    }

    @Test(arguments: [60, 80, 120])
    func `help keeps to the width of the terminal`(width: Int) {
        for verb in VerbTable.verbs {
            let long = HelpPage.page(for: verb, width: width).split(separator: "\n").filter { line in
                line.count > width && !line.hasPrefix("Usage:") && !line.hasPrefix("  imprimatur ")
            }
            #expect(long == [])
        }
    }

    @Test func `the help of the program is as reviewed`() throws {
        try expectGolden(try BuiltProgram.run("--help").output, "help.txt")
        try expectGolden(try BuiltProgram.run("check", "--help").output, "check-help.txt")
    }
}
