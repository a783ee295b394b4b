// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Numbers of pixels, fast and slow, of detectors in wide use.
///
/// - Source: DECTRIS product documentation; cctbx/dxtbx:src/dxtbx/format/FormatNXmxEigerFilewriter.py.
enum DetectorFamilies {
    private static let sizes: [(fast: Int, slow: Int, name: String)] = [
        (1030, 514, "an Eiger 500K"), (1030, 1065, "an Eiger 1M"), (2070, 2167, "an Eiger 4M"),
        (3110, 3269, "an Eiger 9M"),
        (4150, 4371, "an Eiger 16M"), (1028, 512, "an Eiger2 500K"), (1028, 1062, "an Eiger2 1M"),
        (2068, 2162, "an Eiger2 4M"), (3108, 3262, "an Eiger2 9M"), (4148, 4362, "an Eiger2 16M"),
        (487, 195, "a Pilatus 100K"), (487, 407, "a Pilatus 200K"), (487, 619, "a Pilatus 300K"),
        (1475, 195, "a Pilatus 300K-W"), (981, 1043, "a Pilatus 1M"), (1475, 1679, "a Pilatus 2M"),
        (2463, 2527, "a Pilatus 6M"),
    ]

    /// The detector is built of several modules.
    static func hasGaps(_ fast: Int, _ slow: Int) -> Bool {
        name(fast, slow) != nil && !(fast <= 1030 && slow <= 514) && !(fast == 487 && slow == 195)
    }

    /// The family with these numbers of pixels; nil when there is none.
    static func name(_ fast: Int, _ slow: Int) -> String? {
        sizes.first { $0.fast == fast && $0.slow == slow }?.name
    }

    /// Size of a pixel in millimetres and number of pixels of the family that a name tells; nil for another name.
    ///
    /// "PILATUS 300K, S/N 3-0101", "Dectris Eiger2 XE 16M": a name without its number of pixels tells the pixel alone.
    static func family(inName name: String) -> (pixel: Double?, size: (fast: Int, slow: Int)?)? {
        let words = name.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "-") }.map(String.init)
        guard let maker = words.firstIndex(where: { $0.hasPrefix("pilatus") || $0.hasPrefix("eiger") }) else {
            return nil
        }
        let isPilatus = words[maker].hasPrefix("pilatus")
        guard isPilatus || words[maker].hasPrefix("eiger2") || words[maker] == "eiger" else { return nil }
        let stem = isPilatus ? "a Pilatus " : words[maker].hasPrefix("eiger2") ? "an Eiger2 " : "an Eiger "
        let size = words.lazy.compactMap { word in
            sizes.first { $0.name == stem + word.uppercased() }.map { (fast: $0.fast, slow: $0.slow) }
        }.first
        // Pilatus4 has pixels of 150 micrometres.
        if words[maker].hasPrefix("pilatus4") { return nil }
        return (isPilatus ? 0.172 : 0.075, size)
    }

    /// Pixels of a module and of the gap to the next one, fast and slow, by the size of a pixel in millimetres.
    private static let modules: [(pixel: Double, fast: (size: Int, gap: Int), slow: (size: Int, gap: Int))] = [
        (0.172, (487, 7), (195, 17)), (0.075, (1030, 10), (514, 37)), (0.075, (1028, 12), (512, 38)),
    ]

    /// An image of these numbers of pixels is a rectangle of whole modules of detectors with pixels of that size.
    static func isOfWholeModules(_ fast: Int, _ slow: Int, pixel: Double) -> Bool {
        func isWhole(_ count: Int, _ module: (size: Int, gap: Int)) -> Bool {
            count >= module.size && (count + module.gap) % (module.size + module.gap) == 0
        }
        return modules.contains { $0.pixel == pixel && isWhole(fast, $0.fast) && isWhole(slow, $0.slow) }
    }
}
