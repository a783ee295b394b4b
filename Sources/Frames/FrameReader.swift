// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import CIF
public import Diffraction
public import HDF5
public import ImageCodecs
public import ImageHeaders
internal import Synchronization
public import Transport

/// Reads frames of the stacks of a map, wherever their pixels lie.
///
/// Any number of threads may read at once.
public final class FrameReader: Sendable {
    /// What the map was made of.
    public enum Origin: Sendable {
        case files(FileSet)
        case block(Document, Block)
        /// A file of one image, for which the map is `FrameMap.singleImage`.
        case file(Source, ImageFormat)
    }

    /// Formats of files of one image.
    public enum ImageFormat: Sendable { case smv, tiff }

    /// A frame with what was stored about it.
    public struct Frame: Sendable {
        /// The pixels.
        public var image: FrameImage
        /// The type that the description of the image states; nil where that is the type of the storage itself.
        public var stated: ElementType?
        /// A checksum that does not fit.
        public var checksum: ChecksumFault?
        /// The size by the description, of an image in a file that the description names; nil for others.
        public var described: Area?
        /// What the header of a file that the description names says; nil for others, and where it has none.
        public var header: ImageHeader?
    }

    let map: FrameMap
    let origin: Origin
    let external: ExternalImages?
    private let limits: HDF5.Limits
    private let readers = Mutex<[Int: Result<DatasetReader, FrameFault>]>([:])

    /// - Parameters:
    ///   - origin: Of the map.
    ///   - external: Opens the files that the description names; nil: they are passed over.
    ///   - limits: Of HDF5 files.
    public init(_ map: FrameMap, of origin: Origin, external: ExternalImages? = nil, limits: HDF5.Limits = .default) {
        self.limits = limits
        self.map = map
        self.origin = origin
        self.external = external
    }

    /// The pixels of a frame, in memory of its own.
    ///
    /// - Parameter frame: From 0, within `FrameStack.frames`.
    public func frame(_ frame: Int, of stack: FrameStack) throws(FrameFault) -> Frame {
        var room = FrameRoom()
        return try self.frame(frame, of: stack, in: &room)
    }

    /// The pixels of a frame.
    ///
    /// - Parameters:
    ///   - frame: From 0, within `FrameStack.frames`.
    ///   - room: Whose memory is used; give the image back to it when it is done with.
    public func frame(
        _ frame: Int, of stack: FrameStack, in room: inout FrameRoom
    ) throws(FrameFault) -> Frame {
        let runs = stack.content(frame: frame)
        guard let first = runs.first else { throw .absent }
        if case .file(let source, let format) = origin { return Frame(image: try Self.image(of: source, format)) }
        if case .block(let document, let block) = origin {
            guard runs.count == 1 else { return try joined(runs, frame, document, block) }
            return try section(first, frame, document, block)
        }
        var pieces: [(area: Area, image: FrameImage)] = []
        var isPartial = false
        for run in runs {
            do throws(FrameFault) {
                pieces.append((run.area, try dataset(run, frame, &room)))
            } catch {
                // A module that was never written leaves the others.
                guard error == .unwritten, runs.count > 1 else { throw error }
                isPartial = true
            }
        }
        guard !pieces.isEmpty else { throw .unwritten }
        let holder = stack.blocks.last { $0.start <= frame }
        if pieces.count == 1, !isPartial, let only = pieces.first,
            only.area == stack.whole || Self.fills(only.area, holder)
        {
            return Frame(image: only.image)
        }
        let fill = holder?.fillValue
        var image = try Self.laid(pieces, stack.whole, fill: fill)
        image.isPartial = image.isPartial || isPartial
        return Frame(image: image)
    }

    /// The area is all of a block, whatever the shape of the blocks before it.
    private static func fills(_ area: Area, _ block: FrameStack.Block?) -> Bool {
        guard let shape = block?.shape, (2...4).contains(shape.count) else { return false }
        let planes = shape.count == 4 ? shape[1] : 1
        return area.planes == 0..<max(0, planes) && area.slow == 0..<max(0, shape[shape.count - 2])
            && area.fast == 0..<max(0, shape[shape.count - 1])
    }

    // MARK: Sections of a document

    private func section(
        _ run: FrameRun, _ frame: Int, _ document: Document, _ block: Block
    ) throws(FrameFault) -> Frame {
        let (store, at) = try place(of: run, frame)
        if let images = store.images { return try named(images, at, run.area) }
        guard let column = block.category("array_data")?.column("data"), at < column.count,
            case .binary(let index) = column.kind(at), document.binarySections.indices.contains(index)
        else { throw .absent }
        let reader = SectionReader(document: document, section: document.binarySections[index], described: run.area)
        let (image, stated, checksum) = try reader.image()
        return Frame(image: image, stated: stated, checksum: checksum)
    }

    /// An image of a file that the description names.
    private func named(_ images: NamedImages, _ at: Int, _ area: Area) throws(FrameFault) -> Frame {
        guard let external else {
            throw .passedOver("it lies in a file that the description names and this run does not open")
        }
        guard let name = images.name(at: at) else { throw .absent }
        guard let number = images.frame(at: at) else {
            try external.find(name)
            throw .unread("which image of its file it is, is not said by a number")
        }
        var frame = try external.frame(name, number, described: area)
        frame.described = area
        return frame
    }

    /// Elements of a detector of several, one plane each, where all are of one size and type.
    private func joined(
        _ runs: [FrameRun], _ frame: Int, _ document: Document, _ block: Block
    ) throws(FrameFault) -> Frame {
        var whole: Frame?
        for run in runs.sorted(by: { $0.area.planes.lowerBound < $1.area.planes.lowerBound }) {
            let next = try section(run, frame, document, block)
            guard let known = whole else {
                whole = next
                continue
            }
            guard known.image.element == next.image.element, known.image.slow == next.image.slow,
                known.image.fast == next.image.fast
            else { throw .unread("the elements of its detector differ in size or type") }
            whole = Frame(
                image: FrameImage(
                    element: known.image.element, planes: known.image.planes + next.image.planes,
                    slow: known.image.slow, fast: known.image.fast, bytes: known.image.bytes + next.image.bytes),
                stated: known.stated, checksum: known.checksum ?? next.checksum)
        }
        guard let whole else { throw .absent }
        return whole
    }

    func place(of run: FrameRun, _ frame: Int) throws(FrameFault) -> (store: FrameStore, at: Int) {
        switch run.content {
        case .stored(let number, let at, _):
            guard map.stores.indices.contains(number) else { throw .absent }
            let position = (frame &- run.frames.first) / max(1, run.frames.step)
            return (map.stores[number], at.count == 1 ? at.first : at.first &+ position &* at.step)
        case .fill, .absent: throw .absent
        case .unread(let number):
            throw .unread(map.unread.indices.contains(number) ? map.unread[number].words : "nobody looked")
        }
    }

    // MARK: Files of one image

    package static func image(of source: Source, _ format: ImageFormat) throws(FrameFault) -> FrameImage {
        guard source.size <= FrameFault.Limit.bytes else { throw .limit("an image file of more than 1 GiB") }
        let bytes: [UInt8]
        do throws(Failure) {
            bytes = try source.bytes(at: 0, count: source.size)
        } catch {
            throw .unread(error.cause)
        }
        do throws(CodecFault) {
            var image: FrameImage
            switch format {
            case .smv:
                let read = try SMVImage(bytes)
                image = FrameImage(
                    element: read.element, planes: 1, slow: read.height, fast: read.width, bytes: read.decode())
            case .tiff:
                let read = try TIFFImage(bytes)
                image = FrameImage(
                    element: read.element, planes: 1, slow: read.height, fast: read.width, bytes: try read.decode())
            }
            #if _endian(big)
                image.swap()
            #endif
            return image
        } catch {
            throw FrameFault(error, of: format == .smv ? "SMV" : "TIFF")
        }
    }

    // MARK: Datasets

    private func dataset(
        _ run: FrameRun, _ frame: Int, _ room: inout FrameRoom
    ) throws(FrameFault) -> FrameImage {
        let (store, at) = try place(of: run, frame)
        guard case .stored(let number, _, let corner) = run.content else { throw .absent }
        let reader = try reader(number, store)
        let box: [Range<Int>]
        switch reader.stored.shape.count {
        case 2: box = [corner.slow, corner.fast]
        case 3: box = [at..<(at &+ 1), corner.slow, corner.fast]
        case 4: box = [at..<(at &+ 1), corner.planes, corner.slow, corner.fast]
        default: throw .unread("its dataset has \(reader.stored.shape.count) dimensions")
        }
        let (bytes, isPartial) = try reader.elements(box, in: &room)
        var image = FrameImage(
            element: reader.element, planes: reader.stored.shape.count == 4 ? corner.planes.count : 1,
            slow: corner.slow.count, fast: corner.fast.count, bytes: bytes)
        image.isPartial = isPartial
        if reader.stored.type.isBigEndian { image.swap() }
        return image
    }

    func reader(_ number: Int, _ store: FrameStore) throws(FrameFault) -> DatasetReader {
        let known = readers.withLock { readers in
            if let known = readers[number] { return known }
            let made: Result<DatasetReader, FrameFault>
            do throws(FrameFault) { made = .success(try open(store)) } catch { made = .failure(error) }
            readers[number] = made
            return made
        }
        return try known.get()
    }

    private func open(_ store: FrameStore) throws(FrameFault) -> DatasetReader {
        guard case .files(let files) = origin, files.files.indices.contains(store.file),
            let snapshot = files.files[store.file].snapshot, snapshot.objects.indices.contains(store.object)
        else { throw .absent }
        let read: (source: Source, stored: StoredElements)?
        do throws(Failure) {
            read = try files.source(of: store.file).map { source throws(Failure) in
                (source, try StoredElements.read(source, at: snapshot.objects[store.object].address, limits: limits))
            }
        } catch {
            throw .unread(error.cause)
        }
        guard let read else { throw .absent }
        return try DatasetReader(read.source, read.stored)
    }

    /// Pieces side by side in a frame; what none of them covers holds the fill value.
    private static func laid(
        _ pieces: [(area: Area, image: FrameImage)], _ whole: Area, fill: Double?
    ) throws(FrameFault) -> FrameImage {
        guard let element = pieces.first?.image.element, pieces.allSatisfy({ $0.image.element == element }) else {
            throw .unread("its parts are stored in different types")
        }
        let width = element.bytes
        let (planes, slow, fast) = (whole.planes.count, whole.slow.count, whole.fast.count)
        let (area, isLarge) = slow.multipliedReportingOverflow(by: fast)
        let (count, isLarger) = area.multipliedReportingOverflow(by: planes)
        guard !isLarge, !isLarger, count <= FrameFault.Limit.bytes / width else {
            throw .limit("a frame of more than 1 GiB")
        }
        var bytes = [UInt8](repeating: 0, count: count &* width)
        if let fill, fill != 0, let pattern = element.pattern(fill) {
            for index in 0..<count { for byte in 0..<width { bytes[index &* width &+ byte] = pattern[byte] } }
        }
        var isPartial = false
        for (box, image) in pieces {
            isPartial = isPartial || image.isPartial
            guard whole.holds(box), image.fast == box.fast.count, image.slow == box.slow.count,
                image.planes == box.planes.count
            else { throw .unread("its parts do not lie side by side") }
            let row = image.fast &* width
            for plane in 0..<image.planes {
                for line in 0..<image.slow {
                    let from = (plane &* image.slow &+ line) &* row
                    let place =
                        ((box.planes.lowerBound &- whole.planes.lowerBound &+ plane) &* slow
                            &+ box.slow.lowerBound &- whole.slow.lowerBound &+ line) &* fast
                        &+ box.fast.lowerBound &- whole.fast.lowerBound
                    bytes.replaceSubrange(
                        (place &* width)..<(place &* width &+ row), with: image.bytes[from..<(from &+ row)])
                }
            }
        }
        var image = FrameImage(element: element, planes: planes, slow: slow, fast: fast, bytes: bytes)
        image.isPartial = isPartial
        return image
    }
}

extension ElementType {
    /// The bytes of a number in this type; nil for one that it does not hold.
    fileprivate func pattern(_ number: Double) -> [UInt8]? {
        func bytes<Value>(_ value: Value?) -> [UInt8]? {
            value.map { value in withUnsafeBytes(of: value) { Array($0) } }
        }
        switch self {
        case .int8: return bytes(Int8(exactly: number))
        case .uint8: return bytes(UInt8(exactly: number))
        case .int16: return bytes(Int16(exactly: number))
        case .uint16: return bytes(UInt16(exactly: number))
        case .int32: return bytes(Int32(exactly: number))
        case .uint32: return bytes(UInt32(exactly: number))
        case .int64: return bytes(Int64(exactly: number))
        case .uint64: return bytes(UInt64(exactly: number))
        case .float32: return bytes(Float(number))
        case .float64: return bytes(number)
        }
    }
}
