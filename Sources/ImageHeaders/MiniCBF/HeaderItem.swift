// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What the number of a header line is, and so which units may stand behind it.
public enum HeaderQuantity: Sendable, Hashable {
    case length, wavelength, energy, time, angle, pixels, count, ratio
    /// A length that readers take in millimetres.
    case millimetres

    /// The unit that readers take, whatever stands on the line; empty for plain numbers.
    public var unit: String {
        switch self {
        case .length: "m"
        case .millimetres: "mm"
        case .wavelength: "angstrom"
        case .energy: "eV"
        case .time: "s"
        case .angle: "deg"
        case .pixels: "pixels"
        case .count, .ratio: ""
        }
    }

    /// The factor from a word on the line to `unit`; nil for a word that is no unit of this quantity.
    ///
    /// Lengths of a beam centre have no factor to pixels: see `HeaderReading.lengthUnit`.
    func factor(of word: String) -> Double? {
        let words: [String: Double] =
            switch self {
            case .length: Self.lengths
            case .millimetres: Self.lengths.mapValues { $0 * 1000 }
            case .wavelength: Self.wavelengths
            case .energy: ["ev": 1, "kev": 1000]
            case .time: Self.times
            case .angle: Self.angles
            case .pixels: ["pixels": 1, "pixel": 1, "px": 1, "pix": 1]
            case .count: ["counts": 1, "count": 1, "photons": 1, "pixels": 1, "ph": 1]
            case .ratio: [:]
            }
        return words[word.lowercased()]
    }

    /// What is left of a µ, Å or ° in Latin-1, which CIF-001 tells.
    private static let latin = "\u{FFFD}"

    /// Metres.
    static let lengths: [String: Double] = [
        "m": 1, "metre": 1, "meter": 1, "metres": 1, "meters": 1, "mm": 1e-3, "cm": 1e-2, "um": 1e-6, "µm": 1e-6,
        "μm": 1e-6, "micron": 1e-6, "microns": 1e-6, "nm": 1e-9, latin + "m": 1e-6,
    ]
    private static let wavelengths: [String: Double] = [
        "a": 1, "å": 1, "ang": 1, "angstrom": 1, "angstroem": 1, "ångström": 1, "angstroms": 1, "nm": 10, "pm": 0.01,
        "m": 1e10, latin: 1,
    ]
    private static let times: [String: Double] = [
        "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "ms": 1e-3, "msec": 1e-3, "us": 1e-6, "µs": 1e-6,
        "μs": 1e-6, "usec": 1e-6, "ns": 1e-9, "min": 60, "minutes": 60,
        latin + "s": 1e-6,
    ]
    private static let angles: [String: Double] = [
        "deg": 1, "degree": 1, "degrees": 1, "°": 1, "rad": 180 / Double.pi, "radian": 180 / Double.pi,
        "radians": 180 / Double.pi, "mrad": 0.18 / Double.pi, latin: 1,
    ]
}

/// One item of an image header: its names, what its number is, and what becomes of it.
public struct HeaderItem: Sendable, Hashable {
    public enum Name: String, Sendable, Hashable, CaseIterable {
        case wavelength, energy, distance, beamCentre, beamX, beamY, pixelSize, sensor, exposure, period
        case countCutoff, startAngle, angleIncrement, oscillationAxis, twoTheta, verticalOffset, horizontalOffset
        case alpha, kappa, kappaIncrement, phi, phiIncrement, chi, chiIncrement, omega, omegaIncrement
        case detector, threshold, polarisation, flux, transmission, temperature
        case fastSize, slowSize, elementType, byteOrder, deadTime
    }

    public let name: Name
    /// The key as the conventions write it, and its variants; compared without case.
    public let keys: [String]
    /// Nil for a text.
    public let quantity: HeaderQuantity?
    /// A pair of numbers along fast and slow.
    public let isPair: Bool

    /// The key as the conventions write it.
    public var key: String { keys[0] }

    init(_ name: Name, _ keys: [String], _ quantity: HeaderQuantity?, isPair: Bool = false) {
        self.name = name
        self.keys = keys
        self.quantity = quantity
        self.isPair = isPair
    }

    /// The numbers of a line in the unit of the quantity; nil for an item that is a text.
    public func numbers(in entry: ImageHeader.Entry) -> [Double]? { reading(of: entry)?.values }

    /// How a line of this item is read; nil for an item that is a text.
    public func reading(of entry: ImageHeader.Entry) -> HeaderReading? {
        quantity.map { HeaderReading(self, entry, $0) }
    }

    /// The items of one kind of header.
    public struct Vocabulary: Sendable {
        /// Comment headers of miniCBF, in CBF and TIFF files.
        public static let miniCBF = Vocabulary(HeaderItem.table)
        public static let smv = Vocabulary(HeaderItem.tableOfSMV)

        private let byKey: [String: HeaderItem]
        private let byName: [Name: HeaderItem]

        private init(_ items: [HeaderItem]) {
            byKey = Dictionary(
                items.flatMap { item in item.keys.map { ($0.lowercased(), item) } },
                uniquingKeysWith: { first, _ in first })
            byName = Dictionary(items.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        }

        /// The item of a key, compared without case; nil for a key that no item has.
        public func item(ofKey key: String) -> HeaderItem? { byKey[key.lowercased()] }

        /// Nil for an item that headers of this kind do not have.
        public func item(_ name: Name) -> HeaderItem? { byName[name] }
    }

    /// The item of a key of a miniCBF, compared without case; nil for a key that no item has.
    public static func of(key: String) -> HeaderItem? { Vocabulary.miniCBF.item(ofKey: key) }

    /// The item of a miniCBF.
    public static func named(_ name: Name) -> HeaderItem? { Vocabulary.miniCBF.item(name) }
}
