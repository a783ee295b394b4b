// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A text of a file in quotes, cut where it is long; characters that nobody sees are written as their numbers.
package func quoted(_ text: String) -> String {
    let shown = text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) ? text : visible(text)
    return shown.unicodeScalars.count > 80
        ? "'\(String(String.UnicodeScalarView(shown.unicodeScalars.prefix(77))))...'" : "'\(shown)'"
}

private func visible(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars {
        switch scalar.properties.generalCategory {
        case .format, .lineSeparator, .paragraphSeparator: break
        case .spaceSeparator where scalar != " ": break
        default:
            shown.unicodeScalars.append(scalar)
            continue
        }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        shown += "<U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + ">"
    }
    return shown
}
