// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
public import Findings
import JSON

/// What `compare` prints of two files.
public enum ComparisonReport {
    /// Every fact that differs, with both values and their places.
    public static func text(_ files: FileComparison, width: Int) -> [UInt8] {
        func lines(_ front: String, _ words: String) -> String {
            "  " + front + Printable.wrap(Printable.text(words), width: max(width, 60), indent: 2 + front.count) + "\n"
        }
        var text = "first   \(title(files.first))\nsecond  \(title(files.second))\n"
        for pair in files.pairs {
            text += "\n" + Printable.text("experiments '\(pair.first)' and '\(pair.second)'") + "\n"
            for difference in pair.comparison.differences {
                let subject = difference.subject.isEmpty ? "" : difference.subject + ": "
                let unit = difference.unit.map { " \($0)" } ?? ""
                let apart = difference.amount.map { ", \(DecimalText.rounded($0, decimals: 6))\(unit) apart" } ?? ""
                text += "\n" + lines("", rule(difference.kind) + subject + difference.fact + " differs" + apart)
                text += lines("  first   ", value(difference.first, files.first))
                text += lines("  second  ", value(difference.second, files.second))
            }
            if !pair.items.isEmpty {
                let n = pair.items.count
                text += "\n" + lines("", "META-007 \(n) \(n == 1 ? "item differs" : "items differ"), number by number")
                for item in pair.items.prefix(shownItems) {
                    let row = item.row.isEmpty ? "" : " of '\(item.row)'"
                    text += lines(
                        "  ",
                        "\(item.item)\(row) is \(item.first.text) and \(item.second.text)  "
                            + files.first.words(on: item.first.origin))
                }
                if n > shownItems { text += lines("  ", "and \(n - shownItems) more") }
            }
            for words in pair.frames?.differences ?? [] {
                text += "\n" + lines("", "IMAGE-015 pixels differ: " + words)
            }
            let comparison = pair.comparison
            if !comparison.oneSided.isEmpty { text += "\n" }
            for fact in comparison.oneSided {
                let side = fact.isInFirst ? files.first : files.second
                let subject = fact.subject.isEmpty ? "" : fact.subject + ": "
                text += lines(
                    "only in the \(fact.isInFirst ? "first" : "second"): ",
                    subject + fact.fact + ", " + value(fact.value, side))
            }
            let notCompared = comparison.notCompared + (pair.frames?.notCompared ?? [])
            let notes = comparison.notes + (pair.frames.map(pixels) ?? [])
            if !notes.isEmpty || !notCompared.isEmpty { text += "\n" }
            for note in notes { text += lines("note: ", note) }
            for reason in notCompared { text += lines("not compared: ", reason) }
        }
        text += "\n" + summary(files) + "\n"
        return Array(text.utf8)
    }

    private static let shownItems = 8

    private static func pixels(_ frames: ComparedFrames) -> [String] {
        guard frames.compared > 0 else { return [] }
        let all = min(frames.inFirst, frames.inSecond)
        return ["the pixels of \(frames.compared) of \(all) \(all == 1 ? "frame" : "frames") were compared"]
    }

    /// The same for programs.
    public static func json(_ files: FileComparison) -> [UInt8] {
        var json = JSONWriter(.indented)
        json.object { json in
            json.member("schemaVersion", RunHead.schemaVersion)
            for (name, side) in [("first", files.first), ("second", files.second)] {
                json.object(name) { json in
                    json.path(side.path)
                    json.member("kind", side.kind.rawValue)
                    json.member("definition", side.definition)
                    FileReport.write(side.failures, into: &json)
                }
            }
            json.member("differences", files.differenceCount)
            json.array("experiments") { json in
                for pair in files.pairs { json.object { write(pair, of: files, to: &$0) } }
            }
        }
        return json.finish()
    }

    private static func write(_ pair: FileComparison.Pair, of files: FileComparison, to json: inout JSONWriter) {
        func member(_ name: String, _ value: ComparedValue, _ side: FileComparison.Side, _ json: inout JSONWriter) {
            json.object(name) { json in
                json.member("value", value.text)
                json.member("source", side.words(on: value.origin))
            }
        }
        json.member("first", pair.first)
        json.member("second", pair.second)
        json.array("differences") { json in
            for difference in pair.comparison.differences {
                json.object { json in
                    json.member("rule", ruleID(difference.kind))
                    json.member("subject", difference.subject)
                    json.member("fact", difference.fact)
                    member("first", difference.first, files.first, &json)
                    member("second", difference.second, files.second, &json)
                    json.member("amount", difference.amount)
                    json.member("unit", difference.unit)
                }
            }
        }
        json.array("oneSided") { json in
            for fact in pair.comparison.oneSided {
                json.object { json in
                    json.member("subject", fact.subject)
                    json.member("fact", fact.fact)
                    member(
                        fact.isInFirst ? "first" : "second", fact.value, fact.isInFirst ? files.first : files.second,
                        &json)
                }
            }
        }
        json.array("items") { json in
            for item in pair.items {
                json.object { json in
                    json.member("rule", "META-007")
                    json.member("item", item.item)
                    json.member("row", item.row)
                    member("first", item.first, files.first, &json)
                    member("second", item.second, files.second, &json)
                }
            }
        }
        if let frames = pair.frames {
            json.object("frames") { json in
                json.member("first", frames.inFirst)
                json.member("second", frames.inSecond)
                json.member("compared", frames.compared)
                json.member("rule", "IMAGE-015")
                json.array("differences") { json in for words in frames.differences { json.string(words) } }
                json.array("notCompared") { json in for words in frames.notCompared { json.string(words) } }
            }
        }
        json.array("notes") { json in for note in pair.comparison.notes { json.string(note) } }
        json.array("notCompared") { json in for reason in pair.comparison.notCompared { json.string(reason) } }
    }

    /// The rule of the catalogue that a difference belongs to; nil for counts and texts.
    private static func ruleID(_ kind: DifferenceKind) -> String? {
        switch kind {
        case .geometry: "GEOM-019"
        case .value: "COUNT-011"
        case .count, .text: nil
        }
    }

    private static func rule(_ kind: DifferenceKind) -> String { ruleID(kind).map { $0 + " " } ?? "" }

    private static func title(_ side: FileComparison.Side) -> String {
        let kind = side.definition.map { "\(side.kind.rawValue), \($0)" } ?? side.kind.rawValue
        return Printable.text("\(side.path) (\(kind))")
    }

    private static func value(_ value: ComparedValue, _ side: FileComparison.Side) -> String {
        "\(value.text)  \(side.words(on: value.origin))"
    }

    private static func summary(_ files: FileComparison) -> String {
        guard !files.pairs.isEmpty else { return "nothing to compare" }
        let (first, second) = (files.first.experiments.count, files.second.experiments.count)
        let unpaired = first == second ? "" : "; the first has \(first) experiments, the second \(second)"
        switch files.differenceCount {
        case 0: return files.isComplete ? "no fact differs" : "no fact differs among those that could be compared"
        case 1: return "1 fact differs" + unpaired
        default: return "\(files.differenceCount) facts differ" + unpaired
        }
    }
}
