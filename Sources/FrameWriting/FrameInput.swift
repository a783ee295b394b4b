// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
public import Frames
public import Transport

/// Where the pixels of one frame that is to be written come from.
///
/// Nothing is opened before its turn comes.
public enum FrameInput: Sendable {
    /// Binary sections of a CBF file, from 0, one plane each; `described` is their size by the loops of the file, for
    /// headers that are silent.
    case sections(InputFile, [Int], described: Area?)
    /// A file of one image.
    case image(InputFile, FrameReader.ImageFormat)
    /// A frame of a stack, from 0, wherever its pixels lie.
    case frame(FrameReader, FrameStack, Int)
    /// A frame that is missing: it is written as -1, or as the greatest value of an unsigned type; says why.
    case missing(String)

    /// The file, for messages; nil for one that is not a file of its own.
    public var file: InputFile? {
        switch self {
        case .sections(let file, _, _), .image(let file, _): file
        case .frame, .missing: nil
        }
    }
}

/// A file of frames that is opened when its turn comes.
public struct InputFile: Sendable {
    /// As it is told.
    public let name: String
    /// Bytes that are read at most, unwrapped; nil where that is not known.
    public let size: Int?
    /// Opens the file, or gives what is inside its compression; asked once a frame, by any thread.
    public let open: @Sendable () throws(Failure) -> Source

    public init(_ name: String, size: Int? = nil, open: @escaping @Sendable () throws(Failure) -> Source) {
        self.name = name
        self.size = size
        self.open = open
    }

    /// A file of this machine, read as it is.
    public init(_ path: String) {
        self.init(path) { () throws(Failure) in try Source.open(Name(path)) }
    }
}
