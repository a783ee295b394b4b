// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions

// The verbs that wait for files.

extension VerbTable {
    static let services: [VerbEntry] = [VerbEntry("serve") { serve }, VerbEntry("watch") { watch }]

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
            "With --http it serves a page: who drops a file, a master with its data files or a folder there, or gives the "
                + "address of public data, gets the report, and of the files only those bytes move that are needed. "
                + "POST /check takes a file as its body and answers as 'check --format json'; /health and /metrics are for "
                + "those who look after the server.",
            "SIGTERM lets it answer what it has read and end with 143.",
        ],
        options: [
            .flag(.lines), .option(.http), .option(.workers), .option(.host), .option(.maxSessions),
            .option(.maxUpload),
            .option(.maxSeconds),
        ] + checking,
        examples: [
            ("echo scan1.nxs | imprimatur serve --lines", "one request"),
            ("imprimatur serve --http 8080", "a page at http://127.0.0.1:8080/"),
        ],
        run: ServeVerb.run)

    static let watch = VerbRow(
        "watch", "check what comes into folders, each file once, when its writer has let go of it",
        description: [
            "Waits for files below the folders and checks each when it is settled: size and time of it and of the files it "
                + "links to have stood still, it opens, and no writer is seen at work. A file that is being written is told "
                + "on standard error, or as the event 'waiting' of the form jsonl, with the frames that are there so far.",
            "With --ledger it remembers what was checked, and a watch that is started again checks nothing twice. SIGTERM "
                + "lets it finish what it has in hand and end with 143.",
        ],
        options: [
            .option(.ledger), .option(.settle), .option(.poll), .flag(.pollOnly), .flag(.once), .option(.format),
            .option(.workers),
        ] + checking,
        operand: OperandRow("DIR", .folder, minimum: 1, maximum: nil, "folders, with everything below them"),
        examples: [
            (
                "imprimatur watch --ledger seen.sqlite --format jsonl /data/visit",
                "an event for each file that comes, for other programs"
            ),
            ("imprimatur watch --once /data/visit", "everything that is there, once it is settled"),
        ],
        run: WatchVerb.run)
}
