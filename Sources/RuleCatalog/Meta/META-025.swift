// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let meta025 = Rule(
        "META-025", .B, "instrument name selects another reader", applies: .nxmx,
        what: """
            With convert only: the name of the instrument begins with DIAMOND BEAMLINE or DLS, or is I03, I04, I24 \
            or VMXi. Readers of DIALS choose code for files of that beamline by it.
            """,
        why: "The file opens with fast and slow exchanged, or with counts of 65535 and 65534 as flags.",
        fix: "Give --instrument-name with the words of the facility, such as 'Diamond Light Source Beamline I03'.",
        references: ["cctbx/dxtbx:src/dxtbx/format/FormatNXmxDLS.py"],
        checks: [.conversion])
}
