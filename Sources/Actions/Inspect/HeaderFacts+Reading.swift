// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings
import ImageHeaders
import ImgCIF
import RuleEngine

extension HeaderFacts {
    /// - Returns: Nil for a file without a comment header.
    init?(_ material: Material, _ origins: OriginWords) {
        let readings = (material.text?.readings ?? []) + material.experiments.compactMap(\.reading)
        guard let header = readings.lazy.compactMap(\.header).first else { return nil }
        var items: [Item] = []
        var unknown: [String] = []
        for entry in header.entries {
            guard let item = header.vocabulary.item(ofKey: entry.key) else { continue }
            guard !ImageHeader.isNull(entry.value) else {
                unknown.append(entry.key)
                continue
            }
            let reading = item.reading(of: entry)
            items.append(
                Item(
                    name: item.name.rawValue, key: entry.key, values: reading?.values ?? [],
                    unit: reading.map { $0.isLength ? "m" : item.quantity?.unit ?? "" } ?? "", text: entry.value,
                    source: origins.words(on: .stated(entry.place))))
        }
        self.init(convention: header.convention, items: items, unknown: unknown, unused: header.unusedKeys)
    }
}
