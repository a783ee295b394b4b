// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let meta007 = Rule(
        "META-007", .C, "two versions of the file differ", applies: .imgCIF,
        what: """
            With compare only, for two imgCIF files that share their axes: the numbers of AXIS, DIFFRN_SCAN, \
            DIFFRN_SCAN_AXIS, ARRAY_STRUCTURE_LIST, ARRAY_STRUCTURE_LIST_AXIS and the wavelength, row by row with the \
            keys of the row, and the numbers of rows that describe frames and images. Layout, the order of loops and \
            rows and the way a number is written pass.
            """,
        why: "A file was corrected in one place and not in the other, and readers do not know which to believe.",
        fix: "Publish one version, and say in _audit.update_record what was changed.",
        references: ["jamesrhester/ImgCIFHandler.jl:test/testfiles/hdf5_test.imgcif (_audit.update_record)"],
        checks: [.comparison])
}
