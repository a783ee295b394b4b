// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import CIF
internal import Diffraction
internal import Digest
internal import Frames
internal import Glibc
internal import HDF5
internal import ImageCodecs
internal import Transport

/// Prints the SHA-256 of decoded frames, to be held against those of other readers: `make test-frames`.
///
/// usage: frame-digests FILE…
///
/// A line for each frame: file, dataset or `-`, frame from 0, type of a pixel, size, digest of the pixels in little-endian
/// order; or `unread` and why. Of a dataset the first, the middle and the last frame are taken. Virtual datasets are left
/// to the tests of what leads to frames.
@main enum FrameDigestsMain {
    static func main() {
        for path in CommandLine.arguments.dropFirst() {
            do throws(Failure) {
                try digest(Source.open(Name(path)), path)
            } catch {
                print(path, "-", 0, "unread", error.words, separator: "\t")
            }
        }
    }

    private static func digest(_ source: Source, _ path: String) throws(Failure) {
        let head = try source.bytes(at: 0, count: 4096)
        if head.starts(with: "{".utf8) {
            digest(.singleImage, .file(source, .smv), path)
        } else if head.starts(with: "II*\0".utf8) || head.starts(with: "MM\0*".utf8) {
            digest(.singleImage, .file(source, .tiff), path)
        } else if head.starts(with: "###".utf8) || head.starts(with: "#\\#".utf8) || path.hasSuffix(".cbf") {
            let document = Document.parse(try source.mapped())
            for block in document.blocks {
                guard let map = FrameMap.images(of: block) else { continue }
                digest(map, .block(document, block), path)
            }
        } else {
            datasets(of: source, path)
        }
    }

    private static func digest(_ map: FrameMap, _ origin: FrameReader.Origin, _ path: String) {
        let reader = FrameReader(map, of: origin)
        for stack in map.stacks {
            for frame in FrameSampling.ends.frames(of: stack.frames) {
                tell(path, stack.role == .member ? stack.path : "-", frame, of: stack, reader)
            }
        }
    }

    /// Every dataset of numbers with two dimensions and more.
    private static func datasets(of source: Source, _ path: String) {
        guard let files = try? FileSet.read(source, follow: .none, policy: .small) else {
            print(path, "-", 0, "unread", "it is not read as HDF5", separator: "\t")
            return
        }
        for object in files.main.objects {
            guard let shape = object.dataset?.shape, (2...4).contains(shape.count), !shape.contains(0),
                let whole = area(shape), let frames = Stride(first: 0, count: shape.count == 2 ? 1 : shape[0])
            else { continue }
            if case .virtual = object.dataset?.layout { continue }
            let name = files.main.path(of: object.id)
            let run = FrameRun(frames: frames, area: whole, content: .stored(0, at: frames, corner: whole))
            let stack = FrameStack(
                role: .member, blocks: [], frames: frames.count, whole: whole, runs: [run], unwritten: [])
            let store = FrameStore(file: 0, object: object.id.index, path: name, shape: shape)
            let map = FrameMap(stacks: [stack], stores: [store], losses: [], unread: [])
            let reader = FrameReader(map, of: .files(files))
            for frame in FrameSampling.ends.frames(of: frames.count) { tell(path, name, frame, of: stack, reader) }
        }
    }

    private static func area(_ shape: [Int]) -> Area? {
        let slow = shape[shape.count - 2]
        let fast = shape[shape.count - 1]
        return shape.count == 4
            ? Area(planes: 0..<shape[1], slow: 0..<slow, fast: 0..<fast) : Area(slow: 0..<slow, fast: 0..<fast)
    }

    private static func tell(
        _ path: String, _ name: String, _ frame: Int, of stack: FrameStack, _ reader: FrameReader
    ) {
        do throws(Frames.FrameFault) {
            let image = try reader.frame(frame, of: stack).image
            let size = [image.planes, image.slow, image.fast].map(String.init).joined(separator: "x")
            print(
                path, name, frame, image.element.rawName, size, FileDigests.of(image.bytes, wantsMD5: false).sha256,
                separator: "\t")
        } catch {
            print(path, name, frame, "unread", error.words, separator: "\t")
        }
    }
}

extension ElementType {
    /// As NumPy has it.
    fileprivate var rawName: String {
        switch self {
        case .int8: "int8"
        case .uint8: "uint8"
        case .int16: "int16"
        case .uint16: "uint16"
        case .int32: "int32"
        case .uint32: "uint32"
        case .int64: "int64"
        case .uint64: "uint64"
        case .float32: "float32"
        case .float64: "float64"
        }
    }
}
