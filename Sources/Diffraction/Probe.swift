// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The kind of particle.
public enum Probe: Sendable, Hashable {
    case xray, electron, neutron, gamma
    /// A word that is none of these; kept as written.
    case other(String)
}

extension Probe {
    /// The particle that a word names, in one or in many, with or without hyphen: `x-ray`, `X-rays`, `xray`, `electrons`.
    ///
    /// - Source: imgCIF `_diffrn_radiation.probe`; NXsource `probe`; dxtbx `probe`.
    public init(word: String) {
        switch word.lowercased() {
        case "x-ray", "xray", "x-rays", "xrays": self = .xray
        case "electron", "electrons": self = .electron
        case "neutron", "neutrons": self = .neutron
        case let word where word.hasPrefix("gamma"): self = .gamma
        default: self = .other(word)
        }
    }
}
