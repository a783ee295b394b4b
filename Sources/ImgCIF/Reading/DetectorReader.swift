// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction

/// Reads detectors with their panels, stated centres, distances and count limits.
struct DetectorReader {
    let block: SourcedBlock
    let collection: String?
    private let dataFrame: Table
    private let element: Table

    init(block: SourcedBlock, collection: String?) {
        self.block = block
        self.collection = collection
        dataFrame = Table("diffrn_data_frame", in: block)
        element = Table("diffrn_detector_element", in: block)
    }

    /// One detector for each row of DIFFRN_DETECTOR; one for all panels when there is no row.
    func detectors(axes: [Axis]) -> [Detector] {
        let table = Table("diffrn_detector", in: block)
        let panelReader = PanelReader(block: block, axes: axes)
        var detectors = table.rows(of: collection).map { row in
            var detector = Detector(id: table.text("id", row) ?? "1", place: table.place(ofRow: row))
            detector.description = table.firstText(["description", "type", "model", "make", "details"], row)
            detector.make = table.sourcedText("make", row)
            detector.sensorThickness = table.number("layer_thickness", row)
            detector.sensorMaterial = table.sourcedText("details", row).flatMap(Self.material)
            return detector
        }
        let keys = panelKeys(panelReader)
        if detectors.isEmpty {
            guard table.rowCount == 0, !keys.isEmpty || axes.contains(where: { $0.equipment.value == .detector }) else {
                return []
            }
            detectors = [Detector(id: element.text("detector_id", 0) ?? "1", place: .file(block.source))]
        }
        let owner = ownerOfElements(detectors)
        for (key, place) in keys {
            let index = key.element.flatMap { owner[$0] } ?? 0
            detectors[index].panels += panelReader.panels(key, place: place)
        }
        let moving = movingAxes(detectors, axes, panelReader.pixelAxes)
        for index in detectors.indices {
            detectors[index].axes = moving[index]
            complete(&detectors[index], isOnly: detectors.count == 1, owner, index)
        }
        return detectors
    }

    /// The material in a line `sensor material: Si`, as descriptions of ours have it; imgCIF has no item for it.
    private static func material(_ details: Sourced<String>) -> Sourced<String>? {
        for line in details.value.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased().filter({ $0 != " " }) == "sensormaterial" else { continue }
            let word = parts[1].drop { $0 == " " }
            return word.isEmpty ? nil : details.map { _ in String(word) }
        }
        return nil
    }

    /// What names the panels: DIFFRN_DATA_FRAME, else the elements with every array, else the arrays.
    private func panelKeys(_ reader: PanelReader) -> [(PanelKey, Place)] {
        let named = PanelKeys(dataFrame: dataFrame, rows: dataFrame.rows(of: collection))
        let elements = element.rows(of: collection)
        var keys = zip(named.keys, named.firstRows).map { ($0, dataFrame.place(ofRow: $1)) }
        if keys.isEmpty {
            keys = reader.describedArrays.map { (PanelKey(element: nil, array: $0, section: nil), .file) }
        }
        if elements.count == 1, let only = element.text("id", elements[0]) {
            for index in keys.indices where keys[index].0.element == nil { keys[index].0.element = only }
        }
        return keys
    }

    private func ownerOfElements(_ detectors: [Detector]) -> [String: Int] {
        let indices = Dictionary(
            detectors.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        var owner: [String: Int] = [:]
        for row in element.rows {
            guard let id = element.text("id", row), let detector = element.text("detector_id", row) else { continue }
            owner[id] = indices[detector] ?? 0
        }
        return owner
    }

    /// The axes that move each detector, in the order of AXIS, pixel axes left out.
    ///
    /// An axis of equipment detector that DIFFRN_DETECTOR_AXIS does not list belongs to the first detector.
    private func movingAxes(_ detectors: [Detector], _ axes: [Axis], _ pixelAxes: Set<AxisID>) -> [[AxisID]] {
        let members = Table("diffrn_detector_axis", in: block)
        let indices = Dictionary(
            detectors.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        var owners: [AxisID: [Int]] = [:]
        for row in members.rows {
            guard let axis = members.text("axis_id", row) else { continue }
            let known = members.text("detector_id", row).flatMap { indices[$0] }
            guard let detector = known ?? (detectors.count == 1 ? 0 : nil) else { continue }
            owners[AxisID(axis), default: []].append(detector)
        }
        var moving = [[AxisID]](repeating: [], count: detectors.count)
        var seen: Set<AxisID> = []
        for axis in axes where !pixelAxes.contains(axis.id) && seen.insert(axis.id).inserted {
            if let owners = owners[axis.id] {
                for detector in Set(owners) { moving[detector].append(axis.id) }
            } else if axis.equipment.value == .detector {
                moving[0].append(axis.id)
            }
        }
        return moving
    }

    private func complete(_ detector: inout Detector, isOnly: Bool, _ owner: [String: Int], _ index: Int) {
        let measurement = Table("diffrn_measurement", in: block)
        if let distance = measurement.firstNumber("sample_detector_distance", rows: measurement.rows(of: collection)) {
            detector.statedDistances.append((item: "_diffrn_measurement.sample_detector_distance", value: distance))
        }
        let limits = CountReader(block: block)
        detector.saturation = limits.saturation
        detector.underload = limits.underload
        detector.undefinedValue = limits.undefinedValue
        detector.gain = limits.gain
        detector.storedScale = limits.scale
        for row in element.rows(of: collection) {
            guard isOnly || element.text("id", row).flatMap({ owner[$0] }) ?? 0 == index else { continue }
            detector.statedBeamCentres += centre("reference_center", element, row, isAtZeroSwing: true)
        }
        guard dataFrame.column("center_fast") != nil, index == 0 || isOnly else { return }
        for row in dataFrame.rows(of: collection).prefix(1) {
            detector.statedBeamCentres += centre("center", dataFrame, row, isAtZeroSwing: false)
        }
    }

    /// Fast and slow with their unit; the dictionary's prose takes millimetres when none is given.
    private func centre(_ item: String, _ table: Table, _ row: Int, isAtZeroSwing: Bool) -> [StatedBeamCentre] {
        guard let fast = table.number("\(item)_fast", row), let slow = table.number("\(item)_slow", row) else {
            return []
        }
        let unit = table.text("\(item)_units", row)
        return [
            StatedBeamCentre(
                value: FastSlow(fast: fast.value, slow: slow.value), unit: Self.unit(unit),
                item: "_\(table.name).\(item)_fast", isAtZeroSwing: isAtZeroSwing,
                place: table.place("\(item)_fast", row))
        ]
    }

    private static func unit(_ word: String?) -> String {
        switch word?.lowercased() {
        case nil: "mm"
        case "pixel", "pixels", "px", "bins", "bin": "px"
        case "millimetre", "millimetres", "mm": "mm"
        default: word ?? "mm"
        }
    }

    /// Kind, shape and type of the image data, without reading pixels.
    func imageData(document: CIF.Document) -> Sourced<ImageData>? {
        let data = Table("array_data", in: block)
        let external = Table("array_data_external_data", in: block)
        let list = Table("array_structure_list", in: block)
        let structure = Table("array_structure", in: block)
        let firstArray = list.text("array_id", 0)
        let dimensions = list.rows.filter {
            list.text("array_id", $0) == firstArray && list.text("array_section_id", $0) == nil
        }
        .compactMap { row -> (Int, Int)? in
            guard let size = list.integer("dimension", row)?.value else { return nil }
            return (list.integer("precedence", row)?.value ?? row + 1, size)
        }
        var image = ImageData(kind: "", shape: dimensions.sorted { $0.0 > $1.0 }.map(\.1))
        image.elementType = structure.text("encoding_type", 0)
        if let column = data.column("data"), column.count > 0, case .binary(let index) = column.kind(0) {
            image.kind = "embedded"
            if image.elementType == nil, index >= 0, index < document.binarySections.count {
                image.elementType = document.binarySections[index].header("X-Binary-Element-Type")
            }
            return Sourced(image, .stated(column.place(0, in: block.source)))
        }
        guard external.exists, external.rowCount > 0 else { return nil }
        image.kind = "external"
        return Sourced(image, .stated(external.place(ofRow: 0)))
    }
}
