// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

@testable import CorpusRecipes

/// What may go wrong with a text that has a meaning: units, paths, dates, classes.
struct TextMutations {
    let text: String
    let value: RecipeValue

    private func with(_ text: String) -> RecipeValue { RecipeValue(elements: .texts([text]), type: nil, shape: []) }

    var ofUnits: [ValueMutations.Change] {
        let scaled = [
            "m": "mm", "mm": "m", "um": "mm", "s": "ms", "deg": "rad", "degree": "rad", "angstrom": "nm", "eV": "keV",
            "keV": "eV", "K": "mK", "Hz": "MHz", "pixel": "m", "GeV": "MeV", "mA": "A", "1/(s*cm^2)": "1/(s*m^2)",
        ]
        return [
            ("unit-scaled", with(scaled[text] ?? "1000")), ("unit-of-time", with(text == "s" ? "m" : "s")),
            ("unit-of-temperature", with(text == "K" ? "s" : "kelvin")), ("unit-unknown", with("wug")),
            ("unit-of-number", with("1")), ("unit-of-kind", with("NX_LENGTH")), ("unit-of-charge", with("coulomb")),
        ]
    }

    /// For paths to axes and originals; `own` is the path of the group that holds the text, `itself` of the object.
    func ofPaths(own: String, itself: String) -> [ValueMutations.Change] {
        let last = text.split(separator: "/").last.map(String.init) ?? "x"
        return [
            ("to-nowhere", with(text == "." ? "/nowhere" : text + "_x")), ("to-group", with(own)),
            ("to-itself", with(itself)),
            ("slash-lost", with(text.hasPrefix("/") ? String(text.dropFirst()) : "x/" + text)),
            ("outward", with("../../" + last)), ("slash-behind", with(text + "/")),
            ("dot", with(text == "." ? "./." : ".")),
            ("to-entry", with("/")), ("backslashes", with(text.split(separator: "/").joined(separator: "\\"))),
            ("last-part", with(last == text ? last + "_y" : last)),
        ]
    }

    var ofDates: [ValueMutations.Change] {
        let zone = text.hasSuffix("Z") ? "Z" : String(text.suffix(6))
        let body = String(text.dropLast(zone.count))
        return [
            ("date-without-zone", with(body)),
            ("date-in-month-13", with(body.prefix(5) + "13" + body.dropFirst(7) + zone)),
            ("date-in-words", with("Thu Jan  1 00:00:00 2026")), ("date-of-2126", with("2126" + text.dropFirst(4))),
            ("date-of-1970", with("1970" + text.dropFirst(4))), ("date-of-day", with(String(text.prefix(10)))),
            ("date-of-slashes", with(text.replacing("-", with: "/"))), ("date-of-epoch", with("1767225600")),
            ("date-year-before", with("2025" + text.dropFirst(4))),
            ("date-on-30-february", with(body.prefix(5) + "02-30" + body.dropFirst(10) + zone)),
            ("date-of-hour-25", with(body.prefix(11) + "25" + body.dropFirst(13) + zone)),
        ]
    }

    var ofClasses: [ValueMutations.Change] {
        [
            ("class-other", with(text == "NXnote" ? "NXlog" : "NXnote")), ("class-own", with("IXown")),
            ("class-unknown", with("NXwug")), ("class-collection", with("NXcollection")),
        ]
    }
}
