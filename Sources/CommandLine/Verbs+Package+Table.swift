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
        ],
        options: [
            .option(.target), .option(.dataBase), .option(.packageFailAt), .option(.format), .option(.reports),
            .flag(.all), .flag(.quiet), .option(.color),
        ] + InputOptions.rows + RulesOptions.rows,
        operand: OperandRow("DATA", .file, minimum: 1, maximum: nil, "images, HDF5 files, or folders with -r"),
        examples: [("imprimatur package plan --target zenodo l-cyst_*.cbf", "what a deposit on Zenodo would hold")],
        run: PackagePlanVerb.run)

    static let packageBuild = VerbRow(
        "package build", "make the folder that a repository takes",
        description: [
            "Reads the data once and writes volumes, manifests and documents into a new folder, which is there whole or not "
                + "at all. The same data give the same bytes.",
            "Nothing of the data is changed, and no folder that is there is written into.",
        ],
        options: [
            .option(.package), .option(.target), .option(.dataBase), .flag(.virtual), .flag(.memberMD5),
            .flag(.quiet),
        ] + InputOptions.rows + RulesOptions.rows,
        operand: OperandRow("DATA", .file, minimum: 1, maximum: nil, "images, HDF5 files, or folders with -r"),
        examples: [("imprimatur package build -o package l-cyst_*.cbf", "a package of one data set")],
        run: PackageBuildVerb.run)

    static let packageVerify = VerbRow(
        "package verify", "hold a package or a bag against its own lists",
        description: [
            "Takes the digests of every file, holds them against the lists of the package, and each member of each volume "
                + "against the table of members: bytes, place, SHA-256 and CRC-32. Of volumes that were not written the data "
                + "are read.",
            "With --bag any bag is read, BagIt 0.93 to 1.0: declaration, paths, lists, digests, Payload-Oxum.",
            "Ends with 0 when all is as stated, with 1 when something is not, with 3 when something could not be read.",
        ],
        options: [
            .flag(.bagOfOthers), .option(.packageFailAt), .option(.format), .option(.reports), .flag(.all),
            .flag(.quiet), .option(.color),
        ],
        operand: OperandRow("FOLDER", .folder, minimum: 1, maximum: 1, "the package, or the bag"),
        examples: [("imprimatur package verify package", "a package before it is deposited")],
        run: PackageVerifyVerb.run)
}
