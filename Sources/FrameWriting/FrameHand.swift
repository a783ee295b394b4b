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
    /// Bytes of the file of a frame, and of that of the next one where both are read together.
    private let raws = [ChunkBuffer(0), ChunkBuffer(0)]
    /// Frames that are read and not packed.
    private var ahead: [Int: FrameAhead] = [:]
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
            case .missing(let why): return filled(why, FrameInputReading())
            case .sections(let file, let sections, let described):
                return try packed(number, file, sections, described)
            case .image(let file, let format):
                let raw = raws[0]
                var reading = FrameInputReading()
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
            return filled(fault.sentence, FrameInputReading())
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

    private func read(
        _ number: Int, _ file: InputFile, _ sections: [Int], _ described: Area?, into raw: ChunkBuffer
    ) throws(PixelFault) -> FrameAhead {
        var reading = FrameInputReading()
        try reading.take(try opened(file), into: raw)
        let document = Document.parse(ByteBuffer(lending: raw.bytes))
        var section: FileSection?
        if sections.count == 1, let only = sections.first {
            section = try decoding(number, file.name) { () throws(Frames.FrameFault) in
                try FileSection(document, section: only, described: described)
            }
        }
        return FrameAhead(raw: raw, document: document, section: section, reading: reading)
    }

    /// Reads two frames that will be packed one after the other, so that their digests are taken in one loop.
    ///
    /// What cannot be read is left to be read when its turn comes, where its fault is told.
    func readAhead(_ first: Int, _ one: FrameInput, _ second: Int, _ other: FrameInput) {
        guard settings.checksMD5, settings.inputDigests.contains(.md5),
            case .sections(let file, let sections, let described) = one,
            case .sections(let next, let more, let further) = other,
            var a = try? read(first, file, sections, described, into: raws[0])
        else { return }
        if a.digested(settings) != nil, var b = try? read(second, next, more, further, into: raws[1]) {
            FrameAhead.digest(&a, &b, settings)
            ahead[second] = b
        }
        ahead[first] = a
    }

    private func packed(
        _ number: Int, _ file: InputFile, _ sections: [Int], _ described: Area?
    ) throws(PixelFault) -> Packed {
        let known = ahead.removeValue(forKey: number)
        let frame: FrameAhead
        if let known { frame = known } else { frame = try read(number, file, sections, described, into: raws[0]) }
        let (raw, document) = (frame.raw, frame.document)
        var reading = frame.reading
        if let section = frame.section, let stream = section.byteOffset {
            if reading.digests == nil { reading.digest(raw, settings, section, stream) }
            if let packed = try streamed(number, file.name, section, stream, reading) { return packed }
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
        _ number: Int, _ name: String, _ section: FileSection, _ stream: UnsafeRawBufferPointer,
        _ reading: FrameInputReading
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
        var reading = FrameInputReading()
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
        _ number: Int, _ name: String, _ image: Frames.FrameImage, _ reading: FrameInputReading
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
        _ number: Int, _ name: String, _ element: ElementType, _ buffer: ChunkBuffer, _ reading: FrameInputReading,
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
    private func filled(_ why: String, _ reading: FrameInputReading) -> Packed {
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
