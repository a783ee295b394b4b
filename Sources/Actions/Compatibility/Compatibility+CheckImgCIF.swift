// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import CheckImgCIF
import RuleEngine

/// - Source: imgcif.md section 11; column checkImgCIF of the rule catalogue.
extension Compatibility {
    /// The verdicts of checkImgCIF.
    ///
    /// - Parameter findings: What our rules found in the file.
    /// - Returns: Nil for a document without blocks.
    init?(_ document: CIF.Document, findings: [Finding]) {
        guard let block = document.blocks.first else { return nil }
        var stops = CheckImgCIF.stops(block)
        if let fault = document.faults.first {
            let line = document.position(of: fault.offset).line
            stops.insert(
                "the syntax is at fault from line \(line) on, so it may read the file otherwise or not at all", at: 0)
        }
        if document.blocks.count > 1 { stops.append("it looks at the first of \(document.blocks.count) blocks") }
        self.init(
            program: "checkImgCIF \(CheckImgCIF.version)", block: block.name,
            rows: (CheckImgCIF.replay(block) + CheckImgCIF.failuresOfImages(block)).map { Self.row($0, findings) },
            stops: stops)
    }

    private static func row(_ verdict: CheckImgCIF.Verdict, _ findings: [Finding]) -> Row {
        let rules = rules[verdict.test] ?? []
        // Of deprecated names one alone is among the required ones.
        let ours = findings.filter {
            rules.contains($0.rule) && $0.level.isAtLeast(.B)
                && ($0.rule != "DICT-008" || isOnRadiationType($0))
        }
        var seen = Set<RuleID>()
        let named = ours.map(\.rule).filter { seen.insert($0).inserted }
        var difference: String?
        if verdict.isPass, let first = ours.first {
            let why = verdict.limit.map { "; \($0)" } ?? ""
            difference = "\(first.rule) has: \(first.message)\(why)"
        } else if !verdict.isPass, ours.isEmpty {
            difference = verdict.limit ?? "no rule of ours takes this for a fault of its own"
        }
        return Row(
            test: verdict.test.rawValue, isPass: verdict.isPass, reason: verdict.reason, limit: verdict.limit,
            findings: named, difference: difference)
    }

    private static func isOnRadiationType(_ finding: Finding) -> Bool {
        finding.values.contains { value in
            guard value.name == "name", case .text(let name) = value.value else { return false }
            return name.lowercased() == "_diffrn_radiation.type"
        }
    }

    /// The rules that look at the faults of each test.
    private static let rules: [CheckImgCIF.Test: [RuleID]] = [
        .requiredItems: ["DICT-008", "AXIS-022", "PIXEL-001", "PIXEL-002", "SCAN-001", "BEAM-001"],
        .dataSource: ["LINK-007", "DATA-001", "DATA-002", "DATA-003"],
        .axesDefined: ["AXIS-001", "AXIS-002", "AXIS-004", "AXIS-022"],
        .limitations: ["DICT-009", "LINK-009", "LINK-012", "PIXEL-015"],
        .detectorTranslation: ["GEOM-003", "GEOM-004", "GEOM-005"],
        .scanRange: ["SCAN-001", "SCAN-002", "SCAN-003", "SCAN-004", "SCAN-005"],
        .framesPresent: ["LINK-004", "SCAN-006", "SCAN-007", "SCAN-008"],
        .surfaceAxes: ["AXIS-015"],
        .pixelOrigin: ["PIXEL-006", "PIXEL-007"],
        .beamCentre: ["PIXEL-003", "PIXEL-004", "GEOM-001", "GEOM-002"],
        .principalAxis: ["AXIS-008", "AXIS-009"],
        .imageType: ["DICT-002", "PIXEL-001"],
        .overload: ["COUNT-001", "COUNT-003", "DICT-003"],
    ]
}
