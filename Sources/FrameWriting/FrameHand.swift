// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CIF
internal import Diffraction
internal import Digest
internal import Frames
internal import ImageCodecs
internal import Transport

/// One thread's tools: it reads a frame, decodes it, looks at its pixels and packs its chunk, all piece by piece.
final class FrameHand {
    /// A frame on its way to the writer.
    struct Packed: Sendable {
        let buffer: ChunkBuffer
        let frame: WrittenPixels.Frame
    }

    private let plan: PixelPlan
    private let settings: PixelSettings
    private let buffers: ChunkBuffers
    private let packer: ChunkPacker
    private let raw = ChunkBuffer(0)
    private let decoded: ChunkBuffer
    private let converted: ChunkBuffer
    private var room = FrameRoom()
    /// What was learnt of pixels that hold no count.
    private(set) var unmeasured: UnmeasuredPixels
    /// The same of the frame at hand, where it may turn out to be damaged and others go on.
    private var ofFrame: UnmeasuredPixels?

    init(_ plan: PixelPlan, _ settings: PixelSettings, _ buffers: ChunkBuffers) throws(PixelFault) {
        self.plan = plan
        self.settings = settings
        self.buffers = buffers
        do throws(CodecFault) {
            packer = try ChunkPacker(settings.compression, elementBytes: plan.stored.bytes)
        } catch {
            throw .failure(
                Failure(attempt: "pack", subject: "frames", code: .limit("memory"), words: error.description))
        }
        // The widest element of an input.
        decoded = ChunkBuffer(packer.piece &* 8)
        converted = ChunkBuffer(packer.piece &* 8)
        unmeasured = UnmeasuredPixels(pixels: plan.pixels)
    }

    /// The chunk of a frame.
    func pack(_ number: Int, _ input: FrameInput) throws(PixelFault) -> Packed {
        let name = input.file?.name ?? ""
        do throws(PixelFault) {
            switch input {
            case .missing(let why): return filled(why, Reading())
            case .sections(let file, let sections, let described):
                return try packed(number, file, sections, described)
            case .image(let file, let format):
                var reading = Reading()
                let source = try opened(file)
                try reading.take(source, into: raw)
                reading.digest(raw, settings)
                let memory = Source(
                    memory: ByteBuffer(lending: raw.bytes), name: source.name, opening: source.opening)
                let image = try decoding(number, name) { () throws(Frames.FrameFault) in
                    try FrameReader.image(of: memory, format)
                }
                return try packed(number, name, image, reading)
            case .frame(let reader, let stack, let frame):
                return try packed(number, reader, stack, frame)
            }
        } catch {
            guard settings.fillsDamaged, case .frame(_, _, let fault) = error else { throw error }
            return filled(fault.sentence, Reading())
        }
    }

    // MARK: Where pixels come from

    private func opened(_ file: InputFile) throws(PixelFault) -> Source {
        do throws(Failure) { return try file.open() } catch { throw .failure(error) }
    }

    private func decoding<R>(
        _ number: Int, _ name: String, _ body: () throws(Frames.FrameFault) -> R
    ) throws(PixelFault) -> R {
        do throws(Frames.FrameFault) { return try body() } catch { throw .frame(number, file: name, error) }
    }

    private func packed(
        _ number: Int, _ file: InputFile, _ sections: [Int], _ described: Area?
    ) throws(PixelFault) -> Packed {
        var reading = Reading()
        try reading.take(try opened(file), into: raw)
        let document = Document.parse(ByteBuffer(lending: raw.bytes))
        if sections.count == 1, let only = sections.first {
            let section = try decoding(number, file.name) { () throws(Frames.FrameFault) in
                try FileSection(document, section: only, described: described)
            }
            if let stream = section.byteOffset {
                reading.digest(raw, settings, section, stream)
                if let packed = try streamed(number, file.name, section, stream, reading) { return packed }
            }
        }
        if reading.digests == nil { reading.digest(raw, settings) }
        var whole: Frames.FrameImage?
        for section in sections {
            let frame = try decoding(number, file.name) { () throws(Frames.FrameFault) in
                try FileSection(document, section: section, described: described).image(checksMD5: settings.checksMD5)
            }
            reading.checksum = reading.checksum ?? frame.checksum
            guard let before = whole else {
                whole = frame.image
                continue
            }
            guard let joined = before.joined(with: frame.image) else {
                throw .frame(number, file: file.name, .unread("its sections differ in size or type"))
            }
            whole = joined
        }
        guard let whole else { throw .frame(number, file: file.name, .absent) }
        return try packed(number, file.name, whole, reading)
    }

    /// A section of byte_offset, decoded as it is packed; nil where it is none of the usual kind.
    private func streamed(
        _ number: Int, _ name: String, _ section: FileSection, _ stream: UnsafeRawBufferPointer, _ reading: Reading
    ) throws(PixelFault) -> Packed? {
        try check(number, name, section.planes, section.slow, section.fast)
        try check(number, name, reading.checksum)
        guard
            var pixels = try? ByteOffsetStream(stream, as: section.element, elements: plan.pixels)
        else { return nil }
        let width = section.element.bytes
        let decoded = decoded
        let buffer = buffers.take()
        do {
            return try pieces(number, name, section.element, buffer, reading) { (_, count) throws(CodecFault) in
                let room = UnsafeMutableRawBufferPointer(rebasing: decoded.room[0..<(count &* width)])
                try pixels.next(room)
                return UnsafeRawBufferPointer(room)
            }
        } catch let fault as PixelFault {
            buffers.put(buffer)
            throw fault
        } catch {
            // The way that decodes the image at once has the words for it.
            buffers.put(buffer)
            return nil
        }
    }

    private func packed(
        _ number: Int, _ reader: FrameReader, _ stack: FrameStack, _ frame: Int
    ) throws(PixelFault) -> Packed {
        var reading = Reading()
        let chunk = try decoding(number, stack.path) { () throws(Frames.FrameFault) in
            settings.copiesChunks && settings.linearisation == nil && settings.compression == .bitshuffleLZ4
                ? try reader.packedChunk(frame, of: stack) : nil
        }
        if let chunk, chunk.element == plan.stored, settings.elements == .lossless {
            try check(number, stack.path, chunk.planes, chunk.slow, chunk.fast)
            // What is below the lowest count has to be looked for only where it can be.
            guard chunk.element.isSigned || settings.lowest > 0 else {
                reading.bytes = chunk.bytes.count
                let buffer = buffers.take()
                buffer.fill(chunk.bytes)
                return Packed(buffer: buffer, frame: reading.frame(.copied, digest: nil, bytes: buffer.count))
            }
        }
        let read = try decoding(number, stack.path) { () throws(Frames.FrameFault) in
            try reader.frame(frame, of: stack, in: &room)
        }
        reading.checksum = read.checksum
        reading.bytes = read.image.bytes.count
        defer { room.take(read.image) }
        return try packed(number, stack.path, read.image, reading)
    }

    // MARK: Packing

    private func packed(
        _ number: Int, _ name: String, _ image: Frames.FrameImage, _ reading: Reading
    ) throws(PixelFault) -> Packed {
        try check(number, name, image.planes, image.slow, image.fast)
        try check(number, name, reading.checksum)
        let width = image.element.bytes
        let buffer = buffers.take()
        do {
            return try image.bytes.withUnsafeBytes { bytes in
                try pieces(number, name, image.element, buffer, reading) { (first, count) throws(CodecFault) in
                    UnsafeRawBufferPointer(rebasing: bytes[(first &* width)..<((first &+ count) &* width)])
                }
            }
        } catch let fault as PixelFault {
            buffers.put(buffer)
            throw fault
        } catch {
            preconditionFailure("pixels in memory are lent without a fault")
        }
    }

    /// Packs a frame piece by piece.
    ///
    /// - Parameter next: Lends the elements from an index on, so many of them.
    /// - Throws: PixelFault, or what `next` throws.
    private func pieces(
        _ number: Int, _ name: String, _ element: ElementType, _ buffer: ChunkBuffer, _ reading: Reading,
        _ next: (Int, Int) throws(CodecFault) -> UnsafeRawBufferPointer
    ) throws -> Packed {
        let isNarrowed = plan.stored == .uint16 && element != .uint16 && element != .uint8
        let conversion = ElementConversion(
            from: element, to: plan.stored,
            lowest: isNarrowed || settings.linearisation != nil ? settings.lowest : nil, linear: settings.linearisation)
        let digest = DigestStream([settings.pixelDigest])
        ofFrame = settings.fillsDamaged ? UnmeasuredPixels(pixels: plan.pixels) : nil
        packer.begin(elements: plan.pixels, into: buffer)
        var first = 0
        while first < plan.pixels {
            let count = min(packer.piece, plan.pixels &- first)
            var bytes = try next(first, count)
            if settings.fillsDamaged {
                ofFrame?.take(bytes, element, at: first, least: settings.lowest)
            } else {
                unmeasured.take(bytes, element, at: first, least: settings.lowest)
            }
            if let conversion {
                let room = UnsafeMutableRawBufferPointer(
                    rebasing: converted.room[0..<(count &* plan.stored.bytes)])
                if let place = conversion.write(bytes, into: room) {
                    throw PixelFault.refused(
                        .value(frame: number, file: name, pixel: first &+ place, into: plan.stored))
                }
                bytes = UnsafeRawBufferPointer(room)
            }
            digest.update(bytes)
            packer.take(bytes, into: buffer)
            first &+= count
        }
        packer.end(into: buffer)
        if var frame = ofFrame {
            frame.endFrame()
            unmeasured.join(frame)
        } else {
            unmeasured.endFrame()
        }
        let sum = digest.finish()[settings.pixelDigest]
        return Packed(buffer: buffer, frame: reading.frame(.packed, digest: sum, bytes: buffer.count))
    }

    /// A frame without pixels, which takes no part in what is learnt of them.
    private func filled(_ why: String, _ reading: Reading) -> Packed {
        let missing = plan.stored.missing
        let width = missing.count
        for index in 0..<packer.piece {
            for byte in 0..<width { converted.room[index &* width &+ byte] = missing[byte] }
        }
        let digest = DigestStream([settings.pixelDigest])
        let buffer = buffers.take()
        packer.begin(elements: plan.pixels, into: buffer)
        var first = 0
        while first < plan.pixels {
            let count = min(packer.piece, plan.pixels &- first)
            let bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(converted.room)[0..<(count &* width)])
            digest.update(bytes)
            packer.take(bytes, into: buffer)
            first &+= count
        }
        packer.end(into: buffer)
        let sum = digest.finish()[settings.pixelDigest]
        return Packed(buffer: buffer, frame: reading.frame(.filled(why), digest: sum, bytes: buffer.count))
    }

    // MARK: Refusals

    private func check(_ number: Int, _ name: String, _ planes: Int, _ slow: Int, _ fast: Int) throws(PixelFault) {
        guard planes == plan.planes ?? 1, slow == plan.slow, fast == plan.fast else {
            let found = (planes == 1 ? [] : [planes]) + [slow, fast]
            throw .refused(.shape(frame: number, file: name, found: found, expected: plan.shape))
        }
    }

    private func check(_ number: Int, _ name: String, _ fault: ChecksumFault?) throws(PixelFault) {
        // Sums of few bytes are wrong in files of a program that is much used; they are told and let pass.
        guard let fault, settings.checksMD5, !fault.isOfFewBytes else { return }
        if settings.fillsDamaged {
            throw .frame(
                number, file: name, .checksum(kind: fault.kind, stated: fault.stated, found: fault.found))
        }
        throw .refused(.checksum(frame: number, file: name, fault))
    }
}

/// What is known of the input of a frame.
private struct Reading {
    var digests: Digests?
    var checksum: ChecksumFault?
    var bytes = 0

    /// Reads a file whole.
    mutating func take(_ source: Source, into raw: ChunkBuffer) throws(PixelFault) {
        do throws(Failure) {
            guard source.size <= 1 << 30 else {
                throw Failure(
                    attempt: "read", subject: source.name.text, code: .limit("1 GiB"),
                    words: "a file of one frame of more than 1 GiB is beyond a limit of this program")
            }
            // One byte more shows whether the file has grown.
            raw.grow(source.size &+ 1)
            raw.count = try source.read(into: raw.room, at: 0)
            guard raw.count == source.size else {
                throw Failure(
                    attempt: "read", subject: source.name.text, code: .changed,
                    words: "the file changed while it was read", remedy: "run again when its writer has closed it")
            }
            try source.checkUnchanged()
        } catch {
            throw .failure(error)
        }
        bytes = raw.count
    }

    /// Takes the digests of the file while it is at hand.
    mutating func digest(_ raw: ChunkBuffer, _ settings: PixelSettings) {
        guard !settings.inputDigests.isEmpty else { return }
        let stream = DigestStream(settings.inputDigests)
        stream.update(raw.bytes)
        digests = stream.finish()
    }

    /// The same, and compares the sum that a section states of its stream.
    mutating func digest(
        _ raw: ChunkBuffer, _ settings: PixelSettings, _ section: FileSection, _ stream: UnsafeRawBufferPointer
    ) {
        guard settings.checksMD5, section.statedMD5 != nil, let base = raw.bytes.baseAddress,
            let start = stream.baseAddress
        else { return digest(raw, settings) }
        let first = start - base
        let found = DigestStream.digests(
            settings.inputDigests, of: raw.bytes, md5Of: first..<(first + stream.count))
        if !settings.inputDigests.isEmpty { digests = found.whole }
        checksum = section.checksum(found: found.part)
    }

    func frame(_ way: WrittenPixels.Frame.Way, digest: String?, bytes packed: Int) -> WrittenPixels.Frame {
        WrittenPixels.Frame(
            way: way, digest: digest, input: digests, checksum: checksum, bytes: packed, bytesRead: bytes)
    }
}
