// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CIF
internal import Diffraction
internal import Frames
internal import ImageCodecs
internal import Synchronization
internal import Transport

extension PixelPlan {
    /// Finds out the form of the pixels of a scan.
    ///
    /// The first frame that can be read says it. Where the type of its elements leaves open what they become, all frames
    /// are looked at.
    /// - Parameter keepsPlanes: Frames are stacks of planes, also of a single one.
    /// - Throws: When there is nothing to be read, or the elements cannot become what they ought to.
    public static func make(
        _ frames: [FrameInput], _ settings: PixelSettings, keepsPlanes: Bool = false
    ) throws(PixelFault) -> PixelPlan {
        var first: PixelForm?
        for (number, input) in frames.enumerated() {
            do throws(PixelFault) {
                first = try input.form(number)
            } catch {
                guard settings.fillsDamaged, case .frame = error else { throw error }
            }
            if first != nil { break }
        }
        guard let first else { throw .refused(.empty) }
        return PixelPlan(
            frames: frames.count, planes: first.planes > 1 || keepsPlanes ? first.planes : nil, slow: first.slow,
            fast: first.fast, source: first.element, stored: try stored(first.element, frames, settings))
    }

    private static func stored(
        _ element: ElementType, _ frames: [FrameInput], _ settings: PixelSettings
    ) throws(PixelFault) -> ElementType {
        if settings.linearisation != nil { return .float32 }
        switch (element, settings.elements) {
        case (.float32, .uint16), (.float64, .uint16): throw .refused(.reals(into: .uint16))
        case (.uint8, _), (.uint16, _), (.float32, _), (.float64, _): return element
        case (_, .uint16): return .uint16
        case (.int8, _), (.int16, _), (.int32, _): return .int32
        case (.uint32, _), (.int64, _), (.uint64, _): break
        }
        let widest = Mutex<(fits: Bool, fault: PixelFault?, at: Int)>((true, nil, .max))
        _ = FrameThreads.map(frames.count) { number in
            do throws(PixelFault) {
                guard let image = try frames[number].image(number) else { return }
                if !image.fits(.int32) { widest.withLock { $0.fits = false } }
            } catch {
                if settings.fillsDamaged, case .frame = error { return }
                widest.withLock { if number < $0.at { ($0.fault, $0.at) = (error, number) } }
            }
        }
        if let fault = widest.withLock({ $0.fault }) { throw fault }
        if widest.withLock({ $0.fits }) { return .int32 }
        // What does not fit here either is refused as it is met.
        return .uint32
    }
}

/// Type and size of a frame.
private struct PixelForm {
    let element: ElementType
    let planes: Int
    let slow: Int
    let fast: Int

    init(_ image: Frames.FrameImage) {
        (element, planes, slow, fast) = (image.element, image.planes, image.slow, image.fast)
    }

    /// nil where the header of a section may state another type than that of its pixels.
    init?(_ sections: [FileSection]) {
        guard let first = sections.first, first.element != .uint32,
            sections.allSatisfy({ ($0.element, $0.slow, $0.fast) == (first.element, first.slow, first.fast) })
        else { return nil }
        (element, slow, fast) = (first.element, first.slow, first.fast)
        planes = sections.reduce(0) { $0 + $1.planes }
    }
}

extension FrameInput {
    /// What is said of the pixels before they are decoded, where that is enough; nil for a frame that is missing.
    fileprivate func form(_ number: Int) throws(PixelFault) -> PixelForm? {
        if case .sections(let file, let sections, let described) = self {
            let buffer: ByteBuffer
            do throws(Failure) { buffer = try file.open().mapped() } catch { throw .failure(error) }
            let document = Document.parse(buffer)
            do throws(Frames.FrameFault) {
                var found: [FileSection] = []
                for section in sections {
                    found.append(try FileSection(document, section: section, described: described))
                }
                if let form = PixelForm(found) { return form }
            } catch {
                throw .frame(number, file: file.name, error)
            }
        }
        return try image(number).map(PixelForm.init)
    }

    /// The pixels, without any check of what they were stored with; nil for a frame that is missing.
    func image(_ number: Int) throws(PixelFault) -> Frames.FrameImage? {
        switch self {
        case .missing: return nil
        case .frame(let reader, let stack, let frame):
            do throws(Frames.FrameFault) { return try reader.frame(frame, of: stack).image } catch {
                throw .frame(number, file: stack.path, error)
            }
        case .image(let file, let format):
            let source = try opened(file)
            do throws(Frames.FrameFault) { return try FrameReader.image(of: source, format) } catch {
                throw .frame(number, file: file.name, error)
            }
        case .sections(let file, let sections, let described):
            let buffer: ByteBuffer
            do throws(Failure) { buffer = try file.open().mapped() } catch { throw .failure(error) }
            let document = Document.parse(buffer)
            var whole: Frames.FrameImage?
            for section in sections {
                do throws(Frames.FrameFault) {
                    let image = try FileSection(document, section: section, described: described)
                        .image(checksMD5: false).image
                    guard let before = whole else {
                        whole = image
                        continue
                    }
                    guard let joined = before.joined(with: image) else {
                        throw .unread("its sections differ in size or type")
                    }
                    whole = joined
                } catch {
                    throw .frame(number, file: file.name, error)
                }
            }
            return whole
        }
    }

    private func opened(_ file: InputFile) throws(PixelFault) -> Source {
        do throws(Failure) { return try file.open() } catch { throw .failure(error) }
    }
}

extension Frames.FrameImage {
    /// Both one above the other; nil where they differ in size or type.
    func joined(with other: Frames.FrameImage) -> Frames.FrameImage? {
        guard element == other.element, slow == other.slow, fast == other.fast else { return nil }
        return Frames.FrameImage(
            of: element, planes: planes + other.planes, slow: slow, fast: fast, elements: bytes + other.bytes)
    }

    /// Every value is one of the type.
    func fits(_ wanted: ElementType) -> Bool {
        guard let conversion = ElementConversion(from: element, to: wanted, lowest: nil) else { return true }
        let piece = 4096
        let room = ChunkBuffer(piece &* 8)
        return bytes.withUnsafeBytes { bytes in
            var first = 0
            while first < pixels {
                let count = min(piece, pixels &- first)
                let part = UnsafeRawBufferPointer(
                    rebasing: bytes[(first &* element.bytes)..<((first &+ count) &* element.bytes)])
                if conversion.write(part, into: room.room) != nil { return false }
                first &+= count
            }
            return true
        }
    }
}
