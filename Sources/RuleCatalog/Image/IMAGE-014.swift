// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImageHeaders
import ImgCIF
import RuleEngine

extension Rule {
    static let image014 = Rule(
        "IMAGE-014", .B, "image header lacks facts", applies: .imgCIF,
        what: """
            The comment header of a miniCBF gives distance, beam centre and pixel size, as numbers and not as None or \
            -9999; the wavelength belongs to BEAM-001. The header of a binary section gives type of the elements, size \
            and dimensions. An absent convention, start angle or increment is no finding; a start angle of None or -9999 \
            is one where the image turns.
            """,
        why: "DIALS and XDS cannot start from such an image, or start from a default that nobody chose.",
        fix: "Write the header again with the facts of the beamline; `describe` takes them as options.",
        references: [
            "imgCIF _array_data.header_convention, _array_data.header_contents", "dials/dials#2488", "dials/dials#376",
            "legrandp/xdsme#23",
        ],
        needs: ["CIF-010"],
        checks: [.text(lackingFacts), .experiment(lackingFactsOfImage)])
}

/// SMV and TIFF: what the model could not be given.
private func lackingFactsOfImage(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let header = view.imageHeader, let detector = view.experiment.detectors.first else { return }
    var lacking: [(words: String, place: Place?)] = []
    if detector.statedDistances.isEmpty { lacking.append(header.lacking("distance", [.distance])) }
    if detector.statedBeamCentres.isEmpty, detector.panels.first?.placement == nil {
        lacking.append(header.lacking("beam centre", [.beamCentre, .beamX, .beamY]))
    }
    if detector.panels.first?.statedPixelSize.fast == nil { lacking.append(header.lacking("pixel size", [.pixelSize])) }
    if view.kind == .smv {
        if detector.panels.first?.size == nil { lacking.append(header.lacking("dimensions", [.fastSize, .slowSize])) }
        if view.experiment.imageData?.value.elementType == nil {
            lacking.append(header.lacking("type of the elements", [.elementType]))
        }
        if header.text(.byteOrder) == nil { lacking.append(header.lacking("byte order", [.byteOrder])) }
    }
    if let start = header.lackingStart { lacking.append(start) }
    guard !lacking.isEmpty else { return }
    let places = lacking.compactMap(\.place)
    verdicts.report(
        "image header lacks \(Wording.list(lacking.map(\.words), limit: 8))",
        at: places.isEmpty ? [detector.place] : places,
        values: [("list", .list(lacking.map { .text($0.words) }))],
        subjects: [verdicts.subject(.category, "image header")])
}

private func lackingFacts(_ view: TextView, _ verdicts: inout Verdicts) {
    for (reading, block) in zip(view.readings, view.blocks) {
        var lacking: [(words: String, place: Place?)] = []
        // Without any header BEAM-001 tells what an image lacks; the tables of XDS are no images.
        if reading.kind == .miniCBF, let header = reading.header, header.hasItems { lacking = facts(of: header) }
        for section in view.sections(of: block) where section.fault == nil {
            let names = [
                "X-Binary-Element-Type", "X-Binary-Size", "X-Binary-Size-Fastest-Dimension",
                "X-Binary-Size-Second-Dimension",
            ]
            let absent = names.filter { section.header($0) == nil && (reading.kind == .miniCBF || $0 == names[0]) }
            // The old form without MIME headers has three numbers and leaves the rest to the loops.
            guard !absent.isEmpty, section.header("X-Binary-Compression-Code") == nil else { continue }
            let meant = absent.contains(names[0]) ? " (unsigned 32-bit integer is the default)" : ""
            lacking.append((absent.joined(separator: ", ") + meant, .text(offset: section.offset, item: nil, row: nil)))
            break
        }
        guard !lacking.isEmpty else { continue }
        let places = lacking.compactMap(\.place)
        verdicts.report(
            "image header lacks \(Wording.list(lacking.map(\.words), limit: 8))",
            at: places.isEmpty ? [.text(offset: block.offset, item: nil, row: nil)] : places,
            values: [("list", .list(lacking.map { .text($0.words) }))],
            subjects: [Subject(.category, "image header", in: block.name)])
    }
}

/// What the comment header does not give, each with what stands in its place.
private func facts(of header: ImageHeader) -> [(words: String, place: Place?)] {
    var found: [(words: String, place: Place?)] = []
    if header.distance == nil { found.append(header.lacking("distance", [.distance])) }
    if header.beamCentre == nil { found.append(header.lacking("beam centre", [.beamCentre, .beamX, .beamY])) }
    if header.pixelSize == nil { found.append(header.lacking("pixel size", [.pixelSize])) }
    if let start = header.lackingStart { found.append(start) }
    return found
}

extension ImageHeader {
    /// The line of a start angle that is no number, of an image that turns.
    fileprivate var lackingStart: (words: String, place: Place?)? {
        guard startAngle == nil, angleIncrement?.value ?? 0 != 0, !lines(of: .startAngle).isEmpty else { return nil }
        return lacking("start angle", [.startAngle])
    }

    /// The word for a fact that is not given, with the line that stands in its place.
    fileprivate func lacking(_ word: String, _ names: [HeaderItem.Name]) -> (words: String, place: Place?) {
        guard let line = names.flatMap({ lines(of: $0) }).first else { return (word, nil) }
        let value = line.value.isEmpty ? "is empty" : "is '\(Wording.excerpt(line.value, limit: 40))'"
        return ("\(word) (\(line.key) \(value))", line.place)
    }
}

extension TextView {
    /// The binary sections of ARRAY_DATA in a block, in the order of its rows.
    func sections(of block: CIF.Block) -> [CIF.BinarySection] {
        guard let column = block.column("_array_data.data") else { return [] }
        return (0..<column.count).compactMap { row in
            guard case .binary(let index) = column.kind(row), document.binarySections.indices.contains(index) else {
                return nil
            }
            return document.binarySections[index]
        }
    }
}
