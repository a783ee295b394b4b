// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    static let data029 = Rule(
        "DATA-029", .G, "several descriptions name the same frames", applies: .both,
        what: """
            In a run over several files: the files that hold the frames to which each description leads. Where more \
            than one master, imgCIF or .nxs leads to the same file of frames, the last of them is told with the list; \
            of imgCIF the first and the last image of each scan count, by address, member, path and frame.
            """,
        why: "Who takes all files of the folder processes or publishes the same frames more than once.",
        fix: "Name the description that counts, or keep one of them in the folder that is published.",
        references: ["xia2/xia2#425"],
        checks: [.comparison])
}
