// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Report

/// Every verb of the program. A new verb is a row here and a function beside the others in Verbs/.
public enum VerbTable {
    public static let verbs: [VerbRow] = [
        check, inspect, compare, describe, rulesList, rulesExplain, definitionsList, definitionsShow, definitionsDiff,
        definitionsImport,
        doctor, completions, manual,
    ]

    static let check = VerbRow(
        "check", "check files and report what is wrong with them",
        description: [
            "Reads imgCIF, CBF and NeXus files, runs the rules of the profile on each and prints a report. The kind of a "
                + "file is told by its bytes, not by its name. Nothing is modified.",
            "An input '-' reads a list of names from standard input, '@LIST' from a file, one name a line.",
        ],
        options: [
            OptionRow("profile", short: "p", placeholder: "NAME|FILE", shape: .text, "rules and tolerances to use"),
            OptionRow(
                "fail-at", placeholder: "LEVEL", shape: .choice(["A", "B", "C", "G"]),
                "level at which a finding fails the run, instead of that of the profile"),
            OptionRow("exit-zero", "end with 0 whatever is found; failures to read still count"),
            OptionRow(
                "format", short: "f", placeholder: "FORMAT", shape: .choice(Formats.all.map { $0.row.name }),
                "form of the report on standard output"),
            OptionRow(
                "output", short: "o", placeholder: "FILE", shape: .file, isRepeatable: true,
                "write a report to FILE as well, in the form its ending names"),
            OptionRow(
                "all", short: "a", "show everything: reasons for notes, rules that could not look, lines to look with"),
            OptionRow(
                "compat", placeholder: "PROGRAM", shape: .choice(["checkimgcif"]),
                "print the verdicts that this program would give beside ours"),
            OptionRow("quiet", short: "q", "print no report; exit code and files tell"),
            color,
            recursive, from0,
            OptionRow("as", placeholder: "NAME", shape: .text, "check NeXus files against this application definition"),
            entry, follow, definitions, dictionary,
            OptionRow(
                "answers", placeholder: "FILE", shape: .file, "answers of the depositor, printed beside the findings"),
            isolate,
            rulesFolder,
        ],
        operand: OperandRow("INPUT", .file, minimum: 1, maximum: nil, "file, folder (with -r), '-' or '@LIST'"),
        examples: [
            ("imprimatur check scan1.cif", "a report on one file"),
            (
                "imprimatur check -r --profile beamline-ci -o report.json /data/visit",
                "everything below a folder, with a report for programs"
            ),
        ],
        run: CheckVerb.run)

    static let inspect = VerbRow(
        "inspect", "print what files describe: beam, detector, scans",
        description: [
            "Prints wavelength, distance, beam centre, scans and panels as the file has them, each with the place it comes "
                + "from. Beam centre and distance are computed from the axes at the settings of the first frame."
        ],
        options: [
            OptionRow("json", "print one JSON object a file, with units in the names"),
            OptionRow(
                "table", placeholder: "TABLE", shape: .choice(["raw-data"]),
                "print the table of a Raw Data Letter, and what it lacks"),
            OptionRow(
                "format", short: "f", placeholder: "FORMAT",
                shape: .choice(RawDataReport.Form.allCases.map(\.rawValue)),
                "form of the table"),
            isolate, recursive, from0,
            entry,
            follow,
        ],
        operand: OperandRow("INPUT", .file, minimum: 1, maximum: nil, "file, folder (with -r), '-' or '@LIST'"),
        examples: [
            ("imprimatur inspect --json scan1.nxs", "the geometry of a file, for programs"),
            ("imprimatur inspect --table raw-data --format markdown scan1.cif", "the table of a Raw Data Letter"),
        ],
        run: InspectVerb.run)

    static let compare = VerbRow(
        "compare", "compare two descriptions of one experiment",
        description: [
            "Reads two files, imgCIF, CBF or NeXus each, and prints every fact that they tell differently, with both "
                + "places: wavelength, limits, scans, and where the corners of every panel stand in the first and the "
                + "last frame of every scan, whatever the frame of reference.",
            "Ends with 0 when nothing differs, with 1 when something does, and with 3 when a file could not be read or "
                + "something could not be compared.",
        ],
        options: [OptionRow("json", "print one JSON object"), entry, follow],
        operand: OperandRow("FILE", .file, minimum: 2, maximum: 2, "two files"),
        examples: [("imprimatur compare scan1.cif scan1.nxs", "what the two say differently")],
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
            OptionRow(
                "output", short: "o", placeholder: "FILE", shape: .file, "write to FILE, and notes to standard error"),
            OptionRow(
                "url", placeholder: "URL", shape: .text,
                "where the data are or will be: the archive, the HDF5 file, or the folder"),
            OptionRow(
                "archive", placeholder: "KIND", shape: .choice(["zip", "tgz", "tbz"]),
                "the address is that of an archive, and the images are members by the names given here"),
            OptionRow("doi", placeholder: "DOI", shape: .text, "DOI of the data set"),
            OptionRow("block", placeholder: "NAME", shape: .text, "block code, instead of the name of the first input"),
            OptionRow(
                "origin", placeholder: "WHICH", shape: .choice(["keep", "centre"]),
                "numbers of the first pixel: as in the source, or moved to its centre"),
            OptionRow(
                "gonio-axis", placeholder: "X,Y,Z", shape: .text,
                "rotation axis in the image (x along fast, y against slow), where headers give none"),
            OptionRow("wavelength", placeholder: "ANGSTROM", shape: .text, "wavelength, where headers give none"),
            OptionRow("facility", placeholder: "NAME", shape: .text, "name of the facility"),
            OptionRow("beamline", placeholder: "NAME", shape: .text, "name of the beamline"),
            OptionRow("detector", placeholder: "NAME", shape: .text, "make and model of the detector"),
            OptionRow("sample", placeholder: "NAME", shape: .text, "name of the crystal"),
            OptionRow("temperature", placeholder: "KELVIN", shape: .text, "temperature of the sample"),
            recursive, from0, entry, rulesFolder,
        ],
        operand: OperandRow("FILE", .file, minimum: 1, maximum: nil, "images, a master file or an experiment list"),
        examples: [
            (
                "imprimatur describe --url https://zenodo.org/records/1/files/a.zip --archive zip -o a.cif a_*.cbf",
                "images that will lie in an archive"
            )
        ],
        run: DescribeVerb.run)

    static let recursive = OptionRow(
        "recursive", short: "r", "take the files in folders; those that are no diffraction data are passed over")

    static let from0 = OptionRow("from0", "names in lists end with a byte of zero")

    static let entry = OptionRow(
        "entry", placeholder: "PATH", shape: .text, "look at one entry or subentry of NeXus files")

    static let follow = OptionRow(
        "follow", placeholder: "WHICH", shape: .choice(["dataset", "none"]),
        "links to follow: to files in the same folder, or none")

    static let isolate = OptionRow("isolate", "read files in a process of its own, for files of strangers")

    static let rulesList = VerbRow(
        "rules list", "list the rules with their levels",
        description: ["One line a rule: identifier, level in the profile, container and fault."],
        options: [
            OptionRow("profile", short: "p", placeholder: "NAME|FILE", shape: .text, "show the levels of this profile"),
            OptionRow(
                "format", short: "f", placeholder: "FORMAT", shape: .choice(["text", "json"]), "form of the list"),
            rulesFolder,
        ],
        run: RulesVerb.list)

    static let rulesExplain = VerbRow(
        "rules explain", "explain rules: what is looked at, why it matters, how it is mended",
        description: ["Prints the page of each rule, as docs/rules has it."],
        operand: OperandRow("ID", .rule, minimum: 1, maximum: nil, "identifier of a rule, such as AXIS-002"),
        examples: [("imprimatur rules explain AXIS-002", "the page of one rule")],
        run: RulesVerb.explain)

    static let definitions = OptionRow(
        "definitions", placeholder: "RELEASE|DIR", shape: .text, isRepeatable: true,
        "NeXus definitions to check against: a release, or a folder of NXDL files laid over those before")

    static let dictionary = OptionRow(
        "dictionary", placeholder: "FILE", shape: .file,
        "DDLm dictionary to check imgCIF against, instead of the one that ships")

    static let definitionsList = VerbRow(
        "definitions list", "list the NeXus definitions of a release, or the releases",
        description: ["Without a release prints those that ship with the program."],
        options: [rulesFolder],
        operand: OperandRow("RELEASE|DIR", .text, minimum: 0, maximum: nil, "a release, or a folder of NXDL files"),
        examples: [("imprimatur definitions list v2026.01", "every definition of a release")],
        run: DefinitionsVerb.list)

    static let definitionsShow = VerbRow(
        "definitions show", "print what a definition asks",
        description: ["Prints the items of a definition, or of what stands at a path below it, one a line."],
        options: [definitions, rulesFolder],
        operand: OperandRow("NAME[/PATH]", .text, minimum: 1, maximum: 1, "a definition, and a path below it"),
        examples: [("imprimatur definitions show NXmx/entry/instrument/beam", "what NXmx asks of the beam")],
        run: DefinitionsVerb.show)

    static let definitionsDiff = VerbRow(
        "definitions diff", "print what two releases ask differently",
        description: ["Lines with '-' stand only in the first release, lines with '+' only in the second."],
        options: [rulesFolder],
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
        options: [
            OptionRow("release", placeholder: "TAG", shape: .text, "the release, when the folder does not name it"),
            OptionRow("date", placeholder: "DAY", shape: .text, "the day of the release, YYYY-MM-DD"),
            OptionRow(
                "output", short: "o", placeholder: "FILE", shape: .file, "write to FILE instead of standard output"),
            OptionRow("check", "compare the facts of --release with the folder"), rulesFolder,
        ],
        operand: OperandRow("DIR", .folder, minimum: 1, maximum: 1, "folder with NXDL files, or a dictionary in DDLm"),
        examples: [
            ("imprimatur definitions import --release v2026.01 -o facts.tsv definitions", "facts from a checkout")
        ],
        run: DefinitionsVerb.compile)

    static let doctor = VerbRow(
        "doctor", "print versions, folders and what this machine allows",
        description: ["Says what a report depends on, for the authors of this program and for yourself."],
        options: [rulesFolder],
        run: DoctorVerb.run)

    static let completions = VerbRow(
        "completions", "print the completion script of a shell",
        description: ["Bash: source <(imprimatur completions bash)."],
        operand: OperandRow("SHELL", .choice(Completions.shells), minimum: 1, maximum: 1, "bash, zsh or fish"),
        run: DocumentVerbs.completions)

    static let manual = VerbRow(
        "man", "print the manual page in roff",
        description: ["To read it: imprimatur man | man -l -"],
        run: DocumentVerbs.manual)

    static let color = OptionRow(
        "color", placeholder: "WHEN", shape: .choice(["auto", "always", "never"]), "colour the report")

    static let rulesFolder = OptionRow(
        "rules", placeholder: "DIR", shape: .folder, "folder with profiles and definitions")
}
