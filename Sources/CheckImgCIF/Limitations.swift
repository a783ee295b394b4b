// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension CheckImgCIF {
    /// The file describes one array, one detector, one element and one set of conditions.
    static func limitations(_ items: Items, _ log: inout Log) throws(Stop) {
        func distinct(_ name: String) -> Int { items.distinct(name).count }
        let arrays = distinct("_array_data.array_id")
        if arrays > 1 { log.fail("there are \(arrays) arrays", limit: "it reads files with one array") }
        let detectors = distinct("_diffrn_detector.id")
        if detectors > 1 { log.fail("there are \(detectors) detectors", limit: "it reads files with one detector") }
        let elements = distinct("_diffrn_detector_element.id")
        if elements > 1 {
            throw Stop("there are \(elements) detector elements", limit: "it reads files with one detector element")
        }
        let conditions = items.has("_diffrn.id") ? try items.values("_diffrn.id").count : 0
        if conditions > 1 {
            throw Stop("there are \(conditions) rows of DIFFRN", limit: "it reads files with one set of conditions")
        }
        log.remark("one array, one detector and one set of conditions at most")
    }
}
