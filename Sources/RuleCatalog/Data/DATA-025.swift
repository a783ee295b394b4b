// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let data025 = Rule(
        "DATA-025", .C, "image files are described by nothing", applies: .both,
        what: """
            In an audit, where the profile names the rule: images with a short header (CBF, SMV, TIFF) and data files of HDF5 \
            writers to which no master of the audit leads and whose names no imgCIF of the audit gives. Each series, and each \
            folder, is told once. A list of checksums describes nothing. Where one imgCIF names more than 200 000 files, the \
            rule is silent.
            """,
        why: "Nobody who looks for data finds these, and nothing says how they are to be read.",
        fix: "Describe them ('imprimatur describe -o FILE.cif IMAGE ...'), or bring their master back beside them.",
        references: ["FAIR Guiding Principles F2, F3, R1"],
        checks: [.comparison])
}
