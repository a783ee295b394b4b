// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Report

/// Every verb of the program. A new verb is a row here and a function beside the others in Verbs/.
public enum VerbTable {
    public static let verbs: [VerbRow] = [check, inspect, rulesList, rulesExplain, doctor, completions, manual]

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
                "format", short: "f", placeholder: "FORMAT", shape: .choice(ReportFormat.allCases.map(\.rawValue)),
                "form of the report on standard output"),
            OptionRow(
                "output", short: "o", placeholder: "FILE", shape: .file, isRepeatable: true,
                "write a report to FILE as well, in the form its ending names"),
            OptionRow(
                "all", short: "a", "show everything: reasons for notes, rules that could not look, lines to look with"),
            OptionRow("quiet", short: "q", "print no report; exit code and files tell"),
            color,
            recursive, from0,
            OptionRow("as", placeholder: "NAME", shape: .text, "check NeXus files against this application definition"),
            entry, follow,
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
            OptionRow("json", "print one JSON object a file, with units in the names"), isolate, recursive, from0,
            entry,
            follow,
        ],
        operand: OperandRow("INPUT", .file, minimum: 1, maximum: nil, "file, folder (with -r), '-' or '@LIST'"),
        examples: [("imprimatur inspect --json scan1.nxs", "the geometry of a file, for programs")],
        run: InspectVerb.run)

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
