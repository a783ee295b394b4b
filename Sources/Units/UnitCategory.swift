// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What a definition asks of the units of a field: a category of NXDL, or the dimension of a unit it writes itself.
///
/// - Source: nxdlTypes.xsd, the unit categories; nxdl.xsd, units of fields.
public struct UnitCategory: Sendable, Hashable {
    /// As the definition writes it.
    public let name: String

    /// Dimensions that satisfy it; nil takes any.
    let dimensions: [Dimension]?

    /// Whether a field without units is at fault.
    public let asksForUnits: Bool

    /// Whether angle counts as a dimension.
    let countsAngle: Bool

    /// A unit that satisfies it, for messages.
    public let example: String

    /// The category of this name, or that of a unit the definition writes out.
    ///
    /// - Returns: nil for `NX_TRANSFORMATION`, which depends on the axis, and for text that is not understood.
    public init?(_ name: String) {
        if let known = Self.known[name] {
            self = known
            return
        }
        guard !name.hasPrefix("NX_") else { return nil }
        let isDecibel = name == "db" || name.hasPrefix("db/")
        guard let unit = Unit(isDecibel ? "dB" + name.dropFirst(2) : name) else { return nil }
        self.init(name, [unit.dimension.withoutAngle], example: name, asks: unit.dimension != .none)
    }

    private init(
        _ name: String, _ dimensions: [Dimension]?, example: String, asks: Bool = true, countsAngle: Bool = false
    ) {
        self.name = name
        self.dimensions = dimensions
        self.example = example
        self.asksForUnits = asks
        self.countsAngle = countsAngle
    }

    private static let known: [String: UnitCategory] = Dictionary(
        uniqueKeysWithValues: table.map { ($0.name, $0) })

    private static let energy = Dimension(length: 2, mass: 1, time: -2)

    private static let table: [UnitCategory] = [
        .init("NX_ANGLE", [.init(angle: 1)], example: "degree", countsAngle: true),
        .init("NX_ANY", nil, example: "any unit", asks: false),
        .init("NX_AREA", [.init(length: 2)], example: "mm^2"),
        .init("NX_CHARGE", [.init(time: 1, current: 1)], example: "C"),
        .init("NX_COUNT", [.none], example: "count", asks: false),
        .init("NX_CROSS_SECTION", [.init(length: 2)], example: "barn"),
        .init("NX_CURRENT", [.init(current: 1)], example: "A"),
        .init("NX_DIMENSIONLESS", [.none], example: "1", asks: false),
        .init("NX_EMITTANCE", [.init(length: 1)], example: "nm*rad"),
        .init("NX_ENERGY", [energy], example: "keV"),
        .init("NX_FLUX", [.init(length: -2, time: -1)], example: "s^-1 cm^-2"),
        .init("NX_FREQUENCY", [.init(time: -1)], example: "Hz"),
        .init("NX_LENGTH", [.init(length: 1)], example: "mm"),
        .init("NX_MASS", [.init(mass: 1)], example: "g"),
        .init("NX_MASS_DENSITY", [.init(length: -3, mass: 1)], example: "g/cm^3"),
        .init("NX_MOLECULAR_WEIGHT", [.init(mass: 1, amount: -1), .init(mass: 1)], example: "g/mol"),
        .init("NX_PERIOD", [.init(time: 1)], example: "us"),
        .init("NX_PER_AREA", [.init(length: -2)], example: "cm^-2"),
        .init("NX_PER_LENGTH", [.init(length: -1)], example: "cm^-1"),
        .init("NX_POWER", [.init(length: 2, mass: 1, time: -3)], example: "W"),
        .init("NX_PRESSURE", [.init(length: -1, mass: 1, time: -2)], example: "bar"),
        .init("NX_PULSES", [.none], example: "count", asks: false),
        .init("NX_SCATTERING_LENGTH_DENSITY", [.init(length: -2), .init(length: 1)], example: "m/m^3"),
        .init("NX_SOLID_ANGLE", [.init(angle: 2)], example: "sr", countsAngle: true),
        .init("NX_TEMPERATURE", [.init(temperature: 1)], example: "K"),
        .init("NX_TIME", [.init(time: 1)], example: "s"),
        .init("NX_TIME_OF_FLIGHT", [.init(time: 1)], example: "us"),
        .init("NX_UNITLESS", [.none], example: "no unit", asks: false),
        .init("NX_VOLTAGE", [.init(length: 2, mass: 1, time: -3, current: -1)], example: "V"),
        .init("NX_VOLUME", [.init(length: 3)], example: "mm^3"),
        .init("NX_WAVELENGTH", [.init(length: 1)], example: "angstrom"),
        .init("NX_WAVENUMBER", [.init(length: -1)], example: "1/angstrom"),
    ]

    /// What is asked, in words: "a length (NX_LENGTH)"; the unit itself where a definition writes one out.
    public var words: String {
        guard name.hasPrefix("NX_") else { return "'\(name)'" }
        let word = name.dropFirst(3).lowercased().split(separator: "_").joined(separator: " ")
        switch name {
        case "NX_UNITLESS": return "no unit (NX_UNITLESS)"
        case "NX_PER_LENGTH", "NX_PER_AREA", "NX_DIMENSIONLESS", "NX_PULSES": return name
        default:
            let article = "aeiou".contains(word.first ?? "x") ? "an" : "a"
            return "\(article) \(word) (\(name))"
        }
    }

    /// Whether a unit has a dimension of this category.
    public func accepts(_ unit: Unit) -> Bool {
        guard let dimensions else { return true }
        return unit.dimension.pixelReadings.contains { reading in
            dimensions.contains(countsAngle ? reading : reading.withoutAngle)
        }
    }

    /// Only powers of a length are asked for.
    var isLength: Bool { dimensions?.allSatisfy(\.isPowerOfLength) ?? false }
}
