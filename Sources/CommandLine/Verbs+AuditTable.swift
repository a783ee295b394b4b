// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions

// The verbs of the audit.

extension VerbTable {
    static let audits: [VerbEntry] = [
        VerbEntry("audit plan") { auditPlan }, VerbEntry("audit run") { auditRun },
        VerbEntry("audit resume") { auditResume }, VerbEntry("audit report") { auditReport },
        VerbEntry("audit list") { auditList }, VerbEntry("audit show") { auditShow },
        VerbEntry("audit diff") { auditDiff },
        VerbEntry("audit merge") { auditMerge }, VerbEntry("audit export") { auditExport },
        VerbEntry("audit submit") { auditSubmit },
    ]

    /// What files are checked with; kept in the store.
    private static let checking: [OptionRow] =
        [.option(.profile), .option(.failAt), .option(.tier), .option(.shard), .option(.missingContent)]
        + ReadingOptions.rows + [.option(.definitions), .option(.dictionary)] + RulesOptions.rows

    private static let folders = OperandRow(
        "DIR", .folder, minimum: 0, maximum: nil, "folders with everything below them; those of the store without any")

    static let auditPlan = VerbRow(
        "audit plan", "list what an audit would check, and what would have to be fetched",
        description: [
            "Lists all names below the folders and takes down in the store what is to be checked. No file is read; what "
                + "lies on tape or behind a pointer of git-annex or Git LFS is counted and not fetched."
        ],
        options: [.option(.store), .option(.recallList)] + checking + [
            .flag(.verifyAll), .option(.workers), .flag(.noProgress),
        ]
            + [.flag(.exitZero), .option(.textfile)],
        operand: folders,
        examples: [("imprimatur audit plan /data/visit --db visit.sqlite", "how much there is to check")],
        run: AuditRunVerb.plan)

    static let auditRun = VerbRow(
        "audit run", "check everything below folders and keep what is found in a store",
        description: [
            "Lists all names below the folders, checks each file in a worker process and stores what is found. A file that "
                + "ends its reader, or keeps it too long, is told and stops nothing. Files that were checked before and did "
                + "not change are not read again.",
            "SIGTERM lets the run finish what it has in hand and end with 143; 'audit resume' goes on, also after a run that "
                + "was killed.",
        ],
        options: [.option(.store)] + checking
            + [
                .flag(.verifyAll), .option(.workers), .option(.textfile), .flag(.exitZero), .flag(.noProgress),
                .option(.recallList),
            ],
        operand: folders,
        examples: [
            ("imprimatur audit run /data/visit --db visit.sqlite", "everything below a folder"),
            ("imprimatur audit run --db visit.sqlite", "the same again: what is new or has changed"),
        ],
        run: AuditRunVerb.run)

    static let auditResume = VerbRow(
        "audit resume", "go on with an audit that was stopped or killed",
        description: ["Checks what the store has planned and nobody has checked; no folder is listed again."],
        options: [
            .option(.store), .option(.workers), .option(.textfile), .flag(.exitZero), .flag(.noProgress),
        ],
        examples: [("imprimatur audit resume --db visit.sqlite", "the rest of a run")],
        run: AuditRunVerb.resume)

    static let auditReport = VerbRow(
        "audit report", "tell what an audit has found of a collection",
        description: [
            "Files by how they ended, the most frequent faults, data sets worst first. The data are not touched.",
            "A page of HTML holds 5000 data sets at most; the table of all then stands beside it, as FILE.csv.",
        ],
        options: [.option(.store), .option(.auditOutput), .option(.reportShape)],
        examples: [("imprimatur audit report --db visit.sqlite -o visit.html", "a page for everybody")],
        run: AuditReadVerbs.report)

    static let auditList = VerbRow(
        "audit list", "list the files of an audit by rule, level, state or folder",
        description: ["One line a file, in the order of the paths, with the reason why it did not pass."],
        options: [
            .option(.store), .option(.listedRule), .option(.listedLevel), .option(.listedStatus), .option(.listedBelow),
            .flag(.listedAll), .option(.listShape),
        ],
        examples: [("imprimatur audit list --db visit.sqlite --rule AXIS-002", "files that one rule speaks of")],
        run: AuditReadVerbs.list)

    static let auditShow = VerbRow(
        "audit show", "print the report on files of an audit",
        description: ["As 'imprimatur check' would have printed it; the data are not touched."],
        options: [.option(.store), .option(.format), .flag(.all), .option(.color)],
        operand: OperandRow("FILE", .file, minimum: 1, maximum: nil, "files as the audit names them"),
        examples: [("imprimatur audit show --db visit.sqlite /data/visit/scan1.nxs", "the report on one file")],
        run: AuditReadVerbs.show)

    static let auditDiff = VerbRow(
        "audit diff", "tell what changed between two audits",
        description: [
            "Compares two stores, such as a copy from last year and the present one: files that were mended, broken, added, "
                + "moved or are gone, and those whose bytes or findings are others. Ends with 1 when something differs."
        ],
        options: [.option(.listShape)],
        operand: OperandRow("STORE", .file, minimum: 2, maximum: 2, "the earlier store and the later one"),
        examples: [("imprimatur audit diff 2025.sqlite 2026.sqlite", "what changed in a year")],
        run: AuditExportVerbs.difference)

    static let auditMerge = VerbRow(
        "audit merge", "join the stores of shards",
        description: [
            "All shards have to be there and finished; those that are not are named, with the command that finishes each, "
                + "and nothing is written."
        ],
        options: [.option(.store), .flag(.exitZero)],
        operand: OperandRow("STORE", .file, minimum: 1, maximum: nil, "the stores of all shards"),
        examples: [("imprimatur audit merge --db all.sqlite shard-*.sqlite", "one store of all")],
        run: AuditShardVerbs.merge)

    static let auditExport = VerbRow(
        "audit export", "write what an audit found for other programs",
        description: [
            "JSON lines are the events of 'imprimatur check -f jsonl'. Tables are files.csv, findings.csv and failures.csv in "
                + "a folder; for PostgreSQL schema.sql and load.sql stand beside them."
        ],
        options: [.option(.store), .option(.auditOutput), .option(.exportShape)],
        examples: [("imprimatur audit export --db visit.sqlite -f postgres -o tables", "tables for a database")],
        run: AuditExportVerbs.export)

    static let auditSubmit = VerbRow(
        "audit submit", "write and submit the jobs of an audit on many machines",
        description: [
            "Writes two scripts into the folder of the stores, an array with one element a shard and a job that merges, and "
                + "submits them. An element that runs out of time finishes what it has in hand and is queued again."
        ],
        options: [.flag(.slurm), .option(.slurmFolder), .option(.shards), .option(.slurmOptions), .flag(.scriptOnly)]
            + checking.filter { $0.name != "shard" },
        operand: OperandRow("DIR", .folder, minimum: 1, maximum: nil, "folders with everything below them"),
        examples: [
            ("imprimatur audit submit --slurm --shards 8 --stores /scratch/audit /data", "eight jobs and a merge")
        ],
        run: AuditShardVerbs.submit)
}
