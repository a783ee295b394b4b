// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Archive
import Diffraction
import FrameWriting
import Frames
import RuleEngine
import Transport

/// Why the conversion of a scan ends.
enum ConversionStop: Error {
    /// The data do not allow it: exit 1.
    case refused(ConversionRefusal)
    /// Something could not be read or written: exit 3.
    case failed(Failure)
    /// What was written is not what it was to be: exit 70.
    case defect([String])

    init(_ fault: PixelFault) {
        switch fault {
        case .failure(let failure): self = .failed(failure)
        case .refused(let why): self = .refused(ConversionRefusal(why.sentence, why.remedy))
        case .frame(let number, let file, let fault):
            switch fault {
            case .unread, .passedOver, .limit:
                self = .failed(
                    Failure(
                        attempt: file.isEmpty ? "decode" : "decode frame \(number + 1) in",
                        subject: file.isEmpty ? "frame \(number + 1)" : file, code: .form("frame"), words: fault.words,
                        remedy: "give --missing fill to write it as missing"))
            default:
                self = .refused(
                    ConversionRefusal(
                        "IMAGE-001 frame \(number + 1)\(file.isEmpty ? "" : " ('\(file)')") has no pixels: \(fault.words)",
                        "fetch the file again, or give --missing fill to write it as missing"))
            }
        }
    }

    /// What a body makes; a failure of it ends the conversion.
    static func of<Value: ~Copyable>(_ body: () throws(Failure) -> Value) throws(ConversionStop) -> Value {
        do throws(Failure) { return try body() } catch { throw .failed(error) }
    }

    /// What a body makes; a refusal of it ends the conversion.
    static func allowing<Value>(_ body: () throws(ConversionRefusal) -> Value) throws(ConversionStop) -> Value {
        do throws(ConversionRefusal) { return try body() } catch { throw .refused(error) }
    }
}

/// The pixels of a scan: where each frame comes from, and what they become.
struct ScanPixels {
    let inputs: [FrameInput]
    let settings: PixelSettings

    /// - Parameters:
    ///   - reading: How files are read.
    ///   - completion: With the lowest count, and the way from stored values to counts.
    init(
        _ scan: ScanToConvert, _ images: [ConvertedImage], _ completion: ScanCompletion, request: ConversionRequest,
        reading: ReadingSettings
    ) throws(ConversionStop) {
        var settings = PixelSettings()
        switch request.compression {
        case .bitshuffleLZ4: settings.compression = .bitshuffleLZ4
        case .gzip(let level): settings.compression = .gzip(level)
        case .none: settings.compression = .none
        }
        settings.elements = request.element == .uint16 ? .uint16 : .lossless
        settings.lowest = completion.lowest
        settings.linearisation = completion.linearisation
        settings.jobs = request.jobs
        settings.memory = request.memory
        settings.framesPerFile = request.framesPerFile
        settings.fillsDamaged = request.gaps == .fill
        settings.checksMD5 = request.takesMD5
        settings.copiesChunks = request.verification != .pixels
        self.settings = settings
        var inputs: [FrameInput] = []
        var described: (image: Int, frames: DescribedFrames)?
        for origin in scan.frames {
            guard let origin else {
                inputs.append(.missing("it is missing"))
                continue
            }
            let image = images[origin.image]
            if image.isDescription {
                if described?.image != origin.image {
                    described = (origin.image, try DescribedFrames(image, reading))
                }
                guard let frames = described?.frames, let input = frames.input(origin) else {
                    throw .refused(
                        ConversionRefusal(
                            "'\(image.name)' does not say where the images of scan '\(origin.scan ?? "")' are",
                            "add the rows of ARRAY_DATA_EXTERNAL_DATA, or convert the images themselves"))
                }
                inputs.append(input)
                continue
            }
            let file = Self.file(image, opener: reading.opener)
            switch image.kind {
            case .smv: inputs.append(.image(file, .smv))
            case .tiff: inputs.append(.image(file, .tiff))
            default:
                let area = image.shape.map { Area(slow: 0..<$0.slow, fast: 0..<$0.fast) }
                inputs.append(.sections(file, Array(0..<max(1, image.sections)), described: area))
            }
        }
        self.inputs = inputs
    }

    /// A file of images, unpacked where it is compressed.
    private static func file(_ image: ConvertedImage, opener: (any Opener)?) -> InputFile {
        let known = image.reading?.source
        return InputFile(image.path) { () throws(Failure) in
            let source = if let known { known } else { try image.open(by: opener) }
            guard Wrapper.of(try source.bytes(at: 0, count: 6)) != nil else { return source }
            return Source(memory: try Wrapper.contents(of: source), name: source.name)
        }
    }
}

/// The frames of a description, wherever the files lie that it names.
private struct DescribedFrames {
    private let map: FrameMap
    private let reader: FrameReader

    init(_ image: ConvertedImage, _ settings: ReadingSettings) throws(ConversionStop) {
        var settings = settings
        settings.frames = .none
        let reading = FileReading(
            try ConversionStop.of { () throws(Failure) in try image.open(by: settings.opener) }, settings: settings)
        let external = reading.externalImages(settings) { Array(0..<$0) }
        guard let view = reading.material.experiments.first, let map = reading.map(of: view),
            let reader = reading.frameReader(map, for: view, external)
        else {
            throw .refused(
                ConversionRefusal(
                    "'\(image.name)' names no images that can be opened here", "give --sub URL=PATH or --local DIR"))
        }
        self.map = map
        self.reader = reader
    }

    func input(_ origin: ScanToConvert.FrameOrigin) -> FrameInput? {
        let stack =
            map.stacks.first { $0.role == .scan(origin.scan) } ?? (map.stacks.count == 1 ? map.stacks.first : nil)
        guard let stack, (0..<stack.frames).contains(origin.frame) else { return nil }
        return .frame(reader, stack, origin.frame)
    }
}
