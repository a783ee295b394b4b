// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension CheckImgCIF {
    /// The axes of the detector face have no settings.
    static func surfaceAxes(_ items: Items, _ log: inout Log) throws(Stop) {
        let surface = Set(try items.values("_array_structure_list_axis.axis_id"))
        for name in ["_diffrn_scan_axis.axis_id", "_diffrn_scan_frame_axis.axis_id"] where items.has(name) {
            var seen = Set<Cell>()
            for cell in try items.values(name) where surface.contains(cell) && seen.insert(cell).inserted {
                log.fail("\(name) names the pixel axis \(cell.words)")
            }
        }
        log.remark("no pixel axis has a setting")
    }

    /// The first pixel is displaced by half its size.
    static func pixelOrigin(_ items: Items, _ log: inout Log) throws(Stop) {
        let displacement = "_array_structure_list_axis.displacement"
        var displacements: [Double] = []
        for cell in try items.values(displacement) { displacements.append(try cell.number(displacement)) }
        let sets = try items.values("_array_structure_list_axis.axis_set_id")
        if displacements.contains(0) { log.fail("\(displacement) is 0, and the centre of the first pixel is wanted") }
        if items.has("_array_element_size.size") {
            try elementSizes(items, displacements, sets, &log)
            log.remark("displacements are half the element size; their signs and the increments are not looked at")
        }
        log.remark("no \(displacement) is 0; without _array_element_size.size nothing else is looked at")
    }

    private static func elementSizes(_ items: Items, _ displacements: [Double], _ sets: [Cell], _ log: inout Log)
        throws(Stop)
    {
        var sizes: [Double] = []
        for cell in try items.values("_array_element_size.size") {
            sizes.append(try cell.number("_array_element_size.size") * 1000)
        }
        var indices: [Int] = []
        for cell in try items.values("_array_structure_list.index") {
            indices.append(try cell.integer("_array_structure_list.index"))
        }
        let listed = try items.values("_array_structure_list.axis_set_id")
        for cell in try items.values("_array_element_size.index") {
            let index = try cell.integer("_array_element_size.index")
            guard let row = indices.firstIndex(of: index), listed.indices.contains(row),
                let place = sets.firstIndex(of: listed[row]), displacements.indices.contains(place)
            else { throw Stop("_array_element_size.index \(index) leads to no axis set") }
            guard index >= 1, index <= sizes.count else {
                throw Stop(
                    "_array_element_size.index \(index) is beyond the \(sizes.count) sizes",
                    limit: "it takes the index for the row")
            }
            if (displacements[place].magnitude - sizes[index - 1] / 2).magnitude > 1e-6 {
                log.fail("displacement \(words(displacements[place])) mm is not half of \(words(sizes[index - 1])) mm")
            }
        }
    }
}
