// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF

extension CIF.Block {
    /// What `_axis.equipment` says of each axis, in lower case; the lists of devices outrank it in the model.
    var statedEquipment: [String: String] {
        guard let ids = column("_axis.id"), let words = column("_axis.equipment") else { return [:] }
        var stated: [String: String] = [:]
        for row in 0..<min(ids.count, words.count) {
            guard let id = ids.text(row), let word = words.text(row), stated[id] == nil else { continue }
            stated[id] = word.lowercased()
        }
        return stated
    }
}
