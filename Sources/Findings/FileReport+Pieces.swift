// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import JSON
internal import Transport

/// A report without what only its own file has, in pieces that are often equal from file to file: a store keeps each once.
public struct ReportPieces: Sendable, Hashable {
    /// What the file is, how its check ended, definitions.
    public var front: [UInt8]
    /// Findings in the wire form.
    public var findings: [UInt8]
    /// Rules that could not look.
    public var notChecked: [UInt8]
    /// What could not be looked at.
    public var failures: [UInt8]

    public init(front: [UInt8], findings: [UInt8], notChecked: [UInt8], failures: [UInt8]) {
        self.front = front
        self.findings = findings
        self.notChecked = notChecked
        self.failures = failures
    }

    /// Path, size, digest, kinship, facts of a series and origin are left out.
    public init(_ report: FileReport) {
        var front = report
        front.path = ""
        front.size = 0
        front.sha256 = nil
        front.findings = []
        front.notChecked = []
        front.failures = []
        front.kinship = Kinship()
        front.seriesFacts = nil
        front.origin = nil
        front.exhibits = nil
        front.experiments = []
        var json = JSONWriter(.compact)
        json.object { front.encode(.wire, into: &$0) }
        self.front = json.finishValue()
        var found = JSONWriter(.compact)
        found.array { json in for one in report.findings { json.object { one.encode(.wire, into: &$0) } } }
        findings = found.finishValue()
        var unchecked = JSONWriter(.compact)
        unchecked.array { json in
            for one in report.notChecked {
                json.object { json in
                    json.member("rule", one.rule.description)
                    json.member("reason", one.reason.word.text)
                    json.member("because", one.because)
                }
            }
        }
        notChecked = unchecked.finishValue()
        var failed = JSONWriter(.compact)
        failed.array { json in for one in report.failures { json.object { one.write(into: &$0) } } }
        failures = failed.finishValue()
    }

    /// The report again.
    ///
    /// - Parameter texts: The texts of a rule, which the pieces leave out.
    /// - Throws: ReportFault naming the member at fault.
    public func report(
        path: String, size: Int, sha256: String?, texts: (RuleID) -> RuleText?
    ) throws(ReportFault) -> FileReport {
        guard let front = try? JSONReader.read(front).members, let findings = try? JSONReader.read(findings),
            let notChecked = try? JSONReader.read(notChecked), let failures = try? JSONReader.read(failures)
        else { throw ReportFault("pieces") }
        let members = front.map { member in
            switch member.name {
            case "findings": JSONMember("findings", findings)
            case "notChecked": JSONMember("notChecked", notChecked)
            case "failures": JSONMember("failures", failures)
            default: member
            }
        }
        var report = try FileReport.decode(.object(members), texts: texts)
        report.path = path
        report.size = size
        report.sha256 = sha256
        return report
    }
}
