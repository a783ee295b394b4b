// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Words for sensors that are no semiconductor.
enum SensorWords {
    private static let solids = [
        "scintillat", "phosphor", "gadox", "gd2o2s", "gdos", "csi", "cesium iodide", "caesium iodide", "lyso", "luag",
        "yag", "znse", "zns", "6lif", "lithium glass", "image plate", "imaging plate", "film", "bafbr",
    ]
    private static let gases = [
        "gas", "3he", "he3", "helium", "xenon", "argon", "krypton", "bf3", "10bf3", "he-3", "cf4",
    ]

    /// Gases by their formula, alone or in a mixture.
    private static let symbols: Set<Substring> = ["he", "xe", "ar", "kr", "ne", "co2", "ch4", "c4h10", "c2h6"]

    /// The text names a scintillator, a plate or a gas: absorption in a semiconductor is not corrected.
    static func namesNoSemiconductor(_ text: String) -> Bool {
        let word = text.lowercased()
        return solids.contains(where: word.contains) || namesGas(word)
    }

    /// The text names a gas, whose layer is thicker than any solid one.
    static func namesGas(_ text: String) -> Bool {
        let word = text.lowercased()
        let parts = word.split { !$0.isLetter && !$0.isNumber }
        return word != "gaas" && gases.contains(where: word.contains) || parts.contains { symbols.contains($0) }
    }
}
