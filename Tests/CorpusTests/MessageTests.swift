// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RuleCatalog
import RuleEngine
import Testing

/// The words of findings. Oracle: rules.md, Evaluation 5, over every message that the corpora bring about.
@Suite struct MessageTests {
    private static let messages: [(rule: String, text: String)] = Bench.shared.reports.values.flatMap { report in
        report.findings.map { ($0.rule.description, $0.message) }
    }

    private static let forbidden: Set<String> = [
        "invalid", "illegal", "bad", "failed", "please", "error", "must", "should", "occurred",
    ]

    /// The words outside quotes: those of the rule, not of the file.
    private static func ownWords(_ text: String) -> [String] {
        text.split(separator: "'", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 0 }
            .flatMap { $0.element.split(separator: " ") }
            .filter { word in !word.contains { "_/@.".contains($0) } }
            .flatMap { $0.split { !$0.isLetter } }.map { $0.lowercased() }
    }

    @Test("no message ends with a full stop")
    func noFullStop() {
        let ending = Self.messages.filter { $0.text.hasSuffix(".") && !$0.text.hasSuffix("..") }
        #expect(ending.isEmpty, "\(ending)")
    }

    @Test("each message begins in lower case, with a number, or with a name of the file or a standard")
    func lowerCase() {
        let capital = Self.messages.filter { message in
            let word = message.text.prefix { $0.isLetter || $0.isNumber }
            guard let first = word.first, first.isUppercase else { return false }
            // Keys of headers: Detector_distance is 110 mm; Wavelength is '0.97625 A'.
            if message.rule.hasPrefix("IMAGE-"), message.text.dropFirst(word.count).hasPrefix(" is '") { return false }
            if message.text.dropFirst(word.count).first == "_" {
                return false
            }
            return !word.dropFirst().allSatisfy { $0.isUppercase || $0.isNumber } && !word.hasPrefix("NX")
        }
        #expect(capital.isEmpty, "\(capital)")
    }

    @Test("no message orders, blames or excuses")
    func noForbiddenWords() {
        let wrong = Self.messages.filter { !Self.forbidden.isDisjoint(with: Self.ownWords($0.text)) }
        #expect(wrong.isEmpty, "\(wrong)")
    }

    @Test("no message has an empty place for a value")
    func noHoles() {
        let wrong = Self.messages.filter {
            $0.text.contains("  ") || $0.text.contains("''") || $0.text.contains("Optional(")
        }
        #expect(wrong.isEmpty, "\(wrong)")
    }

    @Test("what, why and fix are sentences without a blemish", arguments: catalogue.map(\.id))
    func texts(_ id: RuleID) throws {
        let rule = try #require(catalogue.first { $0.id == id })
        for text in [rule.what, rule.why, rule.fix] {
            #expect(text.count > 20)
            let first = text.prefix { $0 != " " }
            #expect(first.first?.isUppercase == true || first.contains("_"), "\(text)")
            #expect(
                (text.hasSuffix(".") || text.split(separator: " ").last?.contains("/") == true) && !text.contains("  "),
                "\(text)")
            let wrong = Self.forbidden.intersection(["please", "illegal", "occurred"]).intersection(Self.ownWords(text))
            #expect(wrong.isEmpty, "\(text)")
        }
        #expect(
            rule.title.first?.isUppercase == false || rule.title.hasPrefix("HDF5") || rule.title.hasPrefix("NXmx")
                || rule.title.hasPrefix("DOI") || rule.title.hasPrefix("DataCite"))
        #expect(!rule.title.hasSuffix("."))
    }
}
