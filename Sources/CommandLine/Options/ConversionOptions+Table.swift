// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Diffraction

// Options of `convert`.

extension Option where Value == String {
    static var conversion: Self {
        Self(
            "output", short: "o", "FILE|DIR", shape: .file,
            "write to FILE, or with names of the images into DIR when it is a folder or ends with '/'")
    }
    static var sensorMaterial: Self { Self("sensor-material", "NAME", "material of the sensor, such as Si or CdTe") }
}

extension Option where Value == Double {
    static var sensorThickness: Self { Self(positive: "sensor-thickness", "MM", "thickness of the sensor") }
}

extension Option where Value == PixelOriginChoice {
    static var pixelOrigin: Self {
        Self(
            "pixel-origin", "WHICH", choices: PixelOriginChoice.allCases.map { ($0.rawValue, $0) },
            "numbers of the first pixel: as in the source, or moved from its centre to its corner")
    }
}
