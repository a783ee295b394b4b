// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Frames
public import ImageCodecs
public import Transport

/// Why the pixels of a scan were not written.
public enum PixelFault: Error, Sendable {
    /// Something could not be read or written: exit 3.
    case failure(Failure)
    /// The pixels of a frame, counted from 0, were not had: exit 1, or 3 where nobody could look.
    case frame(Int, file: String, FrameFault)
    /// What is asked for cannot be done with these pixels: exit 1.
    case refused(PixelRefusal)
}

/// What cannot be done with pixels, with what helps.
public enum PixelRefusal: Sendable, Hashable {
    /// There is no frame whose pixels could be read.
    case empty
    /// A frame, counted from 0, has another size than those before it.
    case shape(frame: Int, file: String, found: [Int], expected: [Int])
    /// The value of a pixel, index in its frame, does not fit the type that was asked for or that readers take.
    case value(frame: Int, file: String, pixel: Int, into: ElementType)
    /// Reals were asked to become integers.
    case reals(into: ElementType)
    /// Content-MD5 is that of other bytes.
    case checksum(frame: Int, file: String, ChecksumFault)

    /// What is so, without a full stop.
    public var sentence: String {
        switch self {
        case .empty: "there is no frame whose pixels can be read"
        case .shape(let frame, let file, let found, let expected):
            "frame \(frame + 1) ('\(file)') has \(Self.words(found)) pixels, those before it \(Self.words(expected))"
        case .value(let frame, let file, let pixel, let element):
            "pixel \(pixel) of frame \(frame + 1) ('\(file)') holds a count that does not fit \(element.words)s"
        case .reals(let element): "the pixels are reals and were asked to become \(element.words)s"
        case .checksum(let frame, let file, let fault):
            "frame \(frame + 1) ('\(file)'): its \(fault.kind) is \(fault.stated), the data give \(fault.found)"
        }
    }

    /// What a person can do.
    public var remedy: String {
        switch self {
        case .empty: "name files with images"
        case .shape: "convert frames of one size each in a run of its own"
        case .value(_, _, _, .uint16): "leave --element-type out"
        case .value: "no reader takes 64-bit integers; leave the frame out"
        case .reals: "leave --element-type out"
        case .checksum: "fetch the file again, or give --no-md5 to convert it as it is"
        }
    }

    private static func words(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: " x ") }
}
