// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import JSON
import RuleEngine

extension ReferenceComparison {
    /// Writes the members of the object that the writer is in.
    func write(to json: inout JSONWriter) {
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

    /// What a record tells; nil when a member is absent or of another type.
    init?(_ value: JSONValue) {
        guard let program = value["program"]?.string, let block = value["block"]?.string,
            let tests = value["tests"]?.elements, let stops = value["stops"]?.elements
        else { return nil }
        var rows: [Row] = []
        for test in tests {
            guard let name = test["test"]?.string, let isPass = test["pass"]?.bool, let reason = test["reason"]?.string
            else { return nil }
            let findings = (test["findings"]?.elements ?? []).compactMap { $0.string.flatMap(RuleID.init) }
            rows.append(
                Row(
                    test: name, isPass: isPass, reason: reason, limit: test["limit"]?.string, findings: findings,
                    difference: test["difference"]?.string))
        }
        self.init(program: program, block: block, rows: rows, stops: stops.compactMap(\.string))
    }
}
