// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// A text of a file in quotes, cut where it is long.
func quoted(_ text: String) -> String {
    text.unicodeScalars.count > 80
        ? "'\(String(String.UnicodeScalarView(text.unicodeScalars.prefix(77))))...'" : "'\(text)'"
}
