// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import NeXus
import RuleEngine

extension Rule {
    static let link012 = Rule(
        "LINK-012", .B, "readers take only the first of several groups", applies: .nxmx,
        what: """
            Groups of class NXentry with the definition NXmx, NXsample, NXinstrument, NXdetector, NXbeam, and NXdata \
            with a signal, of which there are several that differ from the first in order of name, and NXsource of unlike \
            probes. Several NXdetector_module of one NXdetector pass.
            """,
        why: "Common readers take the first and leave the others without a word.",
        fix: "Write one file for each, or put into the first what programs are to use.",
        references: ["cctbx/dxtbx:src/dxtbx/format/FormatNXmx.py", "dials/nxmx:src/nxmx/__init__.py"],
        checks: [.conformance])
}

extension NXFault.SeveralGroups {
    var told: Told {
        let left =
            others.prefix(3).map { "'\(lastName($0))'" }.joined(separator: ", ")
            + (others.count > 3 ? " and \(others.count - 3) more" : "")
        return Told(
            "\(count) groups of class \(className): common readers take '\(lastName(first))' and leave \(left)",
            values: [("first", .text(first)), ("others", .list(others.map { .text($0) }))])
    }
}
