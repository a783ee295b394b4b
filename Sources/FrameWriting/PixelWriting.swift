// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Digest
internal import Frames
public import HDF5
internal import ImageCodecs
internal import Synchronization
internal import Transport

/// Writes the pixels of a scan: frames by many threads, chunks in frame order, memory bounded by tokens.
public enum PixelWriting {
    /// How far the writing has come.
    public struct Progress: Sendable {
        /// Frames that are written, and all.
        public let frames: Int
        public let all: Int
        /// Bytes of input and of chunks so far.
        public let bytesRead: Int
        public let bytes: Int
    }

    /// Writes all frames into one dataset of a file.
    ///
    /// - Parameters:
    ///   - frames: In the order of the scan.
    ///   - plan: Made from the same frames and settings.
    ///   - dataset: Path of the dataset, which is created here.
    ///   - progress: Told after each frame, by any thread, one at a time.
    /// - Throws: The fault of the first frame that has one, whatever the number of threads.
    public static func write(
        _ frames: [FrameInput], _ plan: PixelPlan, _ settings: PixelSettings, to writer: borrowing Writer,
        dataset: String = "/entry/data/data", progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) throws(PixelFault) -> WrittenPixels {
        let target: FrameDataset
        do throws(Failure) {
            target = try writer.frames(
                dataset, DataType(plan.stored), frames: plan.frames, shape: plan.shape,
                settings.stages(elementBytes: plan.stored.bytes))
        } catch {
            throw .failure(error)
        }
        return try run(frames, plan, settings, progress) { (number, bytes) throws(Failure) in
            try target.write(number, bytes)
        }
    }

    /// Reads, packs and hands over all frames in their order.
    static func run(
        _ frames: [FrameInput], _ plan: PixelPlan, _ settings: PixelSettings,
        _ progress: @escaping @Sendable (Progress) -> Void,
        _ put: @escaping @Sendable (Int, UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(PixelFault) -> WrittenPixels {
        let jobs = min(max(1, settings.jobs ?? PlainThreads.processors), 256, max(1, frames.count))
        let tokens = Tokens(plan, settings, frames, jobs: jobs)
        let queue = FrameQueue<Result<FrameHand.Packed, PixelFault>>(
            count: frames.count, window: tokens.count, hands: min(jobs, tokens.count))
        let buffers = ChunkBuffers()
        let state = Mutex(State(UnmeasuredPixels(pixels: plan.pixels), frames: frames.count))
        PlainThreads.run(min(jobs, tokens.count)) { _ in
            let hand: FrameHand
            do throws(PixelFault) {
                hand = try FrameHand(plan, settings, buffers)
            } catch {
                queue.end(error)
                return
            }
            while let numbers = queue.takeSome(most: 2) {
                if numbers.count == 2 {
                    let (first, second) = (numbers.lowerBound, numbers.upperBound - 1)
                    hand.readAhead(first, frames[first], second, frames[second])
                }
                for number in numbers {
                    let packed: Result<FrameHand.Packed, PixelFault>
                    do throws(PixelFault) {
                        packed = .success(try hand.pack(number, frames[number]))
                    } catch {
                        packed = .failure(error)
                    }
                    queue.deliver(number, packed) { (number, packed) throws(PixelFault) in
                        let item = try packed.get()
                        do throws(Failure) { try put(number, item.buffer.bytes) } catch { throw .failure(error) }
                        buffers.put(item.buffer)
                        progress(state.withLock { $0.take(item.frame) })
                    }
                }
                queue.putBack()
            }
            state.withLock { $0.unmeasured.join(hand.unmeasured) }
        }
        if let fault = queue.ended { throw fault }
        return state.withLock { $0.result }
    }

    /// What has been written so far.
    private struct State: Sendable {
        var unmeasured: UnmeasuredPixels
        private let all: Int
        private var frames: [WrittenPixels.Frame] = []
        private var bytesRead = 0
        private var bytes = 0

        init(_ unmeasured: UnmeasuredPixels, frames: Int) {
            self.unmeasured = unmeasured
            all = frames
        }

        mutating func take(_ frame: WrittenPixels.Frame) -> Progress {
            frames.append(frame)
            bytesRead &+= frame.bytesRead
            bytes &+= frame.bytes
            return Progress(frames: frames.count, all: all, bytesRead: bytesRead, bytes: bytes)
        }

        var result: WrittenPixels {
            let digests = frames.compactMap(\.digest)
            let isComplete = digests.count == frames.count
            // What is copied has no pixel below the lowest count, for only then it is: no pixel of it is masked.
            let isCopied = frames.contains { $0.way == .copied }
            let sum = Digests.of(Array(digests.map { $0 + "\n" }.joined().utf8), [.sha256])[.sha256]
            return WrittenPixels(
                frames: frames, mask: isCopied ? [UInt8](repeating: 0, count: unmeasured.pixels) : unmeasured.mask,
                digest: isComplete ? sum : nil, files: [])
        }
    }
}

/// How many frames may be under way at once.
struct Tokens {
    /// 1 at least.
    let count: Int

    /// Two frames of each thread, whose digests are taken together, and two more; fewer where the memory would not hold
    /// them at their greatest: the file of a frame and its chunk with a tenth each, and 64 MB besides. What is not known to
    /// be packed counts as it is decoded.
    init(_ plan: PixelPlan, _ settings: PixelSettings, _ frames: [FrameInput], jobs: Int) {
        guard let memory = settings.memory else {
            count = 2 * jobs + 2
            return
        }
        let decoded = plan.pixels &* plan.source.bytes
        let largest = frames.reduce(0) { max($0, $1.file.map { $0.size ?? decoded } ?? 2 &* decoded) }
        let whole = if case .gzip = settings.compression { plan.pixels &* plan.stored.bytes } else { 0 }
        let token = largest &+ whole &+ plan.pixels &* plan.stored.bytes / 10 &* 11
        count = min(2 * jobs + 2, max(1, (memory &- 64 << 20) / max(1, token)))
    }
}

extension PixelSettings {
    /// The filters of the dataset.
    func stages(elementBytes: Int) -> [Storing.Stage] {
        switch compression {
        case .bitshuffleLZ4: [.bitshuffleLZ4(elementBytes: elementBytes)]
        case .gzip(let level): [.gzip(UInt32(clamping: level))]
        case .none: []
        }
    }
}

extension DataType {
    /// The little-endian type of an element.
    init(_ element: ElementType) {
        self =
            element.isReal
            ? .float(bytes: element.bytes, bigEndian: false)
            : .integer(bytes: element.bytes, isSigned: element.isSigned, bigEndian: false)
    }
}
