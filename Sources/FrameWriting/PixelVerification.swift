// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Diffraction
internal import Digest
internal import Frames
internal import HDF5
internal import NeXus
public import Transport

/// What was found of the pixels of a file that was written, read again by our own reader.
public enum PixelVerification: Sendable, Hashable {
    /// Every frame that was looked at has the pixels that were packed.
    case equal
    /// Frames, from 0, with other pixels, or that cannot be read: says why.
    case different([Difference])
    /// The dataset was not found or not read; says why.
    case unread(String)

    /// One frame that is not what it ought to be.
    public struct Difference: Sendable, Hashable {
        /// From 0.
        public let frame: Int
        public let words: String
    }

    /// Reads frames again and compares their digests with those taken before they were packed.
    ///
    /// A frame whose chunk was copied has none: it has to decode, no more.
    /// - Parameter file: As it lies now; data files that it names have their names already.
    public static func run(
        _ file: Name, dataset: String = "/entry/data/data", _ written: WrittenPixels, _ settings: PixelSettings
    ) throws(Failure) -> PixelVerification {
        let source = try Source.open(file, isInput: false)
        let files = try FileSet.read(source, follow: .dataset, policy: .small)
        switch DatasetFrames(dataset, in: files) {
        case .absent: return .unread("'\(dataset)' is not there")
        case .other(let words): return .unread("'\(dataset)' is \(words)")
        case .unread(let words): return .unread(words)
        case .images(let map):
            guard let stack = map.stacks.first else { return .unread("'\(dataset)' holds no frames") }
            guard stack.frames == written.frames.count else {
                return .unread("'\(dataset)' has \(stack.frames) frames, \(written.frames.count) were written")
            }
            let reader = FrameReader(map, of: .files(files))
            let algorithm = settings.pixelDigest
            let differences = FrameThreads.map(stack.frames) { number -> Difference? in
                do throws(Frames.FrameFault) {
                    let image = try reader.frame(number, of: stack).image
                    let stream = DigestStream([algorithm])
                    image.bytes.withUnsafeBytes { stream.update($0) }
                    let found = stream.finish()[algorithm]
                    guard let packed = written.frames[number].digest, found != packed else { return nil }
                    return Difference(frame: number, words: "its pixels are not those that were packed")
                } catch {
                    return Difference(frame: number, words: error.sentence)
                }
            }
            let found = differences.compactMap { $0 }
            return found.isEmpty ? .equal : .different(found)
        }
    }
}
