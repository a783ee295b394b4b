// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import RuleEngine

extension Rule {
    static let axis014 = Rule(
        "AXIS-014", .C, "axes of a device are not all listed", applies: .imgCIF,
        what: """
            The axes of equipment goniometer and detector, pixel axes left out, against the rows of \
            DIFFRN_MEASUREMENT_AXIS and DIFFRN_DETECTOR_AXIS and against number_of_axes.
            """,
        why: "A program that goes by the list of the device leaves out the axes that are not on it.",
        fix: "List every axis of the device once, and let number_of_axes be their number.",
        references: ["imgCIF _diffrn_detector.number_of_axes, _diffrn_measurement.number_of_axes"],
        checks: [.experiment(listedAxes)])
}

private func listedAxes(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    guard let block = view.block else { return }
    let surface = block.column("_array_structure_list_axis.axis_id")
    let pixelAxes = Set((surface?.texts() ?? []).compactMap { $0 })
    for device in [Device.goniometer, .detector] {
        let number = block.column("_diffrn_\(device.category).number_of_axes")
        let list = block.column("_diffrn_\(device.category)_axis.axis_id")
        guard number?.integer(0) != nil || list != nil,
            block.category("diffrn_\(device.category)_axis")?.isComplete != false
        else { continue }
        let defined = Set(
            view.experiment.axes.filter { $0.equipment.value == device.equipment }.map(\.id.text)
        ).subtracting(pixelAxes)
        let rows = Set((list?.texts() ?? []).compactMap { $0 }).subtracting(pixelAxes)
        let stated = (0..<(number?.count ?? 0)).compactMap { number?.integer($0) }.reduce(nil) { ($0 ?? 0) &+ $1 }
        let missing = list == nil ? [] : defined.subtracting(rows).sorted()
        let isCounted = stated.map { $0 == (list == nil ? defined.count : rows.count) } ?? true
        guard !missing.isEmpty || !isCounted else { continue }
        let id = block.column("_diffrn_\(device.category).id")?.text(0) ?? device.word
        let omitted = missing.isEmpty ? "" : " ('\(missing.joined(separator: "', '"))' not listed)"
        verdicts.report(
            "\(device.word) '\(id)' states \(stated.map(String.init) ?? "no number of") axes, \(rows.count) are listed and "
                + "\(defined.count) defined\(omitted)",
            at: isCounted ? (list.map { [$0.namePlace] } ?? []) : (number.map { [$0.place(0)] } ?? []),
            values: [("listed", .integer(rows.count)), ("found", .integer(defined.count))],
            subjects: [verdicts.subject(.category, "diffrn_\(device.category)_axis")])
    }
}

private enum Device {
    case goniometer, detector

    var category: String { self == .goniometer ? "measurement" : "detector" }
    var word: String { self == .goniometer ? "goniometer" : "detector" }
    var equipment: Equipment { self == .goniometer ? .goniometer : .detector }
}
