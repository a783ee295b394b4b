// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import ImageCodecs

/// Decodes frames that are named on standard input, one a line, and prints the processor time of each in milliseconds.
///
/// `cbf FILE ELEMENTS` is a byte_offset image of 32-bit elements, found behind the mark of its section;
/// `chunk FILE OFFSET SIZE BYTES WIDTH FILTER[:VALUE...]...` a chunk of HDF5; `FILTER,VALUE,VALUE` is one filter.
/// Behind the time stands a sum over the elements, to be held against that of the peer. Buffers are used again.
@main enum BenchmarkFrames {
    static func main() {
        var frames = Frames()
        while let line = readLine() {
            let words = line.split(separator: " ").map(String.init)
            let start = processorTime()
            let isDecoded = frames.decode(words)
            let taken = processorTime() - start
            guard isDecoded else {
                print("cannot decode '\(line)'")
                exit(3)
            }
            print(taken, frames.sum)
            fflush(nil)
        }
    }

    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
    }
}

/// One frame after the other, in room that is used again.
private struct Frames {
    private var stored: [UInt8] = []
    private var pixels: [UInt8] = []
    private var room = Pipeline.Room()
    private var isChunk = false
    /// Of the 32-bit words of the last frame, modulo 2^32.
    var sum: UInt32 {
        mutating get {
            if !isChunk { return Self.sum(pixels.span) }
            return chunkSum()
        }
    }
    private var lastChunk: (pipeline: Pipeline, bytes: Int)?

    mutating func decode(_ words: [String]) -> Bool {
        switch words.first {
        case "cbf": decodeCBF(words)
        case "chunk": decodeChunk(words)
        default: false
        }
    }

    private mutating func decodeCBF(_ words: [String]) -> Bool {
        guard words.count == 3, let count = Int(words[2]), read(words[1], at: 0, count: nil) else { return false }
        isChunk = false
        let stored = stored
        let mark: [UInt8] = [0x0C, 0x1A, 0x04, 0xD5]
        guard
            let place = stored.indices.dropLast(3).first(where: {
                stored[$0] == 0x0C && Array(stored[$0..<$0 + 4]) == mark
            })
        else { return false }
        pixels.removeAll(keepingCapacity: true)
        do {
            let stream = stored.span.extracting((place + 4)..<stored.count)
            try pixels.append(addingCapacity: count * 4) { (output: inout OutputSpan<UInt8>) throws(CodecFault) in
                try ByteOffset.decode(stream, as: .int32, into: &output)
            }
            return pixels.count == count * 4
        } catch {
            return false
        }
    }

    private mutating func decodeChunk(_ words: [String]) -> Bool {
        guard words.count >= 6, let offset = Int(words[2]), let size = Int(words[3]), let bytes = Int(words[4]),
            let width = Int(words[5]), read(words[1], at: offset, count: size)
        else { return false }
        let stages = words.dropFirst(6).map { word in
            let numbers = word.split(separator: ",").compactMap { UInt32($0) }
            return Pipeline.Stage(number: Int(numbers.first ?? 0), values: Array(numbers.dropFirst()))
        }
        guard let pipeline = Pipeline(stages, elementBytes: width) else { return false }
        let stored = stored
        isChunk = true
        lastChunk = (pipeline, bytes)
        return (try? pipeline.withDecoded(stored.span, bytes: bytes, in: &room) { $0.count == bytes }) ?? false
    }

    private mutating func chunkSum() -> UInt32 {
        guard let lastChunk else { return 0 }
        let stored = stored
        return (try? lastChunk.pipeline.withDecoded(stored.span, bytes: lastChunk.bytes, in: &room) { Self.sum($0) })
            ?? 0
    }

    private static func sum(_ bytes: Span<UInt8>) -> UInt32 {
        bytes.withUnsafeBytes { bytes in
            var sum: UInt32 = 0
            for start in stride(from: 0, to: bytes.count - bytes.count % 4, by: 4) {
                sum &+= bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self)
            }
            return sum
        }
    }

    /// Reads so many bytes, all of the file by nil.
    private mutating func read(_ path: String, at offset: Int, count: Int?) -> Bool {
        let file = open(path, O_RDONLY)
        guard file >= 0 else { return false }
        defer { close(file) }
        var facts = stat()
        guard fstat(file, &facts) == 0 else { return false }
        let size = count ?? Int(facts.st_size)
        stored.removeAll(keepingCapacity: true)
        stored.append(addingCapacity: size) { output in
            output.withUnsafeMutableBufferPointer { place, filled in
                filled = max(0, pread(file, place.baseAddress, size, offset))
            }
        }
        return stored.count == size
    }
}
