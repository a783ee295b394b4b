// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import Pictures
import RuleEngine
import Transport

/// The frames of one file, ready to be drawn.
struct Easel {
    /// One scan.
    struct Stack {
        let name: String
        let frames: FrameStack
        let view: ExperimentView
        let reader: FrameReader
        let flags: DetectorFlags
    }

    let path: String
    let request: PictureRun.Request
    let stacks: [Stack]

    init?(_ reading: FileReading, path: String, request: PictureRun.Request, settings: ReadingSettings) {
        let external = reading.externalImages(settings) { request.frames.indices(of: $0) }
        var stacks: [Stack] = []
        for view in reading.material.experiments {
            guard let map = reading.map(of: view), let reader = reading.frameReader(map, for: view, external) else {
                continue
            }
            let flags = DetectorFlags(of: view.experiment, map, reader)
            for stack in map.stacks where ExperimentFrames.isOf(stack, view.experiment) && stack.frames > 0 {
                stacks.append(
                    Stack(
                        name: ExperimentFrames.name(of: stack), frames: stack, view: view, reader: reader,
                        flags: flags))
            }
        }
        guard !stacks.isEmpty else { return nil }
        self.path = path
        self.request = request
        self.stacks = stacks
    }

    func draw() throws(Failure) -> [UInt8] {
        let chosen = try chosen()
        let captioned: CaptionedPicture
        switch request.frames {
        case .one(let number):
            let (picture, title) = try picture(of: number...number, chosen[0])
            captioned = CaptionedPicture(picture, title: title)
        case .greatest(let range):
            let (picture, title) = try picture(of: range, chosen[0])
            captioned = CaptionedPicture(picture, title: title)
        case .strip: captioned = try strip(of: chosen)
        }
        guard let file = captioned.png else { throw PictureRun.failure(path, "the picture does not fit into memory") }
        return file
    }

    /// The scan that was asked for, else the first; a strip takes eight of all.
    private func chosen() throws(Failure) -> [Stack] {
        guard let wanted = request.scan else {
            return request.frames == .strip ? Array(stacks.prefix(8)) : Array(stacks.prefix(1))
        }
        let named = stacks.filter { $0.name == wanted }
        guard named.isEmpty else { return named }
        let names = stacks.prefix(5).map { "'\($0.name)'" }.joined(separator: ", ") + (stacks.count > 5 ? ", ..." : "")
        throw Failure(
            attempt: "draw", subject: path, code: .usage, words: "it has no scan '\(wanted)'",
            remedy: "name one of \(names)")
    }

    private func title(_ words: String, _ stack: Stack) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let scan = stack.name.isEmpty ? "" : ", of '\(stack.name)'"
        return "\(name): \(words)\(scan)"
    }

    private func picture(
        of range: ClosedRange<Int>, _ stack: Stack
    ) throws(Failure) -> (picture: FramePicture, title: String) {
        let count = stack.frames.frames
        guard range.upperBound <= count, range.lowerBound >= 1 else {
            throw Failure(
                attempt: "draw", subject: path, code: .usage,
                words: "it has no frame \(range.lowerBound < 1 ? range.lowerBound : range.upperBound)"
                    + (stack.name.isEmpty ? "" : " in '\(stack.name)'"),
                remedy: count == 1 ? "its only frame is 1" : "frames are numbered from 1 to \(count)")
        }
        let (content, view) = try content(of: range, stack, size: request.isFull ? .full : .usual)
        let words =
            range.count == 1
            ? (count == 1 ? "frame 1, the only one" : "frame \(range.lowerBound) of \(count)")
            : "greatest counts of frames \(range.lowerBound) to \(range.upperBound) of \(count)"
        return (FramePicture(content, view: view), title(words, stack))
    }

    private func strip(of stacks: [Stack]) throws(Failure) -> CaptionedPicture {
        var rows: [[(content: FramePicture.Content, view: PictureView, words: String)]] = []
        for stack in stacks {
            var row: [(content: FramePicture.Content, view: PictureView, words: String)] = []
            for frame in FrameSampling.ends.frames(of: stack.frames.frames) {
                let (content, view) = try content(of: (frame + 1)...(frame + 1), stack, size: .small)
                let scan = stacks.count > 1 ? ", '\(stack.name)'" : ""
                row.append((content, view, "frame \(frame + 1) of \(stack.frames.frames)\(scan)"))
            }
            rows.append(row)
        }
        let all = rows.flatMap { $0 }.flatMap(\.content.bins)
        let pictures = rows.map { row in
            row.map { (FramePicture($0.content, view: $0.view, alike: all, hasLabels: false), $0.words) }
        }
        let more = self.stacks.count > stacks.count && request.scan == nil ? " (first \(stacks.count) scans)" : ""
        return CaptionedPicture(pictures, title: title("first, middle and last frame\(more)", stacks[0]))
    }

    /// The joined pixels of frames, all with the geometry of the first of them.
    func content(
        of range: ClosedRange<Int>, _ stack: Stack, size: FramePicture.Size
    ) throws(Failure) -> (FramePicture.Content, PictureView) {
        let first = try image(range.lowerBound, stack)
        let drawn = DrawnFrames.empty(first, frame: range.lowerBound - 1, scan: stack.name, of: stack.view, size: size)
        guard let drawn else { throw PictureRun.failure(path, "its panels have no extent") }
        let flags = stack.flags.mask.flags(ofPixels: first.pixels)
        let empty = drawn.content.bins
        var bins = empty
        for part in bins.indices { bins[part].add(first, mask: flags, limits: stack.flags.limits) }
        // A few at a time: each gives joined pixels of its own.
        var next = range.lowerBound + 1
        while next <= range.upperBound {
            let numbers = Array(next...min(range.upperBound, next + 7))
            next += numbers.count
            let (stackOf, limits) = (stack, stack.flags.limits)
            let joined = FrameThreads.map(numbers.count) { index -> Result<[FrameBins], Frames.FrameFault> in
                var parts = empty
                do throws(Frames.FrameFault) {
                    let image = try stackOf.reader.frame(numbers[index] - 1, of: stackOf.frames).image
                    for part in parts.indices { parts[part].add(image, mask: flags, limits: limits) }
                    return .success(parts)
                } catch {
                    return .failure(error)
                }
            }
            for (number, result) in zip(numbers, joined) {
                switch result {
                case .success(let parts): for part in bins.indices { bins[part].add(parts[part]) }
                case .failure(let fault): throw failure(number, fault)
                }
            }
        }
        var content = drawn.content
        content.bins = bins
        return (content, drawn.view)
    }

    private func image(_ number: Int, _ stack: Stack) throws(Failure) -> Frames.FrameImage {
        do throws(Frames.FrameFault) {
            return try stack.reader.frame(number - 1, of: stack.frames).image
        } catch {
            throw failure(number, error)
        }
    }

    private func failure(_ number: Int, _ fault: Frames.FrameFault) -> Failure {
        PictureRun.failure(path, "frame \(number) is not read: \(fault.sentence)")
    }
}
