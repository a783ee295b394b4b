// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import RuleEngine

extension Rule {
    static let meta002 = Rule(
        "META-002", .B, "DOI is malformed", applies: .both,
        what: """
            After doi: or https://doi.org/ the DOI of the data set is 10., four to nine digits, a slash and a suffix \
            without blanks, full stop or bracket at its end. The prefix 10.5072 is for tests; XXXXXXX, 1234567 and the \
            like stand in templates for a number that is still to come.
            """,
        why: "The reference leads nowhere, and indexes do not join the data to the article.",
        fix: "Write the DOI as the archive gives it, for example 10.5281/zenodo.7654321.",
        references: [
            "ISO 26324", "cif_core _database.dataset_DOI",
            "jamesrhester/ImgCIFHandler.jl:test/testfiles/rsync_test.imgcif",
        ],
        checks: [.experiment(malformedDOI)])
}

private func malformedDOI(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let doi = view.experiment.identity.doi, !doi.value.allSatisfy(\.isWhitespace),
        let fault = DOI.fault(in: doi.value)
    else { return }
    let item = view.block == nil ? "doi" : "_database.dataset_DOI"
    verdicts.report(
        "\(item) is '\(Wording.excerpt(doi.value))', which is \(fault)", at: doi.places,
        values: [("item", .text(item)), ("value", .text(doi.value))], subjects: [verdicts.subject(.category, "doi")])
}

/// Digital object identifiers.
///
/// - Source: ISO 26324.
public enum DOI {
    /// What keeps a text from being a DOI that resolves; nil for one that may.
    public static func fault(in text: String) -> String? {
        if isPlaceholder(text) { return "a placeholder of a template" }
        guard let name = name(in: text) else { return "not a DOI" }
        if name.hasPrefix("10.5072/") { return "a DOI of the test prefix 10.5072" }
        let suffix = name.drop { $0 != "/" }.dropFirst()
        guard let last = suffix.last else { return nil }
        if ".,;:".contains(last) { return "a DOI with '\(last)' at its end" }
        if let opening = [")": "(", "]": "[", "}": "{", ">": "<"][last] {
            let isOpen = suffix.filter { $0 == last }.count > suffix.filter { $0 == opening.first }.count
            if isOpen { return "a DOI with '\(last)' at its end" }
        }
        return nil
    }

    /// Runs of x, of ?, # or 0, or the digits in order, where the number of a record belongs.
    private static func isPlaceholder(_ text: String) -> Bool {
        let lower = text.lowercased()
        if lower.contains("<") && lower.contains(">") || lower.contains("??") || lower.contains("##") { return true }
        let parts = lower.split { !($0.isLetter || $0.isNumber) }
        if parts.contains(where: { $0.count > 2 && $0.allSatisfy { $0 == "x" } }) { return true }
        guard let last = parts.last else { return false }
        let isZero = last.count > 4 && last.allSatisfy { $0 == "0" }
        let isRow = (7...9).contains(last.count) && "123456789".hasPrefix(last)
        return parts.count > 2 && (isZero || isRow) || lower.hasSuffix("tbd") || lower.hasSuffix("todo")
    }

    /// The bare name, "10.1234/suffix"; nil for a text that is none.
    private static func name(in text: String) -> Substring? {
        var rest = text[...]
        for prefix in ["https://", "http://", "dx.doi.org/", "doi.org/", "www.doi.org/", "doi:"]
        where rest.lowercased().hasPrefix(prefix) { rest = rest.dropFirst(prefix.count) }
        guard rest.hasPrefix("10."), let slash = rest.firstIndex(of: "/") else { return nil }
        let registrant = rest[..<slash].dropFirst(3)
        let digits = registrant.prefix { $0 != "." }
        guard (4...9).contains(digits.count), registrant.allSatisfy({ $0 == "." || $0.isASCII && $0.isNumber }) else {
            return nil
        }
        let suffix = rest[slash...].dropFirst()
        let isPrinted = suffix.unicodeScalars.allSatisfy { $0.value > 0x20 && !(0x7F...0xA0).contains($0.value) }
        return suffix.isEmpty || !isPrinted ? nil : rest
    }
}
