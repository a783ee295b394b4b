// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension ExperimentView {
    /// Why the facts of a whole data set are not to be looked for here; nil when they are.
    ///
    /// One image of a series does not name the data set that it belongs to; the description of the set does.
    var reasonToSkipDataSet: String? {
        [.cbf, .minicbf, .smv, .tiff].contains(kind)
            ? "the file is one image, and its data set is described elsewhere" : nil
    }
}
