// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Wrong uses of every verb: the first line on standard error, the exit code, and nothing on disk.
///
/// Oracle: the table of exit codes in docs/guide/reports.md; the words are reviewed here.
@Suite struct WrongUseTests {
    typealias Line = Yard.Line

    @Test(
        "a wrong use is named in one line, ends with its code and changes nothing",
        arguments: [
            Line("check", 2, "INPUT is missing after 'check'"),
            Line("check --nonsense good.cif", 2, "'--nonsense' is no option of 'check'"),
            Line(
                "check --profile nosuch good.cif", 2,
                "--profile: there is no profile 'nosuch'; those of '{rules}' are default"),
            Line(
                "check --profile secret good.cif", 2,
                "--profile: there is no profile 'secret'; those of '{rules}' are default"),
            Line(
                "check --profile visit good.cif", 2,
                "--profile: there is no profile 'visit'; those of '{rules}' are default"),
            Line(
                "check --fail-at Z good.cif", 2,
                "'Z' is no value of '--fail-at', which takes A, B, C or G"),
            Line(
                "check -f nosuch good.cif", 2,
                "'nosuch' is no value of '-f', which takes text, json, jsonl, checkcif, sarif, junit, gitlab, github, "
                    + "markdown, csv, prometheus, scicat or html"
            ),
            Line(
                "check --color maybe good.cif", 2, "'maybe' is no value of '--color', which takes auto, always or never"
            ),
            Line("check --follow all good.cif", 2, "'all' is no value of '--follow', which takes dataset or none"),
            Line("check --answers nothere good.cif", 2, "the answers in 'nothere' cannot be read"),
            Line("check --answers secret good.cif", 2, "secret:1:1: 'secret' is no value"),
            Line(
                "check --dictionary nothere good.cif", 2,
                "the dictionary './nothere' cannot be used: No such file or directory"),
            Line(
                "check --dictionary notes.txt good.cif", 2,
                "the dictionary './notes.txt' cannot be used: it holds no data block"),
            Line(
                "check --definitions v1999.1 good.cif", 2,
                "cannot read the definitions of 'v1999.1': '{rules}/nexus/v1999.1/facts.tsv' is not there"),
            Line(
                "check --definitions ./nothere good.cif", 2,
                "cannot read definitions './nothere': there is no file of NXDL (*.nxdl.xml) in it"),
            Line("check --rules nowhere good.cif", 2, "'nowhere', given by --rules, holds no folder 'profiles'"),
            Line("check --rules notes.txt good.cif", 2, "'notes.txt', given by --rules, holds no folder 'profiles'"),
            Line("check @nothere", 2, "the list of inputs in 'nothere' cannot be read: No such file or directory"),
            Line("check @visit", 2, "the list of inputs in 'visit' cannot be read: Is a directory"),
            Line("check visit", 2, "'visit' is a folder"),
            Line("check \"\"", 3, "'': cannot open the file: No such file or directory"),
            Line("check nothere.cif", 3, "nothere.cif: cannot open the file: No such file or directory"),
            Line("check good.cif/x", 3, "good.cif/x: cannot open the file: Not a directory"),
            Line("check -r visit/inner", 3, ""),
            Line("check -o", 2, "'-o' lacks its value, FILE"),
            Line("check --all=yes good.cif", 2, "'--all' takes no value, and 'yes' is given"),
            Line("check --from0", 2, "INPUT is missing after 'check'"),
            Line("inspect", 2, "INPUT is missing after 'inspect'"),
            Line("inspect --nonsense good.cif", 2, "'--nonsense' is no option of 'inspect'"),
            Line("inspect visit", 2, "'visit' is a folder"),
            Line("inspect nothere.cif", 3, "cannot open the file 'nothere.cif': No such file or directory"),
            Line(
                "inspect --json --table raw-data good.cif", 2,
                "--json, --format and --layout do not go with one another, and --format and --no-sources go with --table"
            ),
            Line(
                "inspect --format csv good.cif", 2,
                "'csv' is no value of '--format', which takes text, markdown or cif"),
            Line("inspect --table nosuch good.cif", 2, "'nosuch' is no value of '--table', which takes raw-data"),
            Line("inspect \"\"", 3, "cannot open the file '': No such file or directory"),
            Line("compare", 2, "FILE is missing after 'compare'"),
            Line("compare good.cif", 2, "FILE is missing after 'compare'"),
            Line("compare good.cif good.cif good.cif", 2, "'good.cif' is one word too many for 'compare'"),
            Line("compare good.cif nothere.cif", 3, "cannot open the file 'nothere.cif': No such file or directory"),
            Line("compare good.cif notes.txt", 3, "cannot compare 'notes.txt': files of kind unknown are not read"),
            Line("compare good.cif visit", 3, "cannot open the file 'visit': it is no regular file"),
            Line("compare --nonsense good.cif good.cif", 2, "'--nonsense' is no option of 'compare'"),
            Line("describe", 2, "FILE is missing after 'describe'"),
            Line("describe --nonsense raw.cbf", 2, "'--nonsense' is no option of 'describe'"),
            Line("describe nothere.cbf", 3, "cannot open 'nothere.cbf': No such file or directory"),
            Line("describe good.cif", 3, "cannot describe 'good.cif': it is a description already"),
            Line("describe notes.txt", 3, "cannot describe 'notes.txt': files of kind unknown are not read"),
            Line("describe visit", 2, "'visit' is a folder"),
            Line(
                "describe --wavelength abc raw.cbf", 2,
                "'abc' is no value of '--wavelength', which takes a number above 0"),
            Line(
                "describe --wavelength inf raw.cbf", 2,
                "'inf' is no value of '--wavelength', which takes a number above 0"),
            Line("describe --distance -1 raw.cbf", 2, "'-1' is no value of '--distance', which takes a number above 0"),
            Line("describe --archive zip raw.cbf", 2, "--archive needs the address of the archive"),
            Line(
                "describe --beam-centre 1 raw.cbf", 2,
                "'1' is no value of '--beam-centre', which takes two numbers, such as 1231.5,1263.5 or 211.8,217.3mm"),
            Line("describe --rules nowhere raw.cbf", 2, "'nowhere', given by --rules, holds no folder 'profiles'"),
            Line("describe -o visit a.img", 2, "cannot write 'visit': Is a directory"),
            Line("describe -o nowhere/a.cif a.img", 3, "cannot write 'nowhere/a.cif': No such file or directory"),
            Line("describe a.img", 3, "cannot describe 'a.img': the input gives no wavelength: give it by option"),
            Line("rules", 2, "'rules' is followed by list or explain"),
            Line("rules nonsense", 2, "'rules nonsense' is no verb"),
            Line("rules list x", 2, "'x' is one word too many for 'rules list'"),
            Line(
                "rules list --profile nosuch", 2,
                "--profile: there is no profile 'nosuch'; those of '{rules}' are default"),
            Line("rules list --rules nowhere", 2, "'nowhere', given by --rules, holds no folder 'profiles'"),
            Line("rules explain", 2, "ID is missing after 'rules explain'"),
            Line("rules explain AXIS-999", 2, "there is no rule 'AXIS-999'; did you mean 'AXIS-009'?"),
            Line("rules explain \"\"", 2, "there is no rule ''"),
            Line(
                "definitions list nosuch", 2,
                "cannot read definitions 'nosuch': there is no file of NXDL (*.nxdl.xml) in it"),
            Line(
                "definitions list visit/inner", 2,
                "cannot read definitions 'visit/inner': there is no file of NXDL (*.nxdl.xml) in it"),
            Line("definitions show", 2, "NAME[/PATH] is missing after 'definitions show'"),
            Line("definitions show NXnosuch", 2, "cannot show 'NXnosuch': there is no such item in v2026.01"),
            Line("definitions show NXmx/nosuch", 2, "cannot show 'NXmx/nosuch': there is no such item in v2026.01"),
            Line("definitions show a b", 2, "'b' is one word too many for 'definitions show'"),
            Line("definitions diff v2024.02 v2026.01", 2, "WORD is missing after 'definitions diff'"),
            Line(
                "definitions diff v2024.02 nosuch NXmx", 2,
                "cannot read definitions 'nosuch': there is no file of NXDL (*.nxdl.xml) in it"),
            Line("definitions diff v2024.02 v2026.01 NXnosuch", 2, "cannot compare 'NXnosuch': neither release has it"),
            Line("definitions import", 2, "DIR is missing after 'definitions import'"),
            Line(
                "definitions import nothere", 2,
                "cannot read definitions 'nothere': there is no file of NXDL (*.nxdl.xml) in it"),
            Line(
                "definitions import visit", 2,
                "cannot read definitions 'visit': there is no file of NXDL (*.nxdl.xml) in it"),
            Line(
                "definitions import notes.txt", 2,
                "cannot read definitions 'notes.txt': there is no file of NXDL (*.nxdl.xml) in it"),
            Line("definitions import nothere.dic", 2, "cannot compile './nothere.dic': No such file or directory"),
            Line(
                "definitions import --check visit", 2,
                "cannot read definitions 'visit': there is no file of NXDL (*.nxdl.xml) in it"),
            Line(
                "definitions import --date yesterday visit", 2,
                "'yesterday' is no value of '--date', which takes a day, such as 2026-01-31"),
            Line("doctor x", 2, "'x' is no folder"),
            Line("doctor visit x", 2, "'x' is one word too many for 'doctor'"),
            Line("serve", 2, "it is not said how requests come"),
            Line("serve --lines --http 8080", 2, "it is not said how requests come"),
            Line(
                "serve --http x", 2,
                "'x' is no value of '--http', which takes a port, or an IP address and a port, such as 127.0.0.1:8080"),
            Line("watch", 2, "DIR is missing after 'watch'"), Line("watch x", 2, "'x' is no folder"),
            Line("doctor --rules nowhere", 2, ""),
            Line("completions", 2, "SHELL is missing after 'completions'"),
            Line("completions tcsh", 2, "'tcsh' is no shell known here"),
            Line("man x", 2, "'x' is one word too many for 'man'"),
            Line("help nosuch", 2, "'nosuch' is no verb"),
            Line("nonsense", 2, "'nonsense' is no verb"),
            Line("worker", 2, "'worker' is for this program itself, which starts it"),
            Line("inspect notes.txt", 3, ""),
            Line("check --no-digest=1 good.cif", 2, "'--no-digest' takes no value, and '1' is given"),
            Line("check $'no\\xffthere.cif'", 3, "no\\xffthere.cif: cannot open the file: No such file or directory"),
            Line(
                "inspect $'no\\xffthere.cif'", 3, "cannot open the file 'no\\xffthere.cif': No such file or directory"),
            Line("describe $'no\\xffthere.cbf'", 3, "cannot open 'no\\xffthere.cbf': No such file or directory"),
            Line("--verison", 2, "'--verison' is no verb"),
        ])
    func wrongUse(one: Line) throws {
        let yard = try Yard()
        let before = try yard.contents()
        let result = try yard.shell("timeout 60 $P \(one.line)")
        #expect(result.code == one.code, "\(result.output)\(result.complaints)")
        let rules = yard.folder.appendingPathComponent("rules").path
        let words = one.words.isEmpty ? "" : "imprimatur: " + one.words.replacing("{rules}", with: rules)
        #expect(result.complaints.prefix { $0 != "\n" } == words)
        #expect(one.code != 2 || result.output.isEmpty || one.line.hasPrefix("doctor"), "\(result.output)")
        #expect(try yard.contents() == before)
    }
}
