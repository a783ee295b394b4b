// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Report
import RuleCatalog
import RuleEngine
import Testing

/// What a person reads of every file of the corpora. Oracle: docs/decisions/0203-what-a-person-reads.md.
@Suite struct PersonTests {
    private static func text(_ reports: [FileReport], isComplete: Bool, width: Int = 160) -> String {
        let head = RunHead(version: "0", profileName: "default", profileDigest: "", failAt: .A)
        var report = TextReport(head, ReportStyle(width: width, isColoured: false, isComplete: isComplete))
        var bytes: [UInt8] = []
        var end = RunEnd()
        report.take(.run(head), &bytes)
        for one in reports {
            end.add(one.status)
            report.take(.file(one), &bytes)
        }
        report.take(.end(end), &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The report as a run in the folder of the file gives it.
    private static func named(_ report: FileReport) -> FileReport {
        var report = report
        report.path = report.path.split(separator: "/").last.map(String.init) ?? report.path
        return report
    }

    @Test("no line is longer than 110 columns", arguments: [false, true])
    func width(isComplete: Bool) {
        for (name, report) in Bench.shared.reports {
            let text = Self.text([Self.named(report)], isComplete: isComplete)
            let long = text.split(separator: "\n").filter { $0.count > 110 && !$0.contains("h5dump") }
            #expect(long.isEmpty, "\(name): \(long)")
        }
    }

    @Test("a narrow terminal is kept to as well")
    func narrow() {
        for (name, report) in Bench.shared.reports {
            let text = Self.text([Self.named(report)], isComplete: false, width: 80)
            let long = text.split(separator: "\n").filter { $0.count > 80 && !$0.contains(Self.named(report).path) }
            #expect(long.allSatisfy { $0.first == " " && $0.count < 111 }, "\(name): \(long)")
        }
    }

    @Test("the file is named once, at the top")
    func namedOnce() {
        for (name, report) in Bench.shared.reports {
            var named = Self.named(report)
            named.failures = []
            let lines = Self.text([named], isComplete: false).split(separator: "\n")
            let places = lines.filter { $0.hasPrefix("  where  ") && $0.contains(named.path + ":") }
            #expect(places.isEmpty, "\(name): \(places)")
        }
    }

    @Test("a sweep of 2 000 images is one subject of few lines, and the images at fault are named")
    func sweep() {
        func image(_ number: Int) -> FileReport {
            let digits = String(number)
            let name = "scan_" + String(repeating: "0", count: 5 - digits.count) + digits
            func finding(_ rule: RuleID, _ level: Level, _ message: String) -> Finding {
                Finding(
                    rule: rule, level: level, title: "t", message: message, count: 1,
                    places: [ResolvedPlace(kind: .text(line: 3, column: 1, item: nil, row: nil))], values: [],
                    why: "Why.", fix: "Fix.", references: [])
            }
            var findings = [
                finding("GEOM-001", .B, "scan '\(name)': direct beam misses the panel by \(number) px"),
                finding("SCAN-018", .G, "1 scan, 1 frame"),
            ]
            if number == 700 { findings.append(finding("BEAM-001", .A, "no wavelength: Wavelength is absent")) }
            return FileReport(
                path: "data/\(name).cbf", size: 1, kind: .minicbf, status: number == 700 ? .fail : .pass,
                isFailing: number == 700, findings: findings)
        }
        let text = Self.text((1...2000).map(image), isComplete: false)
        let lines = text.split(separator: "\n")
        #expect(lines.count < 40, "\(lines.count)")
        #expect(lines.first?.hasPrefix("data/scan_00001.cbf to scan_02000.cbf, 2000 files: 1999 pass, 1 FAIL") == true)
        #expect(text.contains("1 of 2000 files: scan_00700.cbf"))
        #expect(text.contains("all 2000 files"))
        #expect(text.contains("GEOM-001  2000 files"))
    }

    @Test("what is to be written is said for the container at hand", arguments: catalogue.map(\.id))
    func fixes(_ id: RuleID) throws {
        let rule = try #require(catalogue.first { $0.id == id })
        let ofCIF = /(?:^|[^A-Za-z0-9])_[a-z]+[a-z_]*\.[a-z_]+|DIFFRN_|ARRAY_[A-Z]|imgCIF/
        let ofNeXus = /NX[a-z][A-Za-z_]+|incident_|count_time|saturation_value|@units|NeXus/
        let cif = [Applicability.imgCIF, .both].contains(rule.applies)
        let nexus = rule.applies != .imgCIF && rule.applies != .package
        if cif, !nexus || rule.applies == .both { #expect(rule.fix.firstMatch(of: ofNeXus) == nil, "\(rule.fix)") }
        if nexus {
            let fix = rule.fixInNeXus ?? rule.fix
            #expect(fix.firstMatch(of: ofCIF) == nil, "\(fix)")
        }
    }

    @Test("no fix of the corpora names an item of the other container")
    func fixesOfFindings() {
        for (name, report) in Bench.shared.reports {
            for finding in report.findings {
                if name.hasSuffix(".nxs.json") {
                    #expect(
                        !finding.fix.contains("_diffrn") && !finding.fix.contains("_axis."), "\(name) \(finding.fix)")
                } else {
                    #expect(!finding.fix.contains("NXmx") && !finding.fix.contains("NXdet"), "\(name) \(finding.fix)")
                }
            }
        }
    }
}
