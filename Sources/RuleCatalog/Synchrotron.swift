// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine
import Transport

extension ExperimentView {
    /// What says that the source is a synchrotron.
    var synchrotron: Sourced<String>? {
        let identity = experiment.identity
        if let type = identity.sourceType, type.value.holds("synchrotron", ignoringCase: true) { return type }
        for item in ["_diffrn_source.source", "_diffrn_source.type", "_diffrn_radiation.type"] {
            guard let column = block?.column(item), let text = column.text(0),
                text.holds("synchrotron", ignoringCase: true)
            else { continue }
            return Sourced(text, .stated(column.place(0)))
        }
        return nil
    }
}
