// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Frames
import RuleEngine
public import Transport
import Workers

/// A picture of frames of a file: what `inspect --frame`, `--strip` and `--max` draw.
public struct PictureRun: Sendable {
    /// What is to be drawn.
    public struct Request: Sendable {
        /// Which frames; numbers are from 1 within their scan, as findings have them.
        public enum Frames: Sendable, Hashable {
            case one(Int)
            /// The first, the middle and the last one, side by side.
            case strip
            /// The greatest count of each pixel over these.
            case greatest(ClosedRange<Int>)

            /// Those of a scan of so many, from 0.
            func indices(of count: Int) -> [Int] {
                switch self {
                case .one(let number): count >= number ? [number - 1] : []
                case .strip: FrameSampling.ends.frames(of: count)
                case .greatest(let range): range.map { $0 - 1 }.filter { (0..<count).contains($0) }
                }
            }
        }

        public var frames: Frames
        /// The id of a scan; nil: the first, and all of them for a strip.
        public var scan: String?
        /// Pixels are not joined.
        public var isFull: Bool

        public init(_ frames: Frames, scan: String? = nil, isFull: Bool = false) {
            self.frames = frames
            self.scan = scan
            self.isFull = isFull
        }
    }

    /// A PNG file; nil where nothing could be drawn.
    public private(set) var picture: [UInt8]?
    /// What could not be read.
    public private(set) var failures: [Failure] = []

    /// Reads a file and draws frames of it.
    ///
    /// - Parameter words: The words of an input: its path, and the folder that links do not lead out of.
    public init(_ words: [String], request: Request, settings: ReadingSettings) {
        let reading = FileReading(words, settings: settings)
        let path = words.first ?? ""
        guard let easel = Easel(reading, path: path, request: request, settings: settings) else {
            let why = reading.material.withoutExperiment.sentence
            failures = reading.failures.isEmpty ? [Self.failure(path, "there are no frames: \(why)")] : reading.failures
            return
        }
        // What is read of metadata is bounded more narrowly.
        WorkerLimits.grant(processorSeconds: 600)
        do throws(Failure) {
            picture = try easel.draw()
        } catch {
            failures = [error]
        }
    }

    /// What is left to say of a file whose reader ended; `end` says how, in words.
    public init(_ path: String, endedBy end: String) { failures = FileReading(path, endedBy: end).failures }

    static func failure(_ path: String, _ words: String, remedy: String = "") -> Failure {
        Failure(attempt: "draw", subject: path, code: .damaged, words: words, remedy: remedy)
    }
}
