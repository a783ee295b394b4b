// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction

/// A block with the number of the file it stands in, which every place that is read from it carries.
struct SourcedBlock {
    let block: CIF.Block
    let source: SourceID

    init(_ block: CIF.Block, in source: SourceID = .main) {
        self.block = block
        self.source = source
    }

    var name: String { block.name }

    /// Where the block begins.
    var place: Place { .text(offset: block.offset, item: nil, row: nil, in: source) }
}
