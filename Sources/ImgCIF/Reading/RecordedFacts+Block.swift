// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import CIF
public import Diffraction
public import ImageHeaders

extension RecordedFacts {
    /// What a block and its comment header state beside the model; the block outranks the header.
    ///
    /// - Source: docs/guide/convert.md.
    public init(_ block: CIF.Block, header: ImageHeader?) {
        self.init()
        let block = SourcedBlock(block, in: .main)
        readSource(Table("diffrn_source", in: block))
        readRadiation(Table("diffrn_radiation", in: block))
        readDetector(Table("diffrn_detector", in: block), header)
        readIntensities(Table("array_intensities", in: block))
        let axis = Table("axis", in: block)
        for row in axis.rows {
            guard let id = axis.text("id", row), let word = axis.text("equipment_component", row) else { continue }
            components[AxisID(id)] = word
        }
        planeOfArray = Self.planes(block)
        let frame = Table("diffrn_scan_frame", in: block)
        date = frame.text("date", 0) ?? Table("diffrn_scan", in: block).text("date_start", 0) ?? header?.date?.value
        transmission = header?.transmission?.value
        deprecatedExposure = frame.number("exposure_time", 0)?.value
    }

    private mutating func readSource(_ table: Table) {
        let rows = Array(table.rows)
        sourceType = table.firstText("source", rows: rows)?.value
        current = table.firstNumber("current", rows: rows)?.value
        power = table.firstNumber("power", rows: rows)?.value
        voltage = table.firstNumber("voltage", rows: rows)?.value
        target = table.firstText("target", rows: rows)?.value
    }

    private mutating func readRadiation(_ table: Table) {
        let rows = Array(table.rows)
        func number(_ item: String) -> Double? { table.firstNumber(item, rows: rows)?.value }
        monochromator = table.firstText("monochromator", rows: rows)?.value
        if let x = number("div_x_source"), let y = number("div_y_source") {
            divergence = Divergence(x: x, y: y, covariance: number("div_x_y_source") ?? 0)
        }
        totalFlux = number("beam_flux") ?? number("beam_incident_flux")
        // Photons a second and square micrometre.
        fluxDensity = number("beam_flux_density").map { $0 * 1e8 }
    }

    private mutating func readDetector(_ table: Table, _ header: ImageHeader?) {
        let rows = Array(table.rows)
        detectorType = table.firstText("detector", rows: rows)?.value
        detectorName = table.firstText("id", rows: rows)?.value
        let dead = header?.deadTime.flatMap { $0.value > 0 ? $0.value : nil }
        deadTime = table.firstNumber("dtime", rows: rows).map { $0.value * 1e-6 } ?? dead
        gainSetting = table.firstText("gain_setting", rows: rows)?.value ?? header?.text("Gain_setting")?.value
        serialNumber = header?.serialNumber
        if totalFlux == nil { totalFlux = header?.flux?.value }
    }

    private mutating func readIntensities(_ table: Table) {
        let rows = Array(table.rows.prefix(1))
        func number(_ item: String) -> Double? { table.firstNumber(item, rows: rows)?.value }
        let linearity = table.firstText("linearity", rows: rows)?.value.lowercased() ?? "linear"
        if linearity.contains("sqrt") || linearity.contains("logarithmic") {
            unplacedScale = linearity
            unplacedScaling = number("scaling") ?? 1
        }
        let scaling = linearity.contains("scaling") ? number("scaling") ?? 1 : 1
        let gain = number("gain") ?? 1
        if gain > 0, scaling / gain != 1 { scalingFactor = scaling / gain }
        if linearity.contains("offset"), let offset = number("offset"), offset != 0, scaling != 0 {
            dataOffset = offset / scaling
        }
    }

    /// The plane at which each array of a frame begins when all are laid one above the other.
    private static func planes(_ block: SourcedBlock) -> [String: Int] {
        let data = Table("array_data", in: block)
        let list = Table("array_structure_list", in: block)
        var depth: [String: Int] = [:]
        for row in list.rows
        where list.integer("precedence", row)?.value == 3 && list.text("array_section_id", row) == nil {
            if let array = list.text("array_id", row), let planes = list.integer("dimension", row)?.value, planes > 0 {
                depth[array] = planes
            }
        }
        var first: [String: Int] = [:]
        var next = 0
        for row in data.rows {
            guard let array = data.text("array_id", row), first[array] == nil else { continue }
            first[array] = next
            next = next &+ (depth[array] ?? 1)
        }
        return first
    }
}
