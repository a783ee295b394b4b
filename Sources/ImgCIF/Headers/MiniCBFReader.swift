// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction

/// Builds the experiment of a miniCBF: comment header and binary section, no loops.
struct MiniCBFReader {
    let document: CIF.Document
    let block: CIF.Block
    let header: ImageHeader?

    func experiments() -> [Experiment] {
        let header = header ?? ImageHeader(convention: nil, entries: [])
        let place = Place.text(offset: block.offset, item: nil, row: nil)
        let facts = ImageFacts(
            id: block.name, place: place, wavelength: header.wavelength,
            unusableWavelength: header.unusableWavelength, distance: header.distance, beamCentre: header.beamCentre,
            pixelSize: header.pixelSize, size: sizeOfFirstImage, swing: header.swing,
            axisName: header.oscillationAxisName, startAngle: header.startAngle,
            angleIncrement: header.angleIncrement, exposure: header.exposure, period: header.period)
        var experiment = facts.experiment()
        experiment.identity.title = Sourced(block.name, .stated(place))
        experiment.identity.startTime = header.date
        experiment.beam.polarisationRatio = header.polarisation
        header.complete(&experiment.detectors[0])
        experiment.imageData?.value.elementType = section?.header("X-Binary-Element-Type")
        return [experiment]
    }

    private var section: CIF.BinarySection? {
        guard let column = block.column("_array_data.data"), column.count > 0,
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
