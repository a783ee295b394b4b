// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension CheckImgCIF {
    /// The frames of each scan are numbered from 1 to their stated number.
    static func framesPresent(_ items: Items, _ log: inout Log) throws(Stop) {
        let counts = "_diffrn_scan.frames"
        guard items.has(counts) else {
            log.remark(
                "\(counts) is absent, so there is nothing to test",
                limit: "it passes a file that says nothing of the number of frames")
            return
        }
        var steps: [Int] = []
        for cell in try items.values(counts) { steps.append(try cell.integer(counts)) }
        let scans: [Cell] =
            steps.count > 1 || items.has("_diffrn_scan.id")
            ? try items.values("_diffrn_scan.id") : [.text(unnamedScan)]
        let frames = try frames(items)
        for (scan, steps) in zip(scans, steps) {
            guard let rows = frames[scan] else {
                throw Stop(
                    "scan \(scan.words) has no rows in DIFFRN_SCAN_FRAME",
                    limit: items.has("_diffrn_scan_frame.scan_id")
                        ? nil : "it calls a scan without a name \(unnamedScan)")
            }
            var numbers = Set<Int>()
            for cell in rows { numbers.insert(try cell.integer("_diffrn_scan_frame.frame_number")) }
            judge(numbers, of: scan, steps: steps, &log)
        }
        log.remark("the frames of \(steps.count) scans are numbered as stated; whether they lead to data is not asked")
    }

    private static let unnamedScan = "SCAN01"

    private static func judge(_ numbers: Set<Int>, of scan: Cell, steps: Int, _ log: inout Log) {
        if let first = numbers.min(), first != 1 {
            log.fail(
                "the first frame of scan \(scan.words) is \(first)",
                limit: first == 0 && numbers.count == steps ? "it counts frames from 1 only" : nil)
        } else if let last = numbers.max(), last != steps {
            log.fail("the last frame of scan \(scan.words) is \(last) of \(steps)")
        } else if numbers.count != steps {
            log.fail("scan \(scan.words) has \(numbers.count) of \(steps) frames")
        }
    }

    /// The numbers of the frames of each scan.
    private static func frames(_ items: Items) throws(Stop) -> [Cell: [Cell]] {
        let id = "_diffrn_scan_frame.scan_id"
        let number = "_diffrn_scan_frame.frame_number"
        guard items.has(id) else {
            let cells = try items.values(number)
            guard cells.count == 1 else {
                throw Stop("\(id) is absent", limit: "it knows the scan of a single frame only")
            }
            return [.text(unnamedScan): cells]
        }
        let frames = items.loop(id)
        guard !frames.isEmpty else {
            throw Stop("DIFFRN_SCAN_FRAME is not a loop", limit: "it reads frames from a loop only")
        }
        var numbers: [Cell: [Cell]] = [:]
        for row in 0..<frames.count {
            let scan = try frames.value(id, row)
            if scan == .missing { throw Stop("\(id) is '?'") }
            numbers[scan, default: []].append(try frames.value(number, row))
        }
        return numbers
    }
}
