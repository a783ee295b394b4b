// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction

/// Makes the map of frames of one block from its links.
///
/// - Source: imgcif.md sections 7 and 8.1.
struct BlockFrameReader {
    /// More runs than this are not kept: frames beyond are unread by limit.
    private static let mostRuns = 250_000

    private let links: FrameLinks
    private let planes: ElementPlanes
    private let areas: ArrayAreas
    private var images: ImageStores
    private var losses: [FrameLoss] = []
    private var lossOfStep: [LinkStep: Int] = [:]
    private var unread: [UnreadFrames] = []

    init(block: SourcedBlock, links: FrameLinks, externalData: ExternalData) {
        self.links = links
        planes = ElementPlanes(block)
        areas = ArrayAreas(block)
        images = ImageStores(externalData)
    }

    mutating func map() -> FrameMap {
        var stacks: [FrameStack] = []
        for scan in links.scans { stacks.append(stack(.scan(scan.id), scan.frames.map(Int.init))) }
        let others = links.scanOfFrame.indices.filter { links.scanOfFrame[$0] < 0 }
        if !others.isEmpty { stacks.append(stack(.scan(nil), others)) }
        return FrameMap(stacks: stacks, stores: images.finished, losses: losses, unread: unread)
    }

    private mutating func stack(_ role: FrameStack.Role, _ rows: [Int]) -> FrameStack {
        var open: [OpenRun] = []
        var runs: [FrameRun] = []
        // The first frame that is not looked at to its end.
        var cut: Int?
        let order = links.ordered(rows)
        for (frame, row) in order.enumerated() {
            guard cut == nil else { break }
            let all = links.images(ofFrame: row)
            guard !all.isEmpty else {
                add(frame, areas.whole, plane: 0, .absent(loss(of: .dataFrame)), at: 0, &open, &runs)
                continue
            }
            for (ordinal, image) in all.enumerated() {
                guard runs.count < Self.mostRuns else {
                    cut = frame
                    break
                }
                let plane = planes.plane(ofRow: Int(image.dataFrameRow), ordinal: ordinal)
                let area = areas.area(ofRow: Int(image.arrayDataRow), plane: plane)
                if let step = image.missing {
                    add(frame, area, plane: plane, .absent(loss(of: step)), at: 0, &open, &runs)
                } else if image.isEmbedded {
                    let place = (store: images.sections, at: Int(image.arrayDataRow))
                    add(frame, area, plane: plane, .store(place.store), at: place.at, &open, &runs)
                } else {
                    let place = images.place(ofRow: Int(image.externalRow), plane: plane)
                    add(frame, area, plane: plane, .store(place.store), at: place.at, &open, &runs)
                }
            }
        }
        runs += open.compactMap(\.run)
        if let cut, let rest = Stride(first: cut, count: order.count - cut) {
            runs.append(FrameRun(frames: rest, area: areas.whole, content: .unread(limit())))
        }
        runs.sort { ($0.frames.first, $0.area.planes.lowerBound) < ($1.frames.first, $1.area.planes.lowerBound) }
        return FrameStack(
            role: role, blocks: [], frames: rows.count, whole: areas.whole, runs: runs, unwritten: [])
    }

    private func add(
        _ frame: Int, _ area: Area, plane: Int, _ content: OpenRun.Content, at: Int, _ open: inout [OpenRun],
        _ runs: inout [FrameRun]
    ) {
        while open.count <= plane { open.append(OpenRun()) }
        if open[plane].goesOn(frame, area, content, at) { return }
        if let run = open[plane].run { runs.append(run) }
        open[plane] = OpenRun(frame: frame, area: area, content: content, at: at)
    }

    private mutating func loss(of step: LinkStep) -> Int {
        if let known = lossOfStep[step] { return known }
        let object =
            switch step {
            case .dataFrame: "diffrn_data_frame"
            case .arrayData: "array_data"
            case .image: "array_data_external_data"
            case .location: "array_data_external_data.uri"
            }
        losses.append(FrameLoss(kind: .object, file: 0, name: "", object: object))
        lossOfStep[step] = losses.count - 1
        return losses.count - 1
    }

    private mutating func limit() -> Int {
        unread.append(UnreadFrames(cause: .limit, name: "", object: "", words: "its frames lie in too many places"))
        return unread.count - 1
    }
}

/// Frames of one plane that go on where those before them end.
private struct OpenRun {
    enum Content: Equatable {
        case store(Int)
        case absent(Int)
    }

    private var frames = (first: 0, step: 1, count: 0)
    private var at = (first: 0, step: 1)
    private var area = Area(slow: 0..<0, fast: 0..<0)
    private var content = Content.absent(0)

    init() {}

    init(frame: Int, area: Area, content: Content, at: Int) {
        frames = (frame, 1, 1)
        self.at = (at, 1)
        self.area = area
        self.content = content
    }

    /// Takes the frame in, where it is one step further in the scan and in the store.
    mutating func goesOn(_ frame: Int, _ area: Area, _ content: Content, _ place: Int) -> Bool {
        guard frames.count > 0, content == self.content, area == self.area else { return false }
        let isStored = if case .store = content { true } else { false }
        if frames.count == 1 {
            let step = (frame &- frames.first, place &- at.first)
            guard step.0 > 0, !isStored || step.1 > 0 else { return false }
            (frames.step, at.step) = step
        } else {
            let last = (frames.first &+ (frames.count &- 1) &* frames.step, at.first &+ (frames.count &- 1) &* at.step)
            guard frame == last.0 &+ frames.step, !isStored || place == last.1 &+ at.step else { return false }
        }
        frames.count &+= 1
        return true
    }

    var run: FrameRun? {
        guard let frames = Stride(first: frames.first, step: frames.step, count: frames.count) else { return nil }
        switch content {
        case .absent(let loss): return FrameRun(frames: frames, area: area, content: .absent(loss))
        case .store(let store):
            guard let at = Stride(first: at.first, step: max(1, at.step), count: frames.count) else { return nil }
            return FrameRun(frames: frames, area: area, content: .stored(store, at: at, corner: area))
        }
    }
}

/// Elements of the detector as planes.
private struct ElementPlanes {
    private static let most = 4096
    private let codes: CodedColumn

    init(_ block: SourcedBlock) {
        let table = Table("diffrn_data_frame", in: block)
        codes = CodedColumn(table.column("detector_element_id") ?? table.column("array_id"))
    }

    /// That of the element a row names; where it names none, or too many are named, its place among those of the frame.
    func plane(ofRow row: Int, ordinal: Int) -> Int {
        let code = codes.code(row)
        return code == CodedColumn.null || codes.names.count > Self.most ? min(ordinal, Self.most) : Int(code)
    }
}

/// The pixels of arrays, as ARRAY_STRUCTURE_LIST gives them.
private struct ArrayAreas {
    /// All pixels of a frame whose array is not known.
    let whole: Area
    private let arrays: CodedColumn
    private var sizes: [String: (slow: Int, fast: Int)] = [:]

    init(_ block: SourcedBlock) {
        let list = Table("array_structure_list", in: block)
        arrays = CodedColumn(Table("array_data", in: block).column("array_id"))
        var lengths: [String: [Int: Int]] = [:]
        for row in list.rows where list.text("array_section_id", row) == nil {
            let index = list.integer("index", row)?.value ?? row + 1
            guard let length = list.integer("dimension", row)?.value, Stride(first: 0, count: length) != nil else {
                continue
            }
            let precedence = list.integer("precedence", row)?.value ?? index
            lengths[list.text("array_id", row) ?? "1", default: [:]][precedence] = length
        }
        for (array, lengths) in lengths {
            if let fast = lengths[1], let slow = lengths[2] { sizes[array] = (slow, fast) }
        }
        let only = sizes.count == 1 ? sizes.first?.value : nil
        whole = only.map { Area(slow: 0..<$0.slow, fast: 0..<$0.fast) } ?? Area(slow: 0..<0, fast: 0..<0)
    }

    /// No pixels where the file does not say how many there are.
    func area(ofRow row: Int, plane: Int) -> Area {
        let size = arrays.text(row).flatMap { sizes[$0] }
        return Area(
            planes: plane..<(plane + 1), slow: size.map { 0..<$0.slow } ?? whole.slow,
            fast: size.map { 0..<$0.fast } ?? whole.fast)
    }
}
