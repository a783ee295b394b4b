// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension VerbTable {
    static let packagePlan = VerbRow(
        "package plan", "say how data would lie in a deposit, and whether a repository takes it",
        description: [
            "Prints the files of a deposit with their sizes, the requests that it takes and how long they take at least. "
                + "Only names and sizes are looked at, nothing is read.",
            "Images of a scan go into ZIP volumes below 3.9 GB, members stored as they are; HDF5 files stay as they are.",
            "Ends with 1 when the repository would refuse the deposit.",
            "With --fair the headers of the data are read too, and each metric of FAIRness that this serves is answered. There "
                + "is no score.",
        ],
        options: [
            .option(.repository), .option(.dataBase), .flag(.fair), .option(.packageFailAt), .option(.format),
            .option(.reports), .flag(.all), .flag(.quiet), .option(.color),
        ] + InputOptions.rows + RulesOptions.rows,
        operand: OperandRow(
            "FILE", .file, minimum: 1, maximum: nil,
            "the author's file, which ends in .json5, or images, HDF5 files, folders with -r"),
        examples: [("imprimatur package plan --target zenodo l-cyst_*.cbf", "what a deposit on Zenodo would hold")],
        run: PackagePlanVerb.run)

    static let packageChecklist = VerbRow(
        "package checklist", "list what an archive with a form asks, and what is known of it",
        description: [
            "For archives that take data by a form and a transfer of their own: each field with the answer of the author file "
                + "and the data, [ ] where nothing known answers it, [!] where the archive wants another answer. Nothing is "
                + "sent."
        ],
        options: [.option(.formArchive)] + InputOptions.rows + RulesOptions.rows,
        operand: OperandRow(
            "FILE", .file, minimum: 1, maximum: nil,
            "the author's file, which ends in .json5, or images, HDF5 files, folders with -r"),
        examples: [("imprimatur package checklist --for sbgrid publication.json5", "what the SBGrid Data Bank asks")],
        run: PackageChecklistVerb.run)

    static let packageTechniques = VerbRow(
        "package techniques", "find terms of PaNET for the techniques of an author file",
        description: ["Prints the ids and labels of the terms that hold all the words."],
        options: RulesOptions.rows,
        operand: OperandRow("WORD", .text, minimum: 1, maximum: nil, "words of the label, or an id"),
        examples: [("imprimatur package techniques serial", "serial crystallography and its kinds")],
        run: PackageTechniquesVerb.run)

    static let packageBuild = VerbRow(
        "package build", "make the folder that a repository takes",
        description: [
            "Reads the data once and writes volumes, manifests and documents into a new folder, which is there whole or not "
                + "at all. The same data give the same bytes.",
            "The data are described in imgCIF and checked; data with findings at the fail level are refused.",
            "Nothing of the data is changed, and no folder that is there is written into.",
        ],
        options: [
            .option(.package), .option(.repository), .option(.dataBase), .flag(.virtual), .flag(.memberMD5),
            .flag(.unchecked), .option(.crate), .option(.profile), .option(.failAt), .option(.answers), .flag(.quiet),
        ] + InputOptions.rows + FrameOptions.rows + DescriptionFacts.rows + RulesOptions.rows,
        operand: OperandRow(
            "FILE", .file, minimum: 1, maximum: nil,
            "the author's file, which ends in .json5, and images, HDF5 files, or folders with -r"),
        examples: [
            ("imprimatur package build -o package publication.json5", "a package of the data that the author lists"),
            ("imprimatur package build -o package l-cyst_*.cbf", "a package without people and words"),
        ],
        run: PackageBuildVerb.run)

    static let packageVerify = VerbRow(
        "package verify", "hold a package or a bag against its own lists",
        description: [
            "Takes the digests of every file, holds them against the lists of the package, and each member of each volume "
                + "against the table of members: bytes, place, SHA-256 and CRC-32. Of volumes that were not written the data "
                + "are read.",
            "A folder of what was fetched of a record is held against the lists that it brings along.",
            "With --key the signature of its list of digests is held against a public key.",
            "With --bag any bag is read, BagIt 0.93 to 1.0: declaration, paths, lists, digests, Payload-Oxum.",
            "Ends with 0 when all is as stated, with 1 when something is not, with 3 when something could not be read.",
        ],
        options: [
            .flag(.bagOfOthers), .option(.key), .option(.packageFailAt), .option(.format), .option(.reports),
            .flag(.all),
            .flag(.quiet), .option(.color),
        ],
        operand: OperandRow(
            "FOLDER", .folder, minimum: 1, maximum: 1, "the package, what was fetched of one, or the bag"),
        examples: [("imprimatur package verify package", "a package before it is deposited")],
        run: PackageVerifyVerb.run)

    static let packageComplete = VerbRow(
        "package complete", "write the DOI and the addresses of a record into the documents of a package",
        description: [
            "Once a repository has reserved a DOI the documents of a package are made again with it: dataset.cif names DOI "
                + "and addresses of the files, and README, CITATION.cff, DataCite record, RO-Crate and the lists of digests "
                + "follow. Volumes stay as they are, and no image is read."
        ],
        options: [
            .option(.doi), .option(.recordNumber), .option(.repository), .option(.crate), .option(.key), .flag(.quiet),
        ] + RulesOptions.rows,
        operand: OperandRow("PACKAGE", .folder, minimum: 1, maximum: 1, "a package of 'imprimatur package build'"),
        examples: [
            (
                "imprimatur package complete --doi 10.5072/zenodo.7 --record 7 --target zenodo-sandbox package",
                "a package for a draft on the sandbox of Zenodo"
            )
        ],
        run: PackageCompleteVerb.run)

    static let packageSign = VerbRow(
        "package sign", "sign the list of digests of a package",
        description: [
            "Holds a package against its own lists, and writes manifest.sig beside SHA256SUMS: an Ed25519 signature of the list "
                + "with the key that --key names. 'package verify --key' and openssl verify it.",
            "A deposit writes the list anew once it has its DOI: sign after it and resume it, or give --key to 'deposit'.",
        ],
        options: [.option(.key), .option(.packageFailAt), .flag(.quiet)],
        operand: OperandRow("PACKAGE", .folder, minimum: 1, maximum: 1, "a package of 'imprimatur package build'"),
        examples: [("imprimatur package sign --key key.pem package", "a signature over every file of the deposit")],
        run: PackageSignVerb.run)

    static let packageBag = VerbRow(
        "package bag", "make a bag of a package",
        description: [
            "Copies the deposit of a package into the payload of a new bag (BagIt 1.0), with SHA-256 and MD5 of every file; "
                + "each byte is held against the digest that the package states.",
            "With --holey and the number of a record the bag holds no payload but the addresses from which it is fetched: "
                + "kilobytes that verify the data later.",
        ],
        options: [
            .option(.bag), .flag(.holey), .option(.recordNumber), .option(.repository), .option(.doi), .flag(.quiet),
        ] + RulesOptions.rows,
        operand: OperandRow("PACKAGE", .folder, minimum: 1, maximum: 1, "a package of 'imprimatur package build'"),
        examples: [("imprimatur package bag -o bag package", "a bag that holds the deposit")],
        run: PackageBagVerb.run)

    static let verdictWrite = VerbRow(
        "verdict write", "write what passed, of which bytes, by which rules",
        description: [
            "Reads a package whose data passed a check, holds every file against its digests, and writes an in-toto "
                + "Statement: volumes and members with SHA-256, versions and digests of program, rules and profile.",
            "With --key it is signed by an Ed25519 key and written as a DSSE envelope.",
            "The stage is preliminary after a sample of the frames was decoded, complete after all were, and published with "
                + "--published, when the repository of the deposit holds the files of the package.",
        ],
        options: [
            .option(.verdict), .flag(.replace), .option(.key), .flag(.ofPublished), .option(.depositTarget),
            .option(.tokenFile), .flag(.production), .flag(.quiet),
        ] + RulesOptions.rows,
        operand: OperandRow("PACKAGE", .folder, minimum: 1, maximum: 1, "a package of 'imprimatur package build'"),
        examples: [
            ("imprimatur verdict write --key key.pem -o verdict.json package", "a signed verdict on a package")
        ],
        run: VerdictVerbs.write)

    static let verdictVerify = VerbRow(
        "verdict verify", "hold files against a verdict on them",
        description: [
            "Takes the SHA-256 of the files below FOLDER that the verdict names: volumes, or what was unpacked of them. "
                + "With --key the signature is held against a public key.",
            "A verdict is stale when this program has rules that were not there when it was given; check the data again.",
            "Ends with 0 when the files are those of the verdict, with 1 when they are not, when it is not signed by the key, "
                + "or when it is stale.",
        ],
        options: [
            .option(.verdictData), .option(.key), .option(.packageFailAt), .option(.format), .option(.reports),
            .flag(.all), .flag(.quiet), .option(.color),
        ],
        operand: OperandRow("VERDICT", .file, minimum: 1, maximum: 1, "a verdict, signed or not"),
        examples: [
            (
                "imprimatur verdict verify --key public.pem --data package/deposit verdict.json",
                "a deposit and its verdict"
            )
        ],
        run: VerdictVerbs.verify)
}
