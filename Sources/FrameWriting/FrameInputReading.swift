// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CIF
internal import Digest
internal import Frames
internal import Transport

/// The file of one frame in memory, with where its pixels lie in it.
struct FrameAhead {
    let raw: ChunkBuffer
    /// Of the bytes in `raw`, which are not changed as long as it is used.
    let document: Document
    /// The only section; nil where the frame has several.
    let section: FileSection?
    var reading: FrameInputReading

    /// Where the stream lies whose sum the section states; nil where there is none to be compared.
    func digested(_ settings: PixelSettings) -> Range<Int>? {
        guard settings.checksMD5, section?.statedMD5 != nil else { return nil }
        return section?.byteOffset.flatMap(raw.range)
    }

    /// Takes the digests of two files, and compares the sums that they state.
    static func digest(_ one: inout FrameAhead, _ other: inout FrameAhead, _ settings: PixelSettings) {
        guard let first = one.digested(settings), let second = other.digested(settings), let section = one.section,
            let next = other.section
        else { return }
        let found = DigestStream.digests(
            settings.inputDigests, of: PartedBytes(one.raw.bytes, part: first),
            and: PartedBytes(other.raw.bytes, part: second))
        one.reading.take(found.first, settings, section)
        other.reading.take(found.second, settings, next)
    }
}

extension ChunkBuffer {
    /// Where bytes lie that are a part of those in use.
    fileprivate func range(of part: UnsafeRawBufferPointer) -> Range<Int>? {
        guard let base = bytes.baseAddress, let start = part.baseAddress, start >= base,
            start - base + part.count <= count
        else { return nil }
        return (start - base)..<(start - base + part.count)
    }
}

/// What is known of the input of a frame.
struct FrameInputReading {
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
        guard settings.checksMD5, section.statedMD5 != nil, let range = raw.range(of: stream) else {
            return digest(raw, settings)
        }
        let found = DigestStream.digests(settings.inputDigests, of: raw.bytes, md5Of: range)
        take(found, settings, section)
    }

    mutating func take(_ found: (whole: Digests, part: String), _ settings: PixelSettings, _ section: FileSection) {
        if !settings.inputDigests.isEmpty { digests = found.whole }
        checksum = section.checksum(found: found.part)
    }

    func frame(_ way: WrittenPixels.Frame.Way, digest: String?, bytes packed: Int) -> WrittenPixels.Frame {
        WrittenPixels.Frame(
            way: way, digest: digest, input: digests, checksum: checksum, bytes: packed, bytesRead: bytes)
    }
}
