// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings
import JSON

/// Pictures of frames, and a strip with a cell for each frame.
struct FrameSections {
    /// Cells of a strip; more frames than that share cells.
    private static let mostCells = 360

    private let exhibits: [Exhibits]
    private let stacks: [Exhibits.Stack]

    /// - Parameter images: A cell for each image of a sweep.
    init(_ subject: ReportSubject, _ exhibits: [Exhibits], images: [Exhibits.Cell]) {
        self.exhibits = exhibits
        stacks =
            subject.count > 1
            ? [Exhibits.Stack(name: "", announced: subject.count, cells: images)] : exhibits.first?.stacks ?? []
    }

    /// Every frame that is announced was decoded.
    var isWhole: Bool {
        !stacks.isEmpty
            && stacks.allSatisfy { stack in
                stack.cells.count == stack.announced
                    && stack.cells.allSatisfy { $0.state != .missing && $0.state != .undecodable }
            }
    }

    // MARK: Pictures

    var pictures: String {
        let all = exhibits.flatMap(\.pictures)
        let notes = exhibits.flatMap(\.pictureNotes).map { "<p>No picture: \(HTMLText.short($0, 400)).</p>\n" }
        guard !all.isEmpty else { return notes.joined() }
        // What all have in common is said once.
        let common = (all.first?.captions ?? []).filter { words in all.allSatisfy { $0.captions.contains(words) } }
        let said = common.map { "<p class=\"dim\">\(sentence($0))</p>\n" }.joined()
        return "<div class=\"views pictures\">\n" + all.map { figure($0, without: common) }.joined() + "</div>\n" + said
            + notes.joined()
    }

    /// A caption with a great letter and a full stop.
    private func sentence(_ words: String) -> String {
        HTMLText.short(words.prefix(1).uppercased() + words.dropFirst(), 600) + "."
    }

    private func figure(_ picture: Exhibits.Picture, without common: [String]) -> String {
        var view = ""
        if picture.view != .null {
            var json = JSONWriter(.compact)
            json.value(picture.view)
            view = " data-view=\"\(HTMLText.escaped(String(decoding: json.finishValue(), as: UTF8.self)))\""
        }
        let title = HTMLText.short(picture.title, 300)
        let alt = "Picture of \(title)"
        return
            "<figure\(view)><div class=\"pan\"><img alt=\"\(alt)\" width=\"\(picture.width)\" height=\"\(picture.height)\" "
            + "src=\"data:image/png;base64,\(HTMLText.escaped(picture.png))\"></div><figcaption><strong>\(title)</strong>. "
            + picture.captions.filter { !common.contains($0) }.map(sentence).joined(separator: " ")
            + "</figcaption></figure>\n"
    }

    // MARK: Strips

    var strips: String {
        guard !stacks.isEmpty else { return "" }
        let drawn = stacks.prefix(12).map(strip).joined()
        let more = stacks.count - 12
        return drawn + (more > 0 ? "<p>\(more) more scans are not shown.</p>\n" : "") + table(stacks)
    }

    private func strip(_ stack: Exhibits.Stack) -> String {
        let count = max(1, stack.announced)
        let cells = min(count, Self.mostCells)
        // The gravest state of the frames of a cell, and the greatest total.
        var states = [Exhibits.Cell.State?](repeating: nil, count: cells)
        var totals = [Double?](repeating: nil, count: cells)
        for cell in stack.cells where (1...count).contains(cell.frame) {
            let index = Int((Double(cell.frame - 1) / Double(count) * Double(cells)).rounded(.down))
            guard states.indices.contains(index) else { continue }
            if rank(cell.state) >= rank(states[index]) { states[index] = cell.state }
            if let total = cell.total { totals[index] = max(totals[index] ?? 0, total) }
        }
        let (width, height) = (1000.0, 26.0)
        let step = width / Double(cells)
        // Cells that say something are wide enough to be seen among many that do not.
        let least = min(max(step, 2), width)
        var shapes = "<rect class=\"s-none\" x=\"0\" y=\"40\" width=\"1000\" height=\"26\"/>"
        var index = 0
        while index < cells {
            guard let state = states[index] else {
                index += 1
                continue
            }
            var end = index + 1
            while end < cells, states[end] == state { end += 1 }
            let x = Double(index) * step
            shapes += "<rect class=\"s-\(state.rawValue)\" x=\"\(text(min(x, width - least)))\" y=\"40\" "
            shapes += "width=\"\(text(max(Double(end - index) * step, least)))\" height=\"\(text(height))\"/>"
            index = end
        }
        let greatest = totals.compactMap { $0 }.max() ?? 0
        if greatest > 0 {
            var path = ""
            for (index, total) in totals.enumerated() {
                guard let total else { continue }
                let x = (Double(index) + 0.5) * step
                path += "M\(text(x)) 38V\(text(38 - 34 * total / greatest))"
            }
            shapes += "<path class=\"total\" stroke-width=\"\(text(min(max(step * 0.7, 1.5), 24)))\" d=\"\(path)\"/>"
        }
        let name = stack.name.isEmpty ? "the scan" : "scan \(HTMLText.short(stack.name, 80))"
        let looked = stack.cells.count
        let words = "Frames of \(name): \(looked) of \(stack.announced) decoded or tried"
        return "<figure><svg class=\"strip\" viewBox=\"0 0 1000 70\" preserveAspectRatio=\"none\" role=\"img\" "
            + "aria-label=\"\(words)\">\(shapes)</svg><figcaption>\(words). Lower row: a cell for "
            + (cells < count ? "\(count) frames in \(cells) parts" : "each frame")
            + "; upper row: the total counts of frames that were decoded, the greatest "
            + "\(greatest > 0 ? DecimalText.rounded(greatest, decimals: 0) : "not known"). What is grey was not looked at in this "
            + "run.</figcaption></figure>\n"
    }

    private func rank(_ state: Exhibits.Cell.State?) -> Int {
        switch state {
        case nil: 0
        case .decoded: 1
        case .saturated: 2
        case .empty: 3
        case .missing: 4
        case .undecodable: 5
        }
    }

    /// What a strip shows by shade, in numbers; frames that are not plainly decoded by name.
    private func table(_ stacks: [Exhibits.Stack]) -> String {
        var table = PageTable(
            "Frames that were looked at",
            ["scan", "announced", "decoded", "with overloads", "empty", "missing", "undecodable"])
        for stack in stacks.prefix(40) {
            func count(_ state: Exhibits.Cell.State) -> String { "\(stack.cells.count { $0.state == state })" }
            let read = stack.cells.count { [.decoded, .saturated, .empty].contains($0.state) }
            table.add([
                stack.name.isEmpty ? "the only one" : HTMLText.short(stack.name, 80), "\(stack.announced)", "\(read)",
                count(.saturated), count(.empty), count(.missing), count(.undecodable),
            ])
        }
        let bad = stacks.flatMap { stack in
            stack.cells.filter { $0.state == .missing || $0.state == .undecodable }.map { (stack.name, $0) }
        }
        guard !bad.isEmpty else { return table.html }
        var list = PageTable("Frames that were not decoded", ["frame", "scan", "why"])
        for (name, cell) in bad.prefix(30) {
            list.add(["\(cell.frame)", HTMLText.short(name, 80), HTMLText.short(cell.words, 300)])
        }
        return table.html + list.html + (bad.count > 30 ? "<p>and \(bad.count - 30) more</p>\n" : "")
    }

    private func text(_ value: Double) -> String { DecimalText.rounded(value, decimals: 2) }
}
