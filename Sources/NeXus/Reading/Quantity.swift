// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Units

/// What a number measures, and the unit of the model for it.
enum Quantity: String, Sendable {
    case length = "mm"
    case angle = "degree"
    case time = "s"
    case wavelength = "angstrom"
    case energy = "eV"
    case temperature = "K"
    case rate = "Hz"
    case fluxDensity = "1/s/um^2"

    /// The name of the unit of the model.
    var unit: String { rawValue }

    /// How a number in the unit of a file becomes one in the unit of the model; nil when the unit is another quantity's
    /// or not understood.
    ///
    /// - Parameter text: The unit as the file writes it. A bare `A` of a wavelength is an angstrom, a bare `C` of a
    ///   temperature a degree Celsius.
    func conversion(from text: String) -> Conversion? {
        let text = trimmed(text)
        if text == rawValue { return Conversion(factor: 1) }
        switch (self, text) {
        case (.wavelength, "A"): return Conversion(factor: 1)
        case (.temperature, "C"): return Conversion(factor: 1, shift: 273.15)
        default: break
        }
        guard let stated = Unit(text), let own = Unit(rawValue), let factor = stated.factor(to: own) else { return nil }
        let isCelsius = self == .temperature && stated.factors.contains { $0.reading == "degC" }
        return Conversion(factor: factor, shift: isCelsius ? 273.15 : 0)
    }
}

/// value in the unit of the model = value as stated * factor + shift.
struct Conversion: Sendable {
    var factor: Double
    var shift: Double = 0

    func callAsFunction(_ value: Double) -> Double { value * factor + shift }
}
