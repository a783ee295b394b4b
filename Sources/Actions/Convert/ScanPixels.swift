// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import HDF5
import ImageCodecs
import NeXus
import RuleEngine
import Transport

/// The pixels of a scan on their way into the file.
struct ScanPixels {
    let scan: ScanToConvert
    let images: [ConvertedImage]
    let settings: ReadingSettings
    /// The lowest count.
    let lowest: Double

    /// Writes all frames; the mask of what holds no count in any of them.
    func write(
        to writer: borrowing Writer, shape: MasterToWrite.ImageShape, dataset: String
    ) throws(ConversionStop) -> [UInt32] {
        var mask: [UInt32] = []
        for (number, origin) in scan.frames.enumerated() {
            guard let origin else { throw .refused(ConversionRefusal("frame \(number + 1) is missing", "")) }
            let reading = FileReading(images[origin.image].words, settings: settings)
            guard let view = reading.material.experiments.first, let map = reading.map(of: view),
                let reader = reading.frameReader(map, for: view, nil), let stack = map.stacks.first
            else { throw .refused(ConversionRefusal("no frames in '\(images[origin.image].path)'", "")) }
            let image: Frames.FrameImage
            do throws(Frames.FrameFault) { image = try reader.frame(origin.frame, of: stack).image } catch {
                throw .refused(ConversionRefusal(error.words, ""))
            }
            do throws(Failure) {
                if number == 0 {
                    let type = DataType.integer(bytes: image.element.bytes, isSigned: true, bigEndian: false)
                    try writer.dataset(
                        dataset, .unwritten(type, shape: [shape.frames] + shape.frame),
                        Storing(chunk: [1] + shape.frame))
                    mask = [UInt32](repeating: 3, count: image.pixels)
                }
                let offset = [number] + shape.frame.map { _ in 0 }
                try writer.writeChunk(dataset, at: offset, bytes: image.bytes)
            } catch {
                throw .failed(error)
            }
            for pixel in 0..<min(mask.count, image.pixels) where mask[pixel] != 0 {
                let value = image.value(at: pixel)
                mask[pixel] = value >= lowest ? 0 : value == -1 ? 1 : 2
            }
        }
        return mask
    }
}

/// Why the conversion of a scan ends.
enum ConversionStop: Error {
    case refused(ConversionRefusal)
    case failed(Failure)
}

extension ConversionStop {
    /// What a body makes; a failure of it ends the conversion.
    static func of<Value: ~Copyable>(_ body: () throws(Failure) -> Value) throws(ConversionStop) -> Value {
        do throws(Failure) { return try body() } catch { throw .failed(error) }
    }
}
