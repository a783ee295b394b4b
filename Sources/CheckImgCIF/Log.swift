// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction

extension CheckImgCIF {
    /// A number with at most six decimals.
    static func words(_ value: Double) -> String {
        value.isFinite ? DecimalText.rounded(value, decimals: 6) : "\(value)"
    }

    /// Where a test of the reference ends early; such a test counts as failed.
    struct Stop: Error {
        let reason: String
        let limit: String?

        init(_ reason: String, limit: String? = nil) {
            self.reason = reason
            self.limit = limit
        }
    }

    /// What a test has said so far.
    struct Log {
        private var failures: [(reason: String, limit: String?)] = []
        private var remarks: [(reason: String, limit: String?)] = []

        mutating func fail(_ reason: String, limit: String? = nil) {
            failures.append((reason, limit))
        }

        /// A warning, or what a passing test looked at.
        mutating func remark(_ reason: String, limit: String? = nil) {
            remarks.append((reason, limit))
        }

        /// The first reason, and how many more there are.
        func verdict(on test: Test) -> Verdict {
            guard let first = failures.first else {
                let remark = remarks.first
                return Verdict(test, isPass: true, remark?.reason ?? "nothing to say", limit: remark?.limit)
            }
            let more = failures.count > 1 ? " (and \(failures.count - 1) more)" : ""
            // The file earns the verdict as soon as one of the reasons is its own.
            let limit = failures.contains { $0.limit == nil } ? nil : first.limit
            return Verdict(test, isPass: false, first.reason + more, limit: limit)
        }
    }
}
