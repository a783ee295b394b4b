// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Digest

/// What a finding keeps while its file is edited elsewhere: rule, objects, and the sentence without its numbers.
///
/// Lines, columns, rows, values and counts are no part of it, nor are level and name of the file. Findings of one file that
/// are alike in all this are told apart by their order.
/// - Source: docs/decisions/0310-fingerprints.md.
public struct Fingerprint: Sendable, Hashable, CustomStringConvertible {
    /// 32 hexadecimal digits, lower case.
    public let description: String

    public init(_ text: String) { description = text }

    /// The fingerprints of the findings of one file, in their order.
    public static func of(_ findings: [Finding]) -> [Fingerprint] {
        var seen: [String: Int] = [:]
        return findings.map { finding in
            let key = key(of: finding)
            let number = seen[key, default: 0]
            seen[key] = number + 1
            return hash(number == 0 ? key : "\(key)\n\(number + 1)")
        }
    }

    /// That of a finding among those of all files of a report.
    public func of(path: String) -> Fingerprint { Self.hash(path + "\n" + description) }

    /// That of something that is no finding, such as a file that could not be read.
    public static func of(words: String) -> Fingerprint { hash(words) }

    private static func hash(_ text: String) -> Fingerprint {
        Fingerprint(String(FileDigests.of(Array(text.utf8)).sha256.prefix(32)))
    }

    private static func key(of finding: Finding) -> String {
        var key = finding.rule.description
        for place in finding.places { key += "\n" + pattern(of: place) }
        return key + "\n" + withoutNumbers(finding.message)
    }

    private static func pattern(of place: ResolvedPlace) -> String {
        let file = place.file.map { withoutNumbers($0) + ":" } ?? ""
        switch place.kind {
        case .file: return file
        case .text(_, _, let item, _): return file + (item ?? "text")
        case .object(let path, let attribute):
            return file + withoutNumbers(path) + (attribute.map { "@\($0)" } ?? "")
        case .frames(let scan, _): return file + "frames of " + scan
        }
    }

    /// A text with every number as one sign; numbers between quotation marks are names and stay.
    static func withoutNumbers(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var pattern = String.UnicodeScalarView()
        var isQuoted = false
        var at = 0
        while at < scalars.count {
            let scalar = scalars[at]
            if scalar == "'" {
                let isWordBefore = at > 0 && isWord(scalars[at - 1])
                if isQuoted || !isWordBefore { isQuoted.toggle() }
            }
            guard !isQuoted, isDigit(scalar) else {
                pattern.append(scalar)
                at += 1
                continue
            }
            if pattern.last == "-", at < 2 || !isWord(scalars[at - 2]) { pattern.removeLast() }
            pattern.append("#")
            at = end(ofNumberAt: at, scalars)
        }
        return String(pattern)
    }

    /// Behind digits, decimals and an exponent.
    private static func end(ofNumberAt start: Int, _ scalars: [Unicode.Scalar]) -> Int {
        var at = start
        func digits() { while at < scalars.count, isDigit(scalars[at]) { at += 1 } }
        func isDigitThere(_ index: Int) -> Bool { index < scalars.count && isDigit(scalars[index]) }
        digits()
        if at < scalars.count, scalars[at] == ".", isDigitThere(at + 1) {
            at += 1
            digits()
        }
        if at < scalars.count, scalars[at] == "e" {
            let isSigned = at + 1 < scalars.count && (scalars[at + 1] == "-" || scalars[at + 1] == "+")
            if isDigitThere(at + (isSigned ? 2 : 1)) {
                at += isSigned ? 2 : 1
                digits()
            }
        }
        return at
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool { isDigit(scalar) || scalar.properties.isAlphabetic }
}
