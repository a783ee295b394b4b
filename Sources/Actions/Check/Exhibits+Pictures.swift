// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Findings
import Frames
import JSON
import Pictures
import RuleEngine
import Transport

extension Exhibits {
    /// Panels that the script of a page can tell apart.
    private static let mostParts = 300
    /// Bytes of one picture.
    private static let mostBytes = 170_000

    /// The first and the middle frame of the first scan, and the greatest counts of these and the last.
    mutating func draw(_ reading: FileReading, path: String, settings: ReadingSettings) {
        guard !reading.material.experiments.isEmpty else { return }
        let request = PictureRun.Request(.strip)
        // Frames that the check decoded are not decoded again.
        var easel: Easel?
        func opened() -> Easel? {
            easel = easel ?? Easel(reading, path: path, request: request, settings: settings)
            return easel
        }
        let known = reading.drawn.map { ($0.name, $0.announced) }
        guard let (name, count) = known ?? opened()?.stacks.first.map({ ($0.name, $0.frames.frames) }) else {
            pictureNotes.append("no frames of the data set are at hand")
            return
        }
        let frames = FrameSampling.ends.frames(of: count)
        var drawn: [(frame: Int, content: FramePicture.Content, view: PictureView)] = []
        for frame in frames {
            if let one = reading.drawn?[frame] {
                drawn.append((frame, one.content, one.view))
                continue
            }
            guard let easel = opened(), let stack = easel.stacks.first else { continue }
            do throws(Failure) {
                let (content, view) = try easel.content(of: (frame + 1)...(frame + 1), stack, size: .page)
                drawn.append((frame, content, view))
            } catch {
                pictureNotes.append(error.words)
            }
        }
        let scan = name.isEmpty ? "" : " of \(name)"
        let file = Name(path).last.shown + ": "
        for one in drawn.prefix(frames.count > 2 ? 2 : 1) {
            let words = file + (count == 1 ? "the only frame" : "frame \(one.frame + 1) of \(count)")
            add(FramePicture(one.content, view: one.view), words + scan)
        }
        guard drawn.count > 1, var all = drawn.first else { return }
        for other in drawn.dropFirst() {
            for part in all.content.bins.indices where other.content.bins.indices.contains(part) {
                all.content.bins[part].add(other.content.bins[part])
            }
        }
        let numbers = drawn.map { String($0.frame + 1) }.joined(separator: ", ")
        add(FramePicture(all.content, view: all.view), file + "greatest counts of frames \(numbers)\(scan)")
    }

    private mutating func add(_ picture: FramePicture, _ title: String) {
        guard let file = picture.png(most: Self.mostBytes, comment: title) else { return }
        pictures.append(
            Picture(
                title: title, captions: picture.captions(isStrip: false), png: Base64.text(file),
                width: picture.canvas.width, height: picture.canvas.height,
                view: JSONValue(picture.reading(most: Self.mostParts))))
    }
}

extension JSONValue {
    /// What the script of a page reads.
    fileprivate init(_ reading: PictureReading) {
        func numbers(_ values: [Double]) -> JSONValue { .array(values.map { .number($0.cleared(to: 7)) }) }
        func vector(_ vector: Vector3) -> JSONValue { numbers([vector.x, vector.y, vector.z]) }
        let parts = reading.parts.map { part -> JSONValue in
            var members = [
                JSONMember(
                    "m",
                    numbers([
                        part.start.x, part.start.y, part.fastStep.x, part.fastStep.y, part.slowStep.x, part.slowStep.y,
                    ])),
                JSONMember("n", .array([.integer(part.size.fast), .integer(part.size.slow)])),
                JSONMember("start", .number(part.outlineStart)),
            ]
            if reading.isPlaced {
                members += [
                    JSONMember("o", vector(part.plane.origin)), JSONMember("f", vector(part.plane.fast)),
                    JSONMember("s", vector(part.plane.slow)),
                ]
            }
            return .object(members)
        }
        self = .object([
            JSONMember("parts", .array(parts)),
            JSONMember("beam", reading.isPlaced ? reading.beam.map(vector) ?? .null : .null),
            JSONMember("wavelength", reading.wavelength.map { .number($0) } ?? .null),
            JSONMember("low", .number(reading.low)), JSONMember("soft", .number(reading.softness)),
            JSONMember("scale", .number(reading.factor)),
        ])
    }
}
