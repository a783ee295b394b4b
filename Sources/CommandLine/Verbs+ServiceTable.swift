// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions

// The verbs that wait for files.

extension VerbTable {
    static let services: [VerbEntry] = [VerbEntry("serve") { serve }]

    /// What files are checked with: options of `check` that have a meaning for files that are not named yet.
    private static let checking: [OptionRow] =
        [.option(.profile), .option(.failAt), .flag(.noDigest), .option(.definition), .option(.definitions)]
        + ReadingOptions.rows + FrameOptions.rows + [.option(.dictionary)] + RulesOptions.rows

    static let serve = VerbRow(
        "serve", "check files for other programs, as long as they ask",
        description: [
            "With --lines reads one request a line from standard input and answers with the events of the form jsonl, in "
                + "the order of the requests: what is found in each file, then one event 'answer'. A request is a path, or an "
                + "object with 'path', and 'profile' and 'id' where wanted. Messages of the file writer of the ESS, of Bluesky "
                + "and of zocalo are understood as they come; 'id', 'job_id', 'uid' and 'ispyb_dcid' come back in each event. "
                + "A message that is not understood is answered by 'refused' and the reason.",
            "SIGTERM lets it answer what it has read and end with 143.",
        ],
        options: [.flag(.lines), .option(.workers)] + checking,
        examples: [
            ("echo scan1.nxs | imprimatur serve --lines", "one request")
        ],
        run: ServeVerb.run)
}
