// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImageHeaders

/// Builds the experiment of a miniCBF: comment header and binary section, no loops.
struct MiniCBFReader {
    let document: CIF.Document
    let block: SourcedBlock
    let header: ImageHeader?

    /// None for a table that XDS writes in the form of an image.
    func experiments() -> [Experiment] {
        if header?.isOfTable == true { return [] }
        let header = header ?? ImageHeader(convention: nil, entries: [])
        let place = block.place
        var experiment = header.experiment(
            id: block.name, size: sizeOfFirstImage, elementType: section?.header("X-Binary-Element-Type"), place: place)
        if !hasData { experiment.imageData = nil }
        return [experiment]
    }

    /// The item of the pixels is there, whatever stands in it.
    private var hasData: Bool { (block.block.column("_array_data.data")?.count ?? 0) > 0 }

    private var section: CIF.BinarySection? {
        guard let column = block.block.column("_array_data.data"), column.count > 0,
            case .binary(let index) = column.kind(0), index >= 0, index < document.binarySections.count
        else { return nil }
        return document.binarySections[index]
    }

    /// Pixels along fast and slow, from the header of the binary section.
    private var sizeOfFirstImage: FastSlow<Int>? {
        guard let section, let fast = section.header("X-Binary-Size-Fastest-Dimension").flatMap({ Int($0) }),
            let slow = section.header("X-Binary-Size-Second-Dimension").flatMap({ Int($0) }), fast > 0, slow > 0
        else { return nil }
        return FastSlow(fast: fast, slow: slow)
    }
}
