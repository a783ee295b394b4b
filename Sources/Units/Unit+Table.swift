// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// The units that files write most: their dimensions, their sizes in base units (m, kg, s, A, K, mol, cd,
// rad, pixel), their spellings and how those are taken. Sizes: SI brochure (9th edition), CODATA 2022 for constants,
// the UDUNITS-2 database for pressures and the year. Spellings: the UDUNITS-2 database
// (`standard`), the text of the NeXus definitions and files of Diamond, DECTRIS and DESY (`tolerated`, `reported`).
// Exact spellings win over a prefix and a symbol. Symbols are case-sensitive; names are not and may end in `s`.

extension UnitRow {
    static let table: [UnitRow] = [
        .init("m", .init(length: 1), 1, symbols: ["m"], names: ["metre", "meter"], takesPrefix: true, .standard),
        .init("g", .init(mass: 1), 1e-3, symbols: ["g"], names: ["gram"], takesPrefix: true, .standard),
        .init("g", .init(mass: 1), 1e-3, symbols: [], names: ["gramme"], takesPrefix: true, .tolerated),
        .init("s", .init(time: 1), 1, symbols: ["s"], names: ["second"], takesPrefix: true, .standard),
        .init("s", .init(time: 1), 1, symbols: ["sec"], names: [], takesPrefix: true, .standard),
        .init("A", .init(current: 1), 1, symbols: ["A"], names: ["ampere"], takesPrefix: true, .standard),
        .init("A", .init(current: 1), 1, symbols: [], names: ["amp"], takesPrefix: true, .standard),
        .init("K", .init(temperature: 1), 1, symbols: ["K"], names: ["kelvin"], takesPrefix: true, .standard),
        .init("mol", .init(amount: 1), 1, symbols: ["mol"], names: ["mole"], takesPrefix: true, .standard),
        .init("cd", .init(luminosity: 1), 1, symbols: ["cd"], names: ["candela"], takesPrefix: true, .standard),
        .init("rad", .init(angle: 1), 1, symbols: ["rad"], names: ["radian"], takesPrefix: true, .standard),
        .init("sr", .init(angle: 2), 1, symbols: ["sr"], names: ["steradian"], takesPrefix: true, .standard),
        .init("Hz", .init(time: -1), 1, symbols: ["Hz"], names: ["hertz"], takesPrefix: true, .standard),
        .init(
            "N", .init(length: 1, mass: 1, time: -2), 1, symbols: ["N"],
            names: ["newton"], takesPrefix: true, .standard),
        .init(
            "Pa", .init(length: -1, mass: 1, time: -2), 1, symbols: ["Pa"],
            names: ["pascal"], takesPrefix: true, .standard),
        .init(
            "J", .init(length: 2, mass: 1, time: -2), 1, symbols: ["J"],
            names: ["joule"], takesPrefix: true, .standard),
        .init(
            "W", .init(length: 2, mass: 1, time: -3), 1, symbols: ["W"],
            names: ["watt"], takesPrefix: true, .standard),
        .init("C", .init(time: 1, current: 1), 1, symbols: ["C"], names: ["coulomb"], takesPrefix: true, .standard),
        .init(
            "V", .init(length: 2, mass: 1, time: -3, current: -1), 1, symbols: ["V"],
            names: ["volt"], takesPrefix: true, .standard),
        .init(
            "F", .init(length: -2, mass: -1, time: 4, current: 2), 1, symbols: ["F"],
            names: ["farad"], takesPrefix: true, .standard),
        .init(
            "ohm", .init(length: 2, mass: 1, time: -3, current: -2), 1, symbols: ["\u{3A9}", "\u{2126}"],
            names: ["ohm"], takesPrefix: true, .standard),
        .init(
            "S", .init(length: -2, mass: -1, time: 3, current: 2), 1, symbols: ["S"],
            names: ["siemens"], takesPrefix: true, .standard),
        .init(
            "Wb", .init(length: 2, mass: 1, time: -2, current: -1), 1, symbols: ["Wb"],
            names: ["weber"], takesPrefix: true, .standard),
        .init(
            "T", .init(mass: 1, time: -2, current: -1), 1, symbols: ["T"],
            names: ["tesla"], takesPrefix: true, .standard),
        .init(
            "H", .init(length: 2, mass: 1, time: -2, current: -2), 1, symbols: ["H"],
            names: ["henry"], takesPrefix: true, .standard),
        .init("lm", .init(luminosity: 1, angle: 2), 1, symbols: ["lm"], names: ["lumen"], takesPrefix: true, .standard),
        .init(
            "lx", .init(length: -2, luminosity: 1, angle: 2), 1, symbols: ["lx"],
            names: ["lux"], takesPrefix: true, .standard),
        .init("Bq", .init(time: -1), 1, symbols: ["Bq"], names: ["becquerel"], takesPrefix: true, .standard),
        .init("Gy", .init(length: 2, time: -2), 1, symbols: ["Gy"], names: ["gray"], takesPrefix: true, .standard),
        .init("Sv", .init(length: 2, time: -2), 1, symbols: ["Sv"], names: ["sievert"], takesPrefix: true, .standard),
        .init("kat", .init(time: -1, amount: 1), 1, symbols: ["kat"], names: ["katal"], takesPrefix: true, .standard),
        .init(
            "degC", .init(temperature: 1), 1, symbols: ["\u{B0}C", "\u{2103}"],
            names: ["degC", "degree_Celsius", "celsius", "degrees_C", "degreeC", "degree_C"], takesPrefix: false,
            .standard),
        .init(
            "degF", .init(temperature: 1), 5.0 / 9, symbols: ["\u{B0}F", "\u{2109}"],
            names: ["degF", "degree_Fahrenheit", "fahrenheit"], takesPrefix: false, .standard),
        .init("degC", .init(temperature: 1), 1, symbols: [], names: ["deg_C"], takesPrefix: false, .standard),
        .init(
            "eV", .init(length: 2, mass: 1, time: -2), 1.602176634e-19, symbols: ["eV"],
            names: ["electronvolt", "electron_volt"], takesPrefix: true, .standard),
        .init(
            "u", .init(mass: 1), 1.66053906892e-27, symbols: ["u"],
            names: ["atomic_mass_unit", "atomicmassunit", "amu"], takesPrefix: true, .standard),
        .init(
            "u", .init(mass: 1), 1.66053906892e-27, symbols: ["Da"],
            names: ["dalton"], takesPrefix: true, .tolerated),
        .init(
            "angstrom", .init(length: 1), 1e-10, symbols: ["\u{C5}", "\u{212B}"],
            names: ["angstrom", "\u{E5}ngstr\u{F6}m"], takesPrefix: false, .standard),
        .init(
            "angstrom", .init(length: 1), 1e-10, symbols: ["Ang"],
            names: ["ang", "angstroem"], takesPrefix: false, .tolerated),
        .init("um", .init(length: 1), 1e-6, symbols: [], names: ["micron"], takesPrefix: false, .standard),
        .init("barn", .init(length: 2), 1e-28, symbols: ["b"], names: ["barn"], takesPrefix: true, .standard),
        .init(
            "bar", .init(length: -1, mass: 1, time: -2), 1e5, symbols: ["bar"],
            names: ["bar"], takesPrefix: true, .standard),
        .init(
            "atm", .init(length: -1, mass: 1, time: -2), 101_325, symbols: ["atm"],
            names: ["atmosphere", "standard_atmosphere"], takesPrefix: false, .standard),
        .init(
            "torr", .init(length: -1, mass: 1, time: -2), 101_325.0 / 760, symbols: ["Torr"],
            names: ["torr"], takesPrefix: true, .standard),
        .init(
            "mmHg", .init(length: -1, mass: 1, time: -2), 133.322387415, symbols: ["mmHg"],
            names: [], takesPrefix: false, .standard),
        .init(
            "psi", .init(length: -1, mass: 1, time: -2), 6894.757293168, symbols: ["psi"],
            names: [], takesPrefix: false, .standard),
        .init(
            "G", .init(mass: 1, time: -2, current: -1), 1e-4, symbols: [],
            names: ["gauss"], takesPrefix: true, .standard),
        .init(
            "G", .init(mass: 1, time: -2, current: -1), 1e-4, symbols: ["G"],
            names: [], takesPrefix: true, .tolerated),
        .init(
            "Oe", .init(length: -1, current: 1), 79.577471545948, symbols: ["Oe"],
            names: ["oersted"], takesPrefix: true, .standard),
        .init("min", .init(time: 1), 60, symbols: ["min"], names: ["minute"], takesPrefix: false, .standard),
        .init("h", .init(time: 1), 3600, symbols: ["h", "hr"], names: ["hour"], takesPrefix: false, .standard),
        .init("d", .init(time: 1), 86_400, symbols: ["d"], names: ["day"], takesPrefix: false, .standard),
        .init("week", .init(time: 1), 604_800, symbols: [], names: ["week"], takesPrefix: false, .standard),
        .init(
            "yr", .init(time: 1), 31_556_925.9746784, symbols: ["yr"],
            names: ["year"], takesPrefix: false, .standard),
        .init(
            "degree", .init(angle: 1), .pi / 180, symbols: ["\u{B0}"],
            names: ["degree", "arc_degree", "angular_degree", "arcdeg"], takesPrefix: false, .standard),
        .init("degree", .init(angle: 1), .pi / 180, symbols: ["deg"], names: [], takesPrefix: true, .tolerated),
        .init(
            "arcmin", .init(angle: 1), .pi / 10_800, symbols: ["'", "\u{2032}"],
            names: ["arc_minute", "arcminute", "angular_minute", "arcmin"], takesPrefix: false, .standard),
        .init(
            "arcsec", .init(angle: 1), .pi / 648_000, symbols: ["\u{2033}"],
            names: ["arc_second", "arcsecond", "angular_second", "arcsec"], takesPrefix: true, .standard),
        .init(
            "turn", .init(angle: 1), 2 * .pi, symbols: [],
            names: ["turn", "revolution", "cycle", "circle"], takesPrefix: false, .standard),
        .init(
            "rpm", .init(time: -1, angle: 1), .pi / 30, symbols: ["rpm"],
            names: ["rpm"], takesPrefix: false, .standard),
        .init(
            "grad", .init(angle: 1), .pi / 200, symbols: [],
            names: ["gradian", "gon"], takesPrefix: false, .tolerated),
        .init("%", .none, 1e-2, symbols: ["%"], names: ["percent"], takesPrefix: false, .standard),
        .init("ppm", .none, 1e-6, symbols: ["ppm", "ppmv"], names: [], takesPrefix: false, .standard),
        .init("ppb", .none, 1e-9, symbols: ["ppb", "ppbv"], names: [], takesPrefix: false, .standard),
        .init("ppt", .none, 1e-12, symbols: ["ppt"], names: [], takesPrefix: false, .standard),
        .init(
            "l", .init(length: 3), 1e-3, symbols: ["l", "L"],
            names: ["liter", "litre"], takesPrefix: true, .standard),
        .init(
            "in", .init(length: 1), 0.0254, symbols: ["in"],
            names: ["inch", "inches"], takesPrefix: false, .standard),
        .init("ft", .init(length: 1), 0.3048, symbols: ["ft"], names: ["foot", "feet"], takesPrefix: false, .standard),
        .init("mil", .init(length: 1), 2.54e-5, symbols: [], names: ["mil"], takesPrefix: false, .standard),
        .init(
            "erg", .init(length: 2, mass: 1, time: -2), 1e-7, symbols: ["erg"],
            names: ["erg"], takesPrefix: false, .standard),
        .init(
            "cal", .init(length: 2, mass: 1, time: -2), 4.1868, symbols: ["cal"],
            names: ["calorie"], takesPrefix: true, .standard),
        .init(
            "Ry", .init(length: 2, mass: 1, time: -2), 2.1798723611030e-18, symbols: ["Ry"],
            names: ["rydberg"], takesPrefix: false, .tolerated),
        .init(
            "hartree", .init(length: 2, mass: 1, time: -2), 4.3597447222060e-18, symbols: ["Ha"],
            names: ["hartree"], takesPrefix: false, .tolerated),
        .init(
            "bohr", .init(length: 1), 5.29177210544e-11, symbols: [],
            names: ["bohr"], takesPrefix: false, .tolerated),
        .init("1", .none, 1, symbols: ["1"], names: ["count"], takesPrefix: false, .standard),
        .init(
            "1", .none, 1, symbols: [], names: ["dimensionless", "unitless", "none"], takesPrefix: false, .tolerated),
        .init(
            "au", .init(length: 1), 149_597_870_700, symbols: ["au"],
            names: ["astronomical_unit"], takesPrefix: false, .standard),
        .init("dB", .none, 1, symbols: ["dB"], names: ["decibel"], takesPrefix: false, .tolerated),
        .init("pH", .none, 1, symbols: ["pH"], names: [], takesPrefix: false, .standard),
        .init("B", .none, 1, symbols: [], names: ["byte"], takesPrefix: true, .standard),
        .init("B", .none, 1, symbols: ["B"], names: [], takesPrefix: true, .tolerated),
        .init("bit", .none, 1, symbols: [], names: ["bit"], takesPrefix: false, .standard),
        .init("pixel", .init(pixel: 1), 1, symbols: ["px"], names: ["pixel"], takesPrefix: true, .tolerated),
        .init(
            "1", .none, 1, symbols: [],
            names: ["channel", "bin", "frame", "image", "point", "pulse", "event"], takesPrefix: false, .tolerated),
        .init(
            "1", .none, 1, symbols: ["ct", "cts", "ph", "n", "e-"],
            names: ["photon", "neutron", "electron", "ion", "muon", "hit", "step", "clock", "tick", "detector"],
            takesPrefix: false, .reported),
        .init(
            "1", .none, 1, symbols: [],
            names: ["a.u.", "arb", "arbitrary", "arb.u.", "arbitrary_units", "arb_units"], takesPrefix: false, .reported
        ),
        .init("cps", .init(time: -1), 1, symbols: ["cps"], names: [], takesPrefix: true, .reported),
    ]
}
