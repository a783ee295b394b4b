// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction

/// One array index with its place on the detector face, as ARRAY_STRUCTURE_LIST describes it.
struct ArrayIndex {
    var row: Int
    var index: Int
    var precedence: Int
    var dimension: Int?
    var isDecreasing: Bool
    var axisSet: String?
}

/// Reads the panels of arrays and sections: ARRAY_STRUCTURE_LIST and what hangs on it.
struct PanelReader {
    private let list: Table
    private let listAxis: Table
    private let section: Table
    private let size: Table
    /// Rows of ARRAY_STRUCTURE_LIST by array, in the order of the file.
    private let rowsOfArray: [String: [Int]]
    private let arrays: [String]
    /// Rows of ARRAY_STRUCTURE_LIST_SECTION by section.
    private let rowsOfSection: [String: [Int]]
    /// Rows of ARRAY_ELEMENT_SIZE by index.
    private let rowsOfSize: [Int: [Int]]
    /// Rows of ARRAY_STRUCTURE_LIST_AXIS by axis set.
    private let rowsOfSet: [String: [Int]]
    private let motions: [AxisID: AxisMotion]

    init(block: SourcedBlock, axes: [Axis]) {
        list = Table("array_structure_list", in: block)
        listAxis = Table("array_structure_list_axis", in: block)
        section = Table("array_structure_list_section", in: block)
        size = Table("array_element_size", in: block)
        var byArray: [String: [Int]] = [:]
        var order: [String] = []
        for row in list.rows {
            let array = list.text("array_id", row) ?? "1"
            if byArray[array] == nil { order.append(array) }
            byArray[array, default: []].append(row)
        }
        rowsOfArray = byArray
        arrays = order
        var bySet: [String: [Int]] = [:]
        for row in listAxis.rows {
            guard let set = listAxis.text("axis_set_id", row) ?? listAxis.text("axis_id", row) else { continue }
            bySet[set, default: []].append(row)
        }
        rowsOfSet = bySet
        let (section, size) = (section, size)
        rowsOfSection = Dictionary(grouping: section.rows) { section.text("id", $0) ?? "" }
        rowsOfSize = Dictionary(grouping: size.rows) { size.integer("index", $0)?.value ?? $0 + 1 }
        motions = Dictionary(axes.map { ($0.id, $0.motion.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// The arrays that ARRAY_STRUCTURE_LIST describes, in the order of the file.
    var describedArrays: [String] { arrays }

    /// Ids of the axes that move a pixel index.
    var pixelAxes: Set<AxisID> {
        Set(listAxis.rows.compactMap { listAxis.text("axis_id", $0).map { AxisID($0) } })
    }

    /// The panels of one array: one for each section, or one for the whole array.
    ///
    /// - Parameters:
    ///   - key: What DIFFRN_DATA_FRAME names; its array is looked up, and an only array stands for an unknown one.
    ///   - place: Where the panel is named when ARRAY_STRUCTURE_LIST does not describe it.
    func panels(_ key: PanelKey, place: Place) -> [Panel] {
        let array = rowsOfArray[key.array] != nil || arrays.count != 1 ? key.array : arrays[0]
        let rows = rowsOfArray[array] ?? []
        guard !rows.isEmpty else {
            return [
                Panel(
                    id: name(key, array, nil), size: nil, placement: nil,
                    placementFault: "ARRAY_STRUCTURE_LIST has no row for array '\(array)'", pixelOrigin: .pixelCentre,
                    pixelOriginBasis: .dictionary, place: place)
            ]
        }
        let bySection = Dictionary(grouping: rows) { list.text("array_section_id", $0) }
        let whole = bySection[nil] ?? []
        let sections = sectionNames(array, rows).filter { key.section == nil || key.section == $0 }
        guard !sections.isEmpty else {
            let groups = indexGroups(whole)
            return groups.enumerated().map { number, group in
                let suffix = groups.count > 1 ? "#\(number + 1)" : nil
                return panel(id: name(key, array, suffix), array: array, group, section: nil)
            }
        }
        return sections.map { name in
            let own = bySection[name] ?? []
            let group = indexGroups(own.isEmpty ? whole : own)
            return panel(
                id: self.name(key, array, name), array: array, group.first ?? [], section: name,
                isCut: own.isEmpty)
        }
    }

    private func name(_ key: PanelKey, _ array: String, _ part: String?) -> String {
        let base = key.element ?? array
        guard let part else { return base }
        return part.hasPrefix("#") ? base + part : "\(base)/\(part)"
    }

    /// Sections of an array, by ARRAY_STRUCTURE_LIST or ARRAY_STRUCTURE_LIST_SECTION.
    private func sectionNames(_ array: String, _ rows: [Int]) -> [String] {
        var names: [String] = []
        var seen: Set<String> = []
        for row in rows {
            if let name = list.text("array_section_id", row), seen.insert(name).inserted { names.append(name) }
        }
        guard names.isEmpty else { return names }
        for row in section.rows where (section.text("array_id", row) ?? "1") == array {
            if let name = section.text("id", row), seen.insert(name).inserted { names.append(name) }
        }
        return names
    }

    /// Rows as indices; a second row with the same index begins another panel (several panels under one array).
    private func indexGroups(_ rows: [Int]) -> [[ArrayIndex]] {
        var groups: [[ArrayIndex]] = []
        var uses: [Int: Int] = [:]
        for (position, row) in rows.enumerated() {
            let number = list.integer("index", row)?.value ?? position + 1
            let index = ArrayIndex(
                row: row, index: number, precedence: list.integer("precedence", row)?.value ?? number,
                dimension: list.integer("dimension", row)?.value,
                isDecreasing: list.text("direction", row)?.lowercased() == "decreasing",
                axisSet: list.text("axis_set_id", row))
            let use = uses[number, default: 0]
            uses[number] = use + 1
            if use < groups.count {
                groups[use].append(index)
            } else {
                groups.append([index])
            }
        }
        return groups
    }

    private func panel(
        id: String, array: String, _ indices: [ArrayIndex], section name: String?, isCut: Bool = false
    ) -> Panel {
        let place = indices.first.map { list.place(ofRow: $0.row) } ?? list.place
        var panel = Panel(
            id: id, size: nil, placement: nil, pixelOrigin: .pixelCentre, pixelOriginBasis: .dictionary, place: place)
        panel.array = array
        guard let fast = indices.first(where: { $0.precedence == 1 }),
            let slow = indices.first(where: { $0.precedence == 2 })
        else {
            panel.placementFault = "array '\(array)' has no index of precedence 1 and 2"
            return panel
        }
        let cut = name.map { cuts(array: array, section: $0) } ?? [:]
        if let i = length(fast, cut), let j = length(slow, cut) { panel.size = FastSlow(fast: i, slow: j) }
        panel.statedPixelSize = FastSlow(fast: pixelSize(array, fast.index), slow: pixelSize(array, slow.index))
        if !cut.isEmpty {
            setData(of: &panel, indices, cut)
            let own = Set(indices.map(\.index))
            let outer = cut.keys.filter { !own.contains($0) }.sorted(by: >)
            let inner = indices.sorted { $0.precedence > $1.precedence }.map(\.index)
            panel.firstElement = (outer + inner).map { (cut[$0]?.start ?? 1) &- 1 }
        }
        switch (surface(fast, isCut ? cut[fast.index] : nil), surface(slow, isCut ? cut[slow.index] : nil)) {
        case (.success(let fast), .success(let slow)):
            panel.placement = .surface(FastSlow(fast: fast, slow: slow))
        case (.failure(let fault), _), (_, .failure(let fault)):
            panel.placementFault = fault.reason
        }
        return panel
    }

    /// `_array_element_size.size` is in metres.
    private func pixelSize(_ array: String, _ index: Int) -> Sourced<Double>? {
        let row = rowsOfSize[index]?.first { (size.text("array_id", $0) ?? array) == array }
        return row.flatMap { size.number("size", $0) }?.map { $0 * 1000 }
    }
}

// MARK: Axes of an index, sections

extension PanelReader {
    /// Why an index has no place on the detector.
    private struct SurfaceFault: Error {
        var reason: String
    }

    /// First and last element of a section along one index, from 1, and the step between elements.
    private struct Cut {
        var start: Int
        var end: Int
        var stride: Int
        var place: Place

        var count: Int { end >= start ? (end &- start) / stride &+ 1 : 0 }
    }

    private func cuts(array: String, section name: String) -> [Int: Cut] {
        var cuts: [Int: Cut] = [:]
        for row in rowsOfSection[name] ?? [] {
            guard (section.text("array_id", row) ?? "1") == array, let index = section.integer("index", row)?.value,
                let start = section.integer("start", row)?.value, let end = section.integer("end", row)?.value,
                start > Int(Int32.min), end < Int(Int32.max), start < Int(Int32.max), end > Int(Int32.min)
            else { continue }
            let stride = section.integer("stride", row)?.value ?? 1
            cuts[index] = Cut(start: start, end: end, stride: max(1, stride), place: section.place("start", row))
        }
        return cuts
    }

    private func length(_ index: ArrayIndex, _ cut: [Int: Cut]) -> Int? { cut[index.index]?.count ?? index.dimension }

    /// Where the section lies in the stored array, slowest first.
    private func setData(of panel: inout Panel, _ indices: [ArrayIndex], _ cut: [Int: Cut]) {
        let ordered = indices.sorted { $0.precedence > $1.precedence }.compactMap { cut[$0.index] }
        guard let first = ordered.first, ordered.count == cut.count else { return }
        panel.dataOrigin = Sourced(ordered.map { $0.start &- 1 }, .stated(first.place))
        panel.dataSize = Sourced(ordered.map(\.count), .stated(first.place))
    }

    private func surface(_ index: ArrayIndex, _ cut: Cut?) -> Result<SurfaceAxis, SurfaceFault> {
        guard let set = index.axisSet else {
            return .failure(SurfaceFault(reason: "index \(index.index) has no axis set"))
        }
        let rows = rowsOfSet[set] ?? []
        guard let row = rows.first else {
            return .failure(SurfaceFault(reason: "axis set '\(set)' has no row in ARRAY_STRUCTURE_LIST_AXIS"))
        }
        guard rows.count == 1 else {
            return .failure(SurfaceFault(reason: "axis set '\(set)' has \(rows.count) axes"))
        }
        guard let id = listAxis.text("axis_id", row) else {
            return .failure(SurfaceFault(reason: "axis set '\(set)' names no axis"))
        }
        if motions[AxisID(id)] == .rotation {
            return .failure(SurfaceFault(reason: "pixels of axis set '\(set)' lie along the rotation '\(id)'"))
        }
        for item in ["displacement_increment", "displacement"] {
            if let unknown = listAxis.unknown(item, row) {
                return .failure(SurfaceFault(reason: "\(item) of axis set '\(set)' is '\(unknown.value)'"))
            }
        }
        var displacement = number("displacement", row)
        let increment = number("displacement_increment", row)
        if let cut {
            let first = index.isDecreasing ? (index.dimension ?? cut.end) &- cut.end : cut.start &- 1
            displacement.value += Double(first) * increment.value
        }
        return .success(
            SurfaceAxis(
                axis: AxisID(id), displacement: displacement, increment: increment, isDecreasing: index.isDecreasing))
    }

    private func number(_ item: String, _ row: Int) -> Sourced<Double> {
        listAxis.number(item, row) ?? Sourced(0, .defaulted(item: "_array_structure_list_axis.\(item)"))
    }
}
