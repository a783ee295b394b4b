// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction

// MARK: Detector, arrays

extension DescriptionWriter {
    private var detectorIDs: [String] {
        var seen: Set<String> = []
        return faces.arrays.map(\.detector).filter { seen.insert($0).inserted }
    }

    /// What NXmx says of a detector and imgCIF has no item for, a line each; nil for nothing.
    private static func details(_ detector: Detector) -> String? {
        var lines = detector.sensorMaterial.map { ["sensor material: \($0.value)"] } ?? []
        lines += detector.thresholds.map { "threshold energy: \(DecimalText.shortest($0.value)) eV" }
        lines += detector.bitDepth.map { ["bit depth of the readout: \($0.value)"] } ?? []
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    mutating func writeDetector() {
        let names = axes.detector.compactMap { axes.name($0) }
        let ids = detectorIDs
        let isMade = experiment.detectors.contains { $0.make != nil }
        var rows: [[CIFValue]] = []
        for (index, id) in ids.enumerated() {
            let detector = index < experiment.detectors.count ? experiment.detectors[index] : nil
            let details = detector.flatMap(Self.details)
            rows.append([
                .text(diffrnID), .text(id), detector?.description.map { .text($0.value) } ?? .inapplicable,
                .integer(names.count), CIFValue(detector?.sensorThickness?.value), CIFValue(details),
            ])
            if isMade {
                rows[index].insert(detector?.make.map { .text($0.value) } ?? .inapplicable, at: 2)
            }
        }
        let items =
            ["diffrn_id", "id"] + (isMade ? ["make"] : [])
            + ["description", "number_of_axes", "layer_thickness", "details"]
        if rows.count == 1 {
            cif.blank()
            cif.items(
                zip(items, rows[0]).map { item, value in
                    if case .inapplicable = value { return ("_diffrn_detector." + item, nil) }
                    return ("_diffrn_detector." + item, value)
                })
        } else {
            cif.loop(items.map { "_diffrn_detector." + $0 }, rows)
        }
        cif.loop(
            ["_diffrn_detector_axis.detector_id", "_diffrn_detector_axis.axis_id"],
            ids.flatMap { id in names.map { [.text(id), .text($0)] } })
        cif.loop(
            ["_diffrn_detector_element.id", "_diffrn_detector_element.detector_id"],
            faces.arrays.map { [.text($0.element), .text($0.detector)] })
    }

    /// The type of the elements, when it is a word of `_array_structure.encoding_type`.
    var encodingType: String? {
        guard let stated = experiment.imageData?.value.elementType else { return nil }
        let words =
            ["unsigned 1-bit integer", "signed 32-bit complex IEEE"]
            + ["signed 32-bit", "signed 64-bit"].map { $0 + " real IEEE" }
            + [8, 16, 32].flatMap { ["unsigned \($0)-bit integer", "signed \($0)-bit integer"] }
        return words.first { $0.lowercased() == stated.lowercased() }
    }

    mutating func writeArrays() {
        let type = encodingType
        cif.loop(
            type == nil ? ["_array_structure.id"] : ["_array_structure.id", "_array_structure.encoding_type"],
            faces.arrays.map { [.text($0.id)] + (type.map { [.text($0)] } ?? []) })
        writeArrayLists()
        cif.loop(
            ["axis_set_id", "axis_id", "displacement", "displacement_increment"].map {
                "_array_structure_list_axis." + $0
            },
            faces.panels.flatMap { panel in
                [(panel.fastAxis, panel.steps.fast), (panel.slowAxis, panel.steps.slow)].map { axis, step in
                    [.text(axis), .text(axis), .number(step / 2), .number(step)]
                }
            })
        writeElementSizes()
        writeIntensities()
    }

    /// Whole arrays, then their sections.
    private mutating func writeArrayLists() {
        let isCut = faces.panels.contains { $0.section != nil }
        var rows: [[CIFValue]] = []
        var sections: [[CIFValue]] = []
        func row(_ array: String, _ section: String?, _ index: Int, _ dimension: Int, _ axis: String?) -> [CIFValue] {
            let head: [CIFValue] = isCut ? [.text(array), CIFValue(section)] : [.text(array)]
            return head + [
                .integer(index), .integer(dimension), .integer(index), .text("increasing"), CIFValue(axis),
            ]
        }
        for (number, array) in faces.arrays.enumerated() {
            let own = faces.panels.filter { $0.array == number }
            let whole = own.first { $0.section == nil }
            for (index, dimension) in array.dimensions.enumerated() {
                let axis = index == 0 ? whole?.fastAxis : index == 1 ? whole?.slowAxis : nil
                rows.append(row(array.id, nil, index + 1, dimension, axis))
            }
            for panel in own {
                guard let section = panel.section else { continue }
                rows.append(row(array.id, section, 1, panel.size.fast, panel.fastAxis))
                rows.append(row(array.id, section, 2, panel.size.slow, panel.slowAxis))
                let start = Array(panel.start.reversed())
                for index in array.dimensions.indices {
                    let first = (index < start.count ? start[index] : 0) &+ 1
                    let length = index == 0 ? panel.size.fast : index == 1 ? panel.size.slow : 1
                    sections.append([
                        .text(section), .text(array.id), .integer(index + 1), .integer(first),
                        .integer(first &+ length &- 1),
                    ])
                }
            }
        }
        let names = ["index", "dimension", "precedence", "direction", "axis_set_id"]
        let head = isCut ? ["array_id", "array_section_id"] : ["array_id"]
        cif.loop((head + names).map { "_array_structure_list." + $0 }, rows)
        cif.loop(["id", "array_id", "index", "start", "end"].map { "_array_structure_list_section." + $0 }, sections)
    }

    /// Metres, as the dictionary has it; steps of the first panel of each array.
    private mutating func writeElementSizes() {
        var rows: [[CIFValue]] = []
        for (number, array) in faces.arrays.enumerated() {
            guard let panel = faces.panels.first(where: { $0.array == number }) else { continue }
            for (index, step) in [(1, panel.steps.fast), (2, panel.steps.slow)] {
                rows.append([.text(array.id), .integer(index), .number((step / 1000).cleared(to: 16))])
            }
        }
        cif.loop(["array_id", "index", "size"].map { "_array_element_size." + $0 }, rows)
    }

    /// The overload is the first invalid count: one more than the greatest valid one, for integers.
    private mutating func writeIntensities() {
        guard let detector = experiment.detectors.first,
            detector.saturation != nil || detector.underload != nil || detector.gain != nil
                || detector.undefinedValue != nil || detector.storedScale != nil
        else { return }
        let isReal = experiment.imageData?.value.elementType?.lowercased().contains("real") ?? false
        let overload = detector.saturation.map { isReal ? $0.value : $0.value + 1 }
        // imgCIF divides by the gain, NeXus multiplies by the factor.
        let factor = detector.scalingFactor?.value ?? 1
        let gain = detector.gain?.value ?? (factor > 0 && factor != 1 ? 1 / factor : nil)
        let columns: [(String, Double?)] = [
            ("gain", gain), ("overload", overload), ("underload", detector.underload?.value),
            ("undefined_value", detector.undefinedValue?.value), ("scaling", detector.storedScale?.value.scaling),
            ("offset", detector.storedScale?.value.offset),
        ]
        let linearity = detector.storedScale?.value.word ?? "linear"
        let present = columns.filter { $0.1 != nil }
        cif.loop(
            (["array_id", "binary_id", "linearity"] + present.map(\.0)).map { "_array_intensities." + $0 },
            faces.arrays.enumerated().map { index, array in
                [.text(array.id), .integer(index + 1), .text(linearity)] + present.map { CIFValue($0.1) }
            })
    }
}
