// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import HDF5
import Units

// Units as DIALS reads them: its library of units knows spellings of its own.

extension EntryWalk {
    /// Tells a unit that is understood here and at which DIALS stops; true when it is told.
    func tellReaderSpelling(_ text: String, _ category: UnitCategory, of owner: Owner, _ member: Member) -> Bool {
        guard Self.isReadByDIALS(member.name, owner),
            ReaderSpelling.stops(text, isLength: category.isLengthOrWave), let unit = Unit(text),
            category.accepts(unit) || (category.isLengthOrWave && ["A", "Ang"].contains(text))
        else { return false }
        tellSpelling(text, ReaderSpelling.meant(text, category), of: lastName(owner.node.path), owner, "units")
        return true
    }

    /// The same of the units of an offset.
    func tellSpellingOfOffset(_ owner: Owner) {
        guard context.isNXmx, let text = tree.text("offset_units", of: owner.node),
            ReaderSpelling.stops(text, isLength: true), let unit = Unit(text),
            let length = UnitCategory("NX_LENGTH"), length.accepts(unit)
        else { return }
        tellSpelling(text, ReaderSpelling.meant(text, length), of: lastName(owner.node.path), owner, "offset_units")
    }

    private func tellSpelling(_ text: String, _ meant: String, of field: String, _ owner: Owner, _ attribute: String) {
        findings.add(
            .spellingOfReaders(.init(attribute: attribute, field: field, text: text, meant: meant)), at: owner.node,
            attribute: attribute)
    }

    private static func isReadByDIALS(_ name: String, _ owner: Owner) -> Bool {
        switch owner.work.className {
        case "NXbeam": name == "incident_wavelength"
        case "NXdetector":
            [
                "sensor_thickness", "beam_center_x", "beam_center_y", "count_time", "frame_time", "distance",
            ].contains(name)
        default: owner.isOwnedAxis
        }
    }
}

/// Which spellings of units the reader of DIALS understands.
///
/// - Source: dials/nxmx:src/nxmx/__init__.py (units through pint); pint 0.25 default_en.txt. Names are written in small
///   letters, with or without an s, symbols exactly; a unit holds no number.
enum ReaderSpelling {
    private static let names: Set<String> = [
        "meter", "metre", "angstrom", "ångström", "micron", "inch", "second", "minute", "hour", "day", "degree",
        "radian",
        "arcminute", "arcsecond", "electron_volt", "electronvolt", "joule", "kelvin", "celsius", "hertz", "pixel",
        "count",
        "dimensionless", "percent", "steradian", "gram", "volt", "ampere", "watt", "pascal", "bar", "tesla", "turn",
        "revolution", "sec", "hr", "px", "msec",
    ]
    private static let symbols: Set<String> = [
        "m", "Å", "\u{212B}", "s", "sec", "min", "h", "hr", "d", "deg", "°", "rad", "arcmin", "arcsec", "eV", "J", "K",
        "degC", "°C", "Hz", "px", "in", "sr", "g", "V", "W", "Pa", "T",
    ]
    private static let prefixNames = [
        "kilo", "mega", "giga", "tera", "milli", "micro", "nano", "pico", "femto", "centi", "deci",
    ]
    private static let prefixSymbols = ["k", "M", "G", "T", "m", "u", "\u{B5}", "\u{3BC}", "n", "p", "f", "c", "d"]

    /// - Parameter isLength: A length is asked, so that `A` is an ampere too many.
    static func stops(_ text: String, isLength: Bool) -> Bool {
        switch text {
        case "m", "mm", "um", "nm", "deg", "rad", "s", "angstrom", "degree", "degrees", "eV", "keV": return false
        default: break
        }
        let trimmed = trimmed(text)
        guard !trimmed.isEmpty else { return false }
        if trimmed == "A" { return isLength }
        var isExponent = false
        for word in parts(of: trimmed) {
            switch word {
            case "^", "**":
                isExponent = true
                continue
            case "*", "/", " ", "(", ")", "·": continue
            default: break
            }
            defer { isExponent = false }
            if Double(word) != nil {
                guard isExponent || Double(word) == 1 else { return true }
                continue
            }
            guard isKnown(word) else { return true }
        }
        return false
    }

    static func isKnown(_ word: String) -> Bool {
        if symbols.contains(word) { return true }
        for prefix in prefixSymbols
        where word.hasPrefix(prefix) && symbols.contains(String(word.dropFirst(prefix.count))) {
            return true
        }
        let singular = word.hasSuffix("s") ? String(word.dropLast()) : word
        for name in [word, singular] {
            if names.contains(name) { return true }
            for prefix in prefixNames
            where name.hasPrefix(prefix) && names.contains(String(name.dropFirst(prefix.count))) {
                return true
            }
        }
        return false
    }

    private static func parts(of text: String) -> [String] {
        var parts: [String] = []
        var word = ""
        func isOperator(_ sign: Character) -> Bool { "*/^ ()·".contains(sign) }
        for sign in text {
            guard isOperator(sign) else {
                word.append(sign)
                continue
            }
            if !word.isEmpty { parts.append(word) }
            word = ""
            if sign == "*", parts.last == "*" { parts[parts.count - 1] = "**" } else { parts.append(String(sign)) }
        }
        if !word.isEmpty { parts.append(word) }
        return parts
    }

    /// The spelling to write instead.
    static func meant(_ text: String, _ category: UnitCategory) -> String {
        let small = trimmed(text).lowercased()
        if ["a", "ang", "angstroem"].contains(small) || small.hasPrefix("angstr") || small.hasPrefix("ångstr") {
            return "angstrom"
        }
        if !stops(small, isLength: category.isLengthOrWave), Unit(small).map(category.accepts) ?? false { return small }
        return category.example
    }
}

extension UnitCategory {
    fileprivate var isLengthOrWave: Bool { name == "NX_LENGTH" || name == "NX_WAVELENGTH" }
}
