// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Digest
internal import FrameWriting
internal import Glibc
internal import HDF5
internal import ImageCodecs
internal import Transport

/// Writes CBF files of one frame each into an NXmx-like file, and prints what it took; Benchmarks/Convert/run sets it beside
/// others.
///
/// `convert OUT JOBS MEMORY|- MD5|plain bslz4|gzip|none FILE...` writes all frames: milliseconds of processor and of the
/// clock, greatest memory in kilobytes, bytes. `parts ROUNDS FILE ELEMENTS`: decoding, packing and writing of one frame
/// apart, least milliseconds of the rounds. `heads FILE...`: reading of 64 kB of each file.
@main enum BenchmarkConvert {
    static func main() throws {
        let words = Array(CommandLine.arguments.dropFirst())
        switch words.first {
        case "convert": try convert(Array(words.dropFirst()))
        case "parts": try parts(Array(words.dropFirst()))
        default: exit(2)
        }
    }

    private static func convert(_ words: [String]) throws {
        guard words.count > 5 else { exit(2) }
        var settings = PixelSettings()
        settings.jobs = Int(words[1])
        settings.memory = Int(words[2])
        if words[3] == "plain" {
            settings.checksMD5 = false
            settings.inputDigests = []
        }
        settings.compression =
            switch words[4] {
            case "gzip": .gzip(1)
            case "none": .none
            default: .bitshuffleLZ4
            }
        let frames = words[5...].map { path in
            FrameInput.sections(
                InputFile(path, size: (try? Source.open(Name(path)))?.size) { () throws(Failure) in
                    try Source.open(Name(path))
                }, [0], described: nil)
        }
        let start = (processorTime(), wallTime())
        let plan = try PixelPlan.make(frames, settings)
        let writer = try Writer(creating: words[0])
        let written = try PixelWriting.write(frames, plan, settings, to: writer)
        try writer.close()
        let end = (processorTime(), wallTime())
        print(end.0 - start.0, end.1 - start.1, greatestMemory(), written.bytes)
    }

    private static func parts(_ words: [String]) throws {
        guard words.count == 3, let rounds = Int(words[0]), let count = Int(words[2]) else { exit(2) }
        let source = try Source.open(Name(words[1]))
        let bytes = try source.bytes(at: 0, count: source.size)
        let mark: [UInt8] = [0x0C, 0x1A, 0x04, 0xD5]
        guard let place = bytes.indices.dropLast(3).first(where: { Array(bytes[$0..<($0 + 4)]) == mark }) else {
            exit(3)
        }
        let pixels = UnsafeMutableRawBufferPointer.allocate(byteCount: count * 4, alignment: 64)
        let packer = BitshuffleLZ4Packer(elementBytes: 4)
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: packer.most(elements: count), alignment: 64)
        var best = [Double](repeating: .infinity, count: 3)
        var size = 0
        for _ in 0..<rounds {
            var start = processorTime()
            try bytes.withUnsafeBytes { raw in
                var stream = try ByteOffsetStream(
                    UnsafeRawBufferPointer(rebasing: raw[(place + 4)...]), as: .int32, elements: count)
                try stream.next(pixels)
            }
            best[0] = min(best[0], processorTime() - start)
            start = processorTime()
            size = packer.begin(elements: count, into: room)
            var first = 0
            while first < count {
                let next = min(packer.block, count - first)
                let piece = UnsafeRawBufferPointer(rebasing: pixels[(4 * first)..<(4 * (first + next))])
                size += packer.pack(piece, into: UnsafeMutableRawBufferPointer(rebasing: room[size...])) ?? 0
                first += next
            }
            best[1] = min(best[1], processorTime() - start)
            let writer = try Writer(creating: words[1] + ".parts.h5")
            let target = try writer.frames(
                "/data", .integer(bytes: 4, isSigned: true, bigEndian: false), frames: 1, shape: [count],
                [.bitshuffleLZ4(elementBytes: 4)])
            start = processorTime()
            try target.write(0, UnsafeRawBufferPointer(rebasing: room[0..<size]))
            best[2] = min(best[2], processorTime() - start)
        }
        unlink(words[1] + ".parts.h5")
        var sum: UInt32 = 0
        for element in pixels.bindMemory(to: UInt32.self) { sum &+= element }
        print(best[0], best[1], best[2], size, sum)
    }

    /// Kilobytes; those that getrusage(2) tells are of the program that started this one, too.
    private static func greatestMemory() -> Int {
        guard let status = try? Source.open(Name("/proc/self/status"), isInput: false),
            let bytes = try? status.bytes(at: 0, count: 4096)
        else { return 0 }
        let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }

    private static func processorTime() -> Double { time(CLOCK_PROCESS_CPUTIME_ID) }
    private static func wallTime() -> Double { time(CLOCK_MONOTONIC) }

    private static func time(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
    }
}
