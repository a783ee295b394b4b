// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension VerbTable {
    private static let package = OperandRow(
        "PACKAGE", .folder, minimum: 1, maximum: 1, "a package, or a folder of files")

    static let deposit = VerbRow(
        "deposit", "bring a package to a repository as a draft, and compare what arrived",
        description: [
            "Makes a draft, reserves its DOI, writes the record, sends the files, and compares what the repository holds "
                + "with what is here: names, sizes, digests, DOI, record. Nothing is published; 'deposit publish' does that.",
            "What is under way is kept in the folder 'journal' of the package: after an end of any kind the same command, "
                + "or 'deposit resume', goes on where it stopped.",
            "The token is taken from the variable that the repository names, or from a file of mode 0600. It is never an "
                + "argument. Repositories for trials are the default; what is published elsewhere stays for ever.",
        ],
        options: DepositOptions.rows + [.option(.record), .flag(.anew), .flag(.takeOver), .option(.key)],
        operand: package,
        examples: [
            ("imprimatur deposit --target zenodo-sandbox lysozyme", "a draft for trials"),
            (
                "imprimatur deposit --target https://data.example.org --record record.json files",
                "another server, with a record of one's own"
            ),
        ],
        run: DepositVerb.deposit)

    static let depositResume = VerbRow(
        "deposit resume", "go on with a deposit that was interrupted",
        description: [
            "Looks at what the repository holds, and does what is missing: from the journal and the server alone, after a "
                + "power cut as after a week. A publication that was confirmed and whose answer was lost is looked for."
        ],
        options: DepositOptions.rows + [.option(.record), .flag(.takeOver), .option(.key)], operand: package,
        run: DepositVerb.resume)

    static let depositStatus = VerbRow(
        "deposit status", "tell how a deposit stands",
        description: ["Asks the repository for the draft or the record and its files. Local files are not read."],
        options: DepositOptions.rows, operand: package, run: DepositVerb.status)

    static let depositVerify = VerbRow(
        "deposit verify", "compare what a repository holds with the package",
        description: [
            "Takes the digests of the local files anew and compares names, sizes, digests, DOI and record. Ends with 1 when "
                + "something differs."
        ],
        options: DepositOptions.rows + [.option(.record)], operand: package, run: DepositVerb.verify)

    static let depositPublish = VerbRow(
        "deposit publish", "publish a deposit, which cannot be undone",
        description: [
            "Compares everything again, shows what is to be published, and waits for the DOI to be typed; in scripts "
                + "--confirm gives it. No other verb publishes.",
            "A package whose data were not checked when it was built is refused, unless --unchecked says that this is known.",
        ],
        options: DepositOptions.rows + [.option(.record), .option(.confirm), .flag(.publishesUnchecked)],
        operand: package,
        examples: [
            ("imprimatur deposit publish --target zenodo --confirm 10.5281/zenodo.1234 lysozyme", "in a script")
        ],
        run: DepositVerb.publish)

    static let depositDiscard = VerbRow(
        "deposit discard", "delete the draft of a deposit",
        description: [
            "Deletes the draft that the journal calls ours, once its number is typed or given with --confirm. Local files "
                + "and journals stay."
        ],
        options: DepositOptions.rows + [.option(.confirm)], operand: package, run: DepositVerb.discard)

    static let depositNewVersion = VerbRow(
        "deposit new-version", "bring a package to a new version of a published record",
        description: [
            "Makes the draft of a new version, takes the files of the version before over, and sends only those whose bytes "
                + "changed. Asked twice, the same draft comes back. 'deposit publish' publishes it."
        ],
        options: DepositOptions.rows + [.option(.record), .option(.parent), .option(.key)], operand: package,
        run: DepositVerb.newVersion)

    static let depositSubmit = VerbRow(
        "deposit submit", "hand a deposit to a community, whose curator publishes it",
        description: [
            "Compares everything again, then asks the community for a review. While it is open nobody else can publish; "
                + "'deposit status' tells how it stands."
        ],
        options: DepositOptions.rows + [.option(.record), .option(.community), .option(.confirm)], operand: package,
        run: DepositVerb.submit)

    static let depositLink = VerbRow(
        "deposit link", "make a link by which a referee sees what is closed",
        description: [
            "Prints an address that opens a draft, or the files of a record under embargo, to whoever has it. It is shown once "
                + "and kept in no file."
        ],
        options: DepositOptions.rows + [.option(.until)], operand: package, run: DepositVerb.link)

    static let depositDiff = VerbRow(
        "deposit diff", "compare the DataCite record that a repository serves with ours",
        description: [
            "Names every property as changed, lost or added; what InvenioRDM is known to lose is told apart from what it is "
                + "not. Ends with 1 when something unexpected differs."
        ],
        options: DepositOptions.rows + [.option(.ownXML)], operand: package, run: DepositVerb.difference)

    static let depositSnippets = VerbRow(
        "deposit snippets", "print what others write to lead to the data",
        description: [
            "A sentence for the paper, the loop for the wwPDB, the item of the CIF, BibTeX, RIS, and what a page of one's own "
                + "needs."
        ],
        options: DepositOptions.rows, operand: package, run: DepositVerb.snippets)

    static let depositCheck = VerbRow(
        "deposit check", "ask every public address of a published deposit",
        description: [
            "Compares the record with the package as 'deposit verify' does, then asks each address of a file without a token, "
                + "as a reader does, and checks the imgCIF with a frame of each scan behind its addresses, as "
                + "'imprimatur check --online' does."
        ],
        options: DepositOptions.rows + [.option(.record), .option(.profile), .option(.maxDownload)], operand: package,
        run: DepositVerb.check)

    static let depositFetch = VerbRow(
        "deposit fetch", "fetch the files of a record, and compare them with what the repository states",
        description: [
            "Writes the files of a published record into a folder. A name that would lead out of the folder is not "
                + "written, a file that is there is never replaced."
        ],
        options: DepositOptions.rows + [.option(.fetched)],
        operand: OperandRow("RECORD", .text, minimum: 1, maximum: 1, "number or DOI of a record"),
        examples: [("imprimatur deposit fetch --target zenodo -o lysozyme 1234567", "all files of a record")],
        run: DepositVerb.fetch)
}
