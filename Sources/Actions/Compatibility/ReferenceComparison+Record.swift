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
}
