// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import JSON
public import Transport

extension FileReport {
    /// How a report is written.
    public enum Form: Sendable {
        /// For programs: the element of `files` in the JSON document.
        case document
        /// For another process of this program: without what the catalogue says of a rule.
        case wire
    }

    /// Writes the members of the object that the writer is in.
    ///
    /// - Source: docs/schema/report-1.json.
    public func encode(_ form: Form, into json: inout JSONWriter) {
        writeFront(into: &json)
        writeOutline(into: &json)
        writeVerdict(into: &json)
        let fingerprints = form == .document ? Fingerprint.of(findings) : []
        json.array("findings") { json in
            for (index, finding) in findings.enumerated() {
                let fingerprint = fingerprints.isEmpty ? nil : fingerprints[index]
                json.object { finding.encode(form, fingerprint: fingerprint, into: &$0) }
            }
        }
        writeRest(into: &json)
        guard form == .wire else { return }
        if let seriesFacts { json.member("seriesFacts", seriesFacts) }
        if let origin { json.object("origin") { origin.write(into: &$0) } }
        if !answersMet.isEmpty { json.array("answersMet") { json in for index in answersMet { json.integer(index) } } }
        if !otherProfiles.isEmpty {
            json.array("otherProfiles") { json in
                for other in otherProfiles {
                    json.object { json in
                        json.member("profile", other.profile)
                        json.array("rules") { json in for rule in other.rules { json.string(rule.description) } }
                    }
                }
            }
        }
        if let otherwise { json.member("otherwise", otherwise.text) }
        if let exhibits { json.object("exhibits") { exhibits.write(into: &$0) } }
        if kinship != Kinship() { json.object("kinship") { kinship.write(into: &$0) } }
    }

    /// Writes what the file is.
    public func writeFront(into json: inout JSONWriter) {
        json.path(path)
        json.member("size", size)
        json.member("sha256", sha256)
        json.member("kind", kind.rawValue)
        json.member("definition", definition)
    }

    /// Writes what the file was checked against, and what it describes in words.
    public func writeOutline(into json: inout JSONWriter) {
        Self.write(releases, into: &json)
        json.array("applied") { json in
            for one in applied {
                json.object { json in
                    json.member("path", one.path)
                    json.member("definition", one.definition)
                    json.member("release", one.release)
                    json.member("because", one.because)
                }
            }
        }
        json.member("outline", outline)
    }

    /// Writes how the check ended.
    public func writeVerdict(into json: inout JSONWriter) {
        json.member("status", status.text)
        json.member("failing", isFailing)
        json.member("incomplete", isIncomplete)
        json.member("unread", isUnread)
        let counts = counts
        json.object("counts") { json in for level in Level.allCases { json.member(level.rawValue, counts[level]) } }
    }

    /// Writes what stands after the findings: rules that could not look, failures, experiments, the verdicts of the
    /// reference checker.
    public func writeRest(into json: inout JSONWriter) {
        json.array("notChecked") { json in
            for one in notChecked {
                json.object { json in
                    json.member("rule", one.rule.description)
                    json.member("reason", one.reason.word.text)
                    json.member("because", one.because)
                }
            }
        }
        Self.write(failures, into: &json)
        json.array("experiments") { json in for experiment in experiments { json.value(experiment) } }
        if experimentsUnshown > 0 { json.member("experimentsUnshown", experimentsUnshown) }
        if let compatibility { json.object("compatibility") { compatibility.write(into: &$0) } }
    }

    /// Writes releases of definitions, with the digests of their facts.
    public static func write(_ releases: [AppliedDefinition], into json: inout JSONWriter) {
        json.array("definitions") { json in
            for release in releases {
                json.object { json in
                    json.member("standard", release.standard)
                    json.member("release", release.release)
                    json.member("sha256", release.sha256)
                }
            }
        }
    }

    /// Writes what could not be looked at.
    public static func write(_ failures: [Failure], into json: inout JSONWriter) {
        json.array("failures") { json in
            for failure in failures { json.object { failure.write(into: &$0) } }
        }
    }
}

extension Compatibility {
    func write(into json: inout JSONWriter) {
        json.member("program", program)
        json.member("block", block)
        json.array("tests") { json in
            for row in rows {
                json.object { json in
                    json.member("test", row.test)
                    json.member("pass", row.isPass)
                    json.member("reason", row.reason)
                    json.member("limit", row.limit)
                    json.array("findings") { json in for rule in row.findings { json.string(rule.description) } }
                    json.member("difference", row.difference)
                }
            }
        }
        json.array("stops") { json in for stop in stops { json.string(stop) } }
    }
}
