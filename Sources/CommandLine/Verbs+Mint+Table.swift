// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension VerbTable {
    private static var account: [OptionRow] {
        [.option(.mintAddress), .flag(.production), .option(.tokenFile)] + RulesOptions.rows
    }
    private static var ofRecord: [OptionRow] {
        [.option(.reservedDOI), .option(.landingPage), .option(.publisherName)] + ReadingOptions.rows + account
    }
    private static let words = [
        "For those who own a prefix at DataCite. The system for tests is asked without --production. User and password, with "
            + "a colon between, come from IMPRIMATUR_DATACITE_TEST or IMPRIMATUR_DATACITE, or from a file of mode 0600."
    ]
    private static let authorFile = OperandRow("FILE", .file, minimum: 1, maximum: 1, "publication.json5")
    private static let ownDOI = OperandRow("DOI", .text, minimum: 1, maximum: 1, "the DOI")

    static let mintDraft = VerbRow(
        "mint draft", "make a DOI that can still be deleted", description: words,
        options: [.option(.prefix)] + ofRecord, operand: authorFile,
        examples: [
            ("imprimatur mint draft --prefix 10.5072 --publisher 'My Institute' publication.json5", "a new DOI")
        ],
        run: MintVerb.draft)

    static let mintValidate = VerbRow(
        "mint validate", "ask DataCite what is wrong with a record",
        description: words
            + ["DataCite answers 200 whatever it says, and names one fault of each property at a time."],
        options: ofRecord, operand: authorFile,
        examples: [
            ("imprimatur mint validate --doi 10.5072/x --publisher 'My Institute' publication.json5", "its faults")
        ],
        run: MintVerb.validate)

    static let mintRegister = VerbRow(
        "mint register", "make a DOI resolve without being found", description: words,
        options: [.option(.confirm)] + ofRecord, operand: authorFile,
        examples: [("imprimatur mint register --publisher 'My Institute' publication.json5", "asks before")],
        run: MintVerb.register)

    static let mintPublish = VerbRow(
        "mint publish", "make a DOI resolve and be found", description: words,
        options: [.option(.confirm)] + ofRecord, operand: authorFile,
        examples: [("imprimatur mint publish --publisher 'My Institute' publication.json5", "asks before")],
        run: MintVerb.publish)

    static let mintUpdate = VerbRow(
        "mint update", "write the record anew, in the state that the DOI has",
        description: words
            + [
                "With --list many records are written, one after the other. FILE.journal beside the list says which were: a "
                    + "run that was stopped goes on there, and an author file that changed since is sent again."
            ],
        options: [.option(.mintList)] + ofRecord,
        operand: OperandRow("FILE", .file, minimum: 0, maximum: 1, "publication.json5"),
        examples: [
            ("imprimatur mint update --publisher 'My Institute' publication.json5", "after a correction"),
            ("imprimatur mint update --publisher 'My Institute' --list records.txt", "all records of an institute"),
        ],
        run: MintVerb.update)

    static let mintHide = VerbRow(
        "mint hide", "take a DOI out of searches", description: words, options: [.option(.confirm)] + account,
        operand: ownDOI, examples: [("imprimatur mint hide 10.5072/4k7m-9qd2-3", "asks before")], run: MintVerb.hide)

    static let mintStatus = VerbRow(
        "mint status", "say how far a DOI has come", description: words, options: account, operand: ownDOI,
        examples: [("imprimatur mint status 10.5072/4k7m-9qd2-3", "draft, registered or findable")],
        run: MintVerb.status)

    static let mintDelete = VerbRow(
        "mint delete", "delete a draft", description: words, options: [.option(.confirm)] + account, operand: ownDOI,
        examples: [("imprimatur mint delete 10.5072/4k7m-9qd2-3", "asks before")], run: MintVerb.delete)
}
