// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// What names do on machines of others.
public enum FileNames {
    /// Pairs of names that differ only in case or in the form of accents.
    public static func alike(_ names: [Name]) -> [(first: Name, second: Name)] {
        var seen: [String: Name] = [:]
        var pairs: [(Name, Name)] = []
        for name in names {
            // Strings are compared by what they show, whatever form their accents have.
            if let other = seen.updateValue(name, forKey: name.text.lowercased()), other != name {
                pairs.append((other, name))
            }
        }
        return pairs
    }

    /// A file that an operating system makes and nobody wants.
    public static func isOfSystem(_ name: Name) -> Bool {
        let last = name.last.text
        return [".DS_Store", "Thumbs.db", "desktop.ini", ".directory"].contains(last) || last.hasPrefix("._")
    }
}
