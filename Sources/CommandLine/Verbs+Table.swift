// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions

/// Every verb of the program. A new verb is a row here and a function beside the others in Verbs/.
public enum VerbTable {
    /// By name, so that a run makes the row of its own verb and no other.
    public static let entries: [VerbEntry] =
        [
            VerbEntry("check") { check }, VerbEntry("inspect") { inspect }, VerbEntry("compare") { compare },
            VerbEntry("describe") { describe }, VerbEntry("convert") { convert }, VerbEntry("checksum") { checksum },
            VerbEntry("verify") { verify }, VerbEntry("package init") { packageInit },
            VerbEntry("package record") { packageRecord }, VerbEntry("package export") { packageExport },
            VerbEntry("package instrument") { packageInstrument }, VerbEntry("package plan") { packagePlan },
            VerbEntry("package build") { packageBuild }, VerbEntry("package verify") { packageVerify },
            VerbEntry("package complete") { packageComplete }, VerbEntry("package bag") { packageBag },
            VerbEntry("package sign") { packageSign }, VerbEntry("package checklist") { packageChecklist },
            VerbEntry("package techniques") { packageTechniques },
            VerbEntry("verdict write") { verdictWrite }, VerbEntry("verdict verify") { verdictVerify },
            VerbEntry("mint draft") { mintDraft }, VerbEntry("mint validate") { mintValidate },
            VerbEntry("mint register") { mintRegister }, VerbEntry("mint publish") { mintPublish },
            VerbEntry("mint update") { mintUpdate }, VerbEntry("mint hide") { mintHide },
            VerbEntry("mint status") { mintStatus }, VerbEntry("mint delete") { mintDelete },
            VerbEntry("deposit") { deposit }, VerbEntry("deposit resume") { depositResume },
            VerbEntry("deposit status") { depositStatus }, VerbEntry("deposit verify") { depositVerify },
            VerbEntry("deposit publish") { depositPublish }, VerbEntry("deposit discard") { depositDiscard },
            VerbEntry("deposit fetch") { depositFetch }, VerbEntry("deposit new-version") { depositNewVersion },
            VerbEntry("deposit submit") { depositSubmit }, VerbEntry("deposit link") { depositLink },
            VerbEntry("deposit diff") { depositDiff }, VerbEntry("deposit snippets") { depositSnippets },
            VerbEntry("deposit check") { depositCheck }, VerbEntry("rules list") { rulesList },
            VerbEntry("rules explain") { rulesExplain }, VerbEntry("config show") { configShow },
            VerbEntry("definitions list") { definitionsList }, VerbEntry("definitions show") { definitionsShow },
            VerbEntry("definitions diff") { definitionsDiff }, VerbEntry("definitions import") { definitionsImport },
            VerbEntry("doctor") { doctor }, VerbEntry("completions") { completions }, VerbEntry("man") { manual },
        ] + services + audits

    /// All rows, for what tells of every verb.
    public static var verbs: [VerbRow] { entries.map { $0.row() } }

    static let check = VerbRow(
        "check", "check files and report what is wrong with them",
        description: [
            "Reads imgCIF, CBF and NeXus files, runs the rules of the profile on each and prints a report. The kind of a "
                + "file is told by its bytes, not by its name. Nothing is modified.",
            "An input '-' reads a list of names from standard input, '@LIST' from a file, one name a line.",
        ],
        options: [
            .option(.profile), .option(.failAt), .flag(.exitZero), .option(.format), .option(.reports), .flag(.all),
            .option(.compat), .flag(.noDigest), .flag(.quiet), .option(.color),
        ] + InputOptions.rows + [.option(.definition)] + ReadingOptions.rows + LocationOptions.rows + OnlineOptions.rows
            + FrameOptions.rows
            + [
                .option(.definitions), .option(.dictionary), .option(.answers), .option(.baseline),
                .option(.writeBaseline),
                .option(.config), .flag(.noConfig), .flag(.isolate),
            ] + RulesOptions.rows,
        operand: OperandRow("INPUT", .file, minimum: 1, maximum: nil, "file, folder (with -r), '-' or '@LIST'"),
        examples: [
            ("imprimatur check scan1.cif", "a report on one file"),
            (
                "imprimatur check -r --profile beamline-ci -o report.json /data/visit",
                "everything below a folder, with a report for programs"
            ),
            ("imprimatur check --write-baseline known.json scan1.nxs", "take the findings of today as known"),
            ("imprimatur check --baseline known.json scan1.nxs", "fail for new findings alone"),
        ],
        run: CheckVerb.run)

    static let inspect = VerbRow(
        "inspect", "print what files describe: beam, detector, scans",
        description: [
            "Prints wavelength, distance, beam centre, scans and panels as the file has them, each with the place it comes "
                + "from. Beam centre and distance are computed from the axes at the settings of the first frame.",
            "Ends with 3 when a file cannot be read, or the pixels of an image are cut: what its header says is printed all "
                + "the same.",
            "With --frame, --strip or --max it writes a picture of one file instead: panels where they stand, seen from "
                + "the sample with gravity down, mask, beam centre, rings of resolution.",
        ],
        options: [
            .flag(.jsonOfFiles), .option(.table), .option(.tableForm), .flag(.noSources), .flag(.layout),
            .flag(.isolate),
        ]
            + PictureOptions.rows + LocationOptions.rows + InputOptions.rows + ReadingOptions.rows,
        operand: OperandRow("INPUT", .file, minimum: 1, maximum: nil, "file, folder (with -r), '-' or '@LIST'"),
        examples: [
            ("imprimatur inspect --json scan1.nxs", "the geometry of a file, for programs"),
            ("imprimatur inspect --table raw-data --format markdown scan1.cif", "the table of a Raw Data Letter"),
            ("imprimatur inspect --frame 1 -o first.png scan1.nxs", "a picture of the first frame"),
        ],
        run: InspectVerb.run)

    static let compare = VerbRow(
        "compare", "compare two descriptions of one experiment",
        description: [
            "Reads two files, imgCIF, CBF or NeXus each, and prints every fact that they tell differently, with both "
                + "places: wavelength, limits, scans, and where the corners of every panel stand in the first and the "
                + "last frame of every scan, whatever the frame of reference.",
            "Frames are compared pixel by pixel, counted through all scans: the ends and the middle, or what --frames says; "
                + "values that differ pass where both are flags.",
            "Ends with 0 when nothing differs, with 1 when something does, and with 3 when a file could not be read or "
                + "something in it could not be compared; images behind addresses are left to --online, --sub and --local.",
        ],
        options: [.flag(.jsonOfAll)] + FrameOptions.rows + LocationOptions.rows + ReadingOptions.rows,
        operand: OperandRow("FILE", .file, minimum: 2, maximum: 2, "two files"),
        examples: [
            ("imprimatur compare scan1.cif scan1.nxs", "what the two say differently"),
            ("imprimatur compare --frames all image.cbf scan1.nxs", "the same, and every pixel"),
        ],
        run: CompareVerb.run)

    static let describe = VerbRow(
        "describe", "write the imgCIF description of images",
        description: [
            "Reads CBF and SMV images, an NXmx master or a DIALS experiment list (.expt) and writes the imgCIF file that "
                + "describes them: axes, detector, scans, frames, and where the images are. Images are grouped into scans by "
                + "their names and headers.",
            "Nothing is asked and nothing invented. What no header holds is given by options; what was assumed stands in "
                + "comments of the file. Without --url the frames have no images, which 'imprimatur check' tells.",
        ],
        options: [
            .option(.description), .flag(.force), .option(.url), .option(.archive), .option(.doi), .option(.block),
            .option(.origin), .option(.goniometerAxis), .option(.wavelength), .option(.beamCentre), .option(.distance),
            .option(.exposure),
            .option(.probe), .option(.timeZone), .flag(.allowFindings), .option(.facility), .option(.beamline),
            .option(.detector),
            .option(.sample), .option(.temperature),
        ] + InputOptions.rows + ReadingOptions.rows + RulesOptions.rows,
        operand: OperandRow("FILE", .file, minimum: 1, maximum: nil, "images, a master file or an experiment list"),
        examples: [
            (
                "imprimatur describe --url https://zenodo.org/records/1/files/a.zip --archive zip -o a.cif a_*.cbf",
                "images that will lie in an archive"
            )
        ],
        run: DescribeVerb.run)

    static let convert = VerbRow(
        "convert", "convert images to NXmx",
        description: [
            "Reads full imgCIF and CBF files, miniCBF and SMV images, imgCIF descriptions with their images, and DIALS "
                + "experiment lists, and writes one NXmx file a scan. Images are put into scans by their names and headers; the "
                + "output has the name of the images without their number.",
            "Every pixel value survives, every pixel stays where it was, and what the input does not say is not invented: "
                + "it is given by options, or left out and told. A file gets its name when it was read again, checked by the "
                + "rules of the profile nxmx-processing, and compared with its input.",
            "Ends with 0, with 1 when a scan was refused or a finding is at level B or above, with 3 when something could not "
                + "be read or written.",
        ],
        options: ConversionOptions.rows + LocationOptions.rows + InputOptions.rows + ReadingOptions.rows
            + RulesOptions.rows,
        operand: OperandRow(
            "INPUT", .file, minimum: 1, maximum: nil, "images, descriptions or experiment lists; folders with -r"),
        examples: [
            ("imprimatur convert -o nexus/ images/*.cbf", "a file a scan, below the folder nexus"),
            ("imprimatur convert --dry-run images/*.cbf", "the scans, and what would be assumed"),
            ("imprimatur convert --gonio-axis 0,1,0 still_*.cbf", "images whose headers give no axis"),
        ],
        run: ConvertVerb.run)

    static let configShow = VerbRow(
        "config show", "print the settings that a check would run with",
        description: [
            "Prints what imprimatur.json5 says: the nearest one above INPUT or the working directory, else that of the "
                + "user. A folder that is checked decides nothing by what lies in it.",
            "Options on the command line come before it.",
        ],
        options: [.flag(.originOfSettings), .option(.config), .flag(.noConfig)],
        operand: OperandRow("INPUT", .file, minimum: 0, maximum: 1, "a file or folder that would be checked"),
        examples: [("imprimatur config show --origin", "each value, with the line that sets it")],
        run: ConfigVerb.show)

    static let rulesList = VerbRow(
        "rules list", "list the rules with their levels",
        description: ["One line a rule: identifier, level in the profile, container and fault."],
        options: [.option(.shownProfile), .option(.listForm)] + RulesOptions.rows,
        run: RulesVerb.list)

    static let rulesExplain = VerbRow(
        "rules explain", "explain rules: what is looked at, why it matters, how it is mended",
        description: ["Prints the page of each rule, as docs/rules has it."],
        operand: OperandRow("ID", .rule, minimum: 1, maximum: nil, "identifier of a rule, such as AXIS-002"),
        examples: [("imprimatur rules explain AXIS-002", "the page of one rule")],
        run: RulesVerb.explain)

    static let definitionsList = VerbRow(
        "definitions list", "list the NeXus definitions of a release, or the releases",
        description: ["Without a release prints those that ship with the program."],
        options: RulesOptions.rows,
        operand: OperandRow("RELEASE|DIR", .release, minimum: 0, maximum: nil, "a release, or a folder of NXDL files"),
        examples: [("imprimatur definitions list v2026.01", "every definition of a release")],
        run: DefinitionsVerb.list)

    static let definitionsShow = VerbRow(
        "definitions show", "print what a definition asks",
        description: ["Prints the items of a definition, or of what stands at a path below it, one a line."],
        options: [.option(.definitions)] + RulesOptions.rows,
        operand: OperandRow("NAME[/PATH]", .text, minimum: 1, maximum: 1, "a definition, and a path below it"),
        examples: [("imprimatur definitions show NXmx/entry/instrument/beam", "what NXmx asks of the beam")],
        run: DefinitionsVerb.show)

    static let definitionsDiff = VerbRow(
        "definitions diff", "print what two releases ask differently",
        description: ["Lines with '-' stand only in the first release, lines with '+' only in the second."],
        options: RulesOptions.rows,
        operand: OperandRow("WORD", .text, minimum: 3, maximum: 3, "first release, second release, definition"),
        examples: [("imprimatur definitions diff v2024.02 v2026.01 NXmx", "how NXmx changed")],
        run: DefinitionsVerb.difference)

    static let definitionsImport = VerbRow(
        "definitions import", "compile NXDL files or a CIF dictionary into facts",
        description: [
            "Prints the facts (names, types, units, occurrence) of a folder of NXDL files, with the digest of each file. No "
                + "documentation text is kept. With --check the facts that ship are compared with the folder.",
            "Of a dictionary FILE.dic the facts hold also what it imports from files beside it.",
        ],
        options: [.option(.release), .option(.date), .option(.facts), .flag(.force), .flag(.check)]
            + RulesOptions.rows,
        operand: OperandRow("DIR", .folder, minimum: 1, maximum: 1, "folder with NXDL files, or a dictionary in DDLm"),
        examples: [
            ("imprimatur definitions import --release v2026.01 -o facts.tsv definitions", "facts from a checkout")
        ],
        run: DefinitionsVerb.compile)

    static let doctor = VerbRow(
        "doctor", "print versions, folders and what this machine allows",
        description: [
            "Says what a report depends on, for the authors of this program and for yourself.",
            "With a folder says what its storage lets HDF5 do instead: file system, locks, and whether a file can be read "
                + "there while it is written (SWMR). Locks are tried on a file without a name, which is gone at once.",
        ],
        options: RulesOptions.rows,
        operand: OperandRow("DIR", .folder, minimum: 0, maximum: 1, "a folder that data are written to or read from"),
        examples: [("imprimatur doctor /data/visit", "file system, locks and SWMR of a folder")],
        run: DoctorVerb.run)

    static let completions = VerbRow(
        "completions", "print the completion script of a shell",
        description: ["Bash: source <(imprimatur completions bash)."],
        options: RulesOptions.rows,
        operand: OperandRow("SHELL", .choice(Completions.shells), minimum: 1, maximum: 1, "bash, zsh or fish"),
        run: DocumentVerbs.completions)

    static let manual = VerbRow(
        "man", "print the manual page in roff",
        description: ["To read it: imprimatur man | man -l -"],
        run: DocumentVerbs.manual)
}
