// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import DataCite
import Diffraction
import Findings
import Packaging
import Report
import Transport

/// `imprimatur package checklist`: what an archive with a form asks, with what is known of it.
enum PackageChecklistVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            let rules = try RulesOptions(call).folder
            guard let word = call[.formArchive] else {
                throw Failure(
                    usage: "no archive is named",
                    remedy: "add --for with one of " + FormArchive.ids(rules).joined(separator: ", "))
            }
            let archive = try FormArchive.find(word, rules)
            let inputs = try PackageInputs(call)
            let reading = try PublicationReading.read(inputs, call)
            let selection = try DataSelection(inputs.expanded.inputs, base: inputs.base)
            let list = Checklist(
                archive, record: reading.record, facts: reading.facts, sample: reading.author?.sample?.value,
                bytes: selection.bytes)
            StandardStream.report(text(list, archive, width: call.surroundings.terminal.width))
            for failure in reading.failures { StandardStream.complain(failure.line) }
            return reading.failures.isEmpty ? .fine : .unreadable
        } catch {
            return StandardStream.tell(error)
        }
    }

    private static func text(_ list: Checklist, _ archive: FormArchive, width: Int) -> String {
        let wide = max(width, 60)
        func row(_ name: String, _ words: String, _ column: Int) -> String {
            let front = name + String(repeating: " ", count: max(2, column - name.count))
            return front.followed(by: words, width: wide)
        }
        var text = archive.name + "\n"
        for (name, words) in [("page", archive.address), ("transfer", archive.transfer), ("fields by", archive.source)]
        {
            text += row("  " + name, words, 14)
        }
        for note in archive.notes { text += row("  note", note, 14) }
        text += "\n"
        let column = (list.rows.map(\.words.count).max() ?? 0) + 6
        for one in list.rows {
            let mark = one.answer == nil ? "[ ] " : one.conflict == nil ? "[x] " : "[!] "
            let wanted = one.conflict.map { "; the archive wants \($0)" } ?? ""
            text += row(mark + one.words, (one.answer.map(Self.line) ?? "not known here") + wanted, column)
        }
        return text + "\n\(list.rows.count - list.open) of \(list.rows.count) fields are known\n"
    }

    /// A text of several paragraphs on one line.
    private static func line(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}

/// `imprimatur package techniques`: terms of PaNET by their words.
enum PackageTechniquesVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            let settings = RecordSettings(rules: try RulesOptions(call).folder, today: call.surroundings.today)
            let words = call.operands.flatMap { $0.lowercased().split(separator: " ").map(String.init) }
            let terms = settings.tables(first: 0).techniques.filter { id, label in
                let text = "\(id) \(label)".lowercased()
                return words.allSatisfy { text.contains($0) }
            }
            guard !terms.isEmpty else {
                StandardStream.complain("no term of PaNET has these words")
                return .findings
            }
            for (id, label) in terms.sorted(by: { $0.key < $1.key }) { StandardStream.report("\(id)  \(label)\n") }
            return .fine
        } catch {
            return StandardStream.tell(error)
        }
    }
}

/// The record of an author file, or of data alone, as verbs on plans read it.
enum PublicationReading {
    static func read(_ inputs: PackageInputs, _ call: Invocation) throws(Failure) -> RecordReading {
        var reading = ReadingSettings()
        reading.foreign = call.surroundings.foreign
        let settings = RecordSettings(rules: try RulesOptions(call).folder, today: call.surroundings.today)
        return try RecordReading(
            author: inputs.author, data: inputs.expanded.inputs.map(\.path), reading: reading, settings: settings)
    }

    /// The lines of `package plan --fair`.
    static func fairText(_ plan: PackagePlan, _ inputs: PackageInputs, _ call: Invocation) throws(Failure) -> String {
        let reading = try read(inputs, call)
        let list = FairList(reading.record, facts: reading.facts, plan: plan, tables: reading.tables)
        let width = max(call.surroundings.terminal.width, 60)
        var text = ""
        for row in list.rows {
            let front = row.answer.rawValue.padded(13) + row.metrics.padded(18)
            text += front.followed(by: row.words, width: width)
        }
        func count(_ answer: FairList.Answer) -> Int { list.rows.count { $0.answer == answer } }
        return text + "FAIR: \(count(.yes)) yes, \(count(.no)) no, \(count(.notChecked)) not checked\n"
    }
}

extension String {
    /// Blanks behind it up to a width.
    fileprivate func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }

    /// Words on lines of at most `width` columns behind it.
    fileprivate func followed(by words: String, width: Int) -> String {
        let lines = Paragraph.wrap(Escaping.line(words), width: Swift.max(20, width - count))
        return self + lines.joined(separator: "\n" + String(repeating: " ", count: count)) + "\n"
    }
}
