// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Archive
internal import CIF
public import Diffraction
internal import ImageCodecs
internal import ImageHeaders
internal import ImgCIF
internal import Synchronization
public import Transport

/// The images of files that a description names: files, members of archives, datasets of HDF5 files.
///
/// Opens what is asked for and nothing else; an archive is opened once. Any number of threads may ask.
public final class ExternalImages: Sendable {
    /// What a location leads to, as far as one name of it was looked for.
    public enum Place: Sendable {
        case archive(MemberArchive)
        /// Each name is a file of its own.
        case files
        /// It ought to be an archive and is none.
        case notArchive(ImageContent)
        /// It ought to be an archive, and what it is cannot be used; says what is lost.
        case damaged(String)
        case passedOver(String)
        /// It is there, and was not read; says why.
        case unread(String)
    }

    /// What is known of a file that was opened.
    public struct Sight: Sendable, Hashable {
        public let name: ExternalName
        /// What its first bytes say; of a compressed file those inside.
        public let content: ImageContent
        /// The compression around it.
        public let wrapper: Wrapper?
    }

    /// What a path in an HDF5 file leads to that is no stack of images.
    public struct NoImages: Sendable, Hashable {
        public let name: ImageName
        /// What is there: "a group"; empty for nothing.
        public let found: String
        /// Paths of datasets that may hold images.
        public let others: [String]
    }

    private let opener: any LocationOpener
    private let wanted: [String: Set<String>]
    private let follow: Folder.Follow
    private let places = Mutex<[String: Place]>([:])
    private let containers = Mutex<[ExternalName: Result<ExternalContainer, FrameFault>]>([:])
    private let seen = Mutex<[ExternalName: Sight]>([:])
    private let counts = Mutex<[ImageName: Int]>([:])
    private let without = Mutex<[ImageName: NoImages]>([:])
    private let hollow = Mutex<[ImageName: HollowFrames]>([:])

    /// - Parameters:
    ///   - wanted: The names that frames will be read from; of a stream nothing else is kept.
    ///   - follow: Which links of HDF5 files are followed.
    public init(_ opener: any LocationOpener, wanted: [ExternalName], follow: Folder.Follow) {
        self.opener = opener
        self.follow = follow
        var members: [String: Set<String>] = [:]
        for name in wanted { if let member = name.member { members[name.location, default: []].insert(member) } }
        self.wanted = members
    }

    /// Files that were opened, in no order.
    public var sights: [Sight] { seen.withLock { Array($0.values) } }

    /// Images of files that were opened, by name.
    public var imageCounts: [ImageName: Int] { counts.withLock { $0 } }

    /// What datasets of HDF5 files that were opened announce and do not hold, by name.
    public var hollowFrames: [ImageName: HollowFrames] { hollow.withLock { $0 } }

    /// Paths of HDF5 files that lead to no images.
    public var pathsWithoutImages: [NoImages] { without.withLock { Array($0.values) } }

    /// What a location leads to; an archive is opened.
    public func place(of name: ExternalName) -> Place {
        places.withLock { places in
            if let known = places[name.location] { return known }
            let place = find(name)
            places[name.location] = place
            return place
        }
    }

    /// The number of images in a file, or in a dataset of it; nil where it is not known.
    public func images(of name: ImageName) -> Int? {
        if let known = counts.withLock({ $0[name] }) { return known }
        _ = try? image(name, frame: 1, described: Area(slow: 0..<0, fast: 0..<0), decodes: false)
        return counts.withLock { $0[name] }
    }

    /// The pixels of an image.
    ///
    /// - Parameters:
    ///   - frame: From 1 within the file or the dataset.
    ///   - described: Its size by the description, where the image itself is silent.
    func frame(_ name: ImageName, _ frame: Int, described: Area) throws(FrameFault) -> FrameReader.Frame {
        guard let frame = try image(name, frame: frame, described: described, decodes: true) else { throw .absent }
        return frame
    }

    /// Fails where there is no file of the name to be read.
    func find(_ name: ImageName) throws(FrameFault) {
        guard let location = name.location else { throw .absent }
        let file = ExternalName(location: location, member: name.member)
        switch place(of: file) {
        case .passedOver(let why): throw .passedOver(why)
        case .unread(let why): throw .unread(why)
        case .notArchive, .damaged: throw .absent
        case .archive: break
        case .files:
            switch opener.look(at: [file]).first {
            case .passedOver(let why)?: throw .passedOver(why)
            case .absent?: throw .absent
            case .failed(let why)?: throw .unread(why)
            case .file?, .archive?, nil: break
            }
        }
    }

    /// Bytes of a file of one image that is at hand, 0 for one that is not there; nil where finding out is a journey.
    func size(of name: ImageName) -> Int? {
        guard let location = name.location, name.path == nil else { return nil }
        let file = ExternalName(location: location, member: name.member)
        switch place(of: file) {
        case .archive(let archive):
            guard let member = name.member else { return nil }
            return archive.source.isFar ? nil : archive.size(of: member)
        case .files:
            switch opener.look(at: [file]).first {
            case .file(let size)?: return size
            case .absent?: return 0
            case .archive?, .passedOver?, .failed?, nil: return nil
            }
        case .notArchive, .damaged, .passedOver, .unread: return nil
        }
    }

    // MARK: Places

    private func find(_ name: ExternalName) -> Place {
        if name.member == nil { return .files }
        switch opener.look(at: [name]).first {
        case .passedOver(let why)?: return .passedOver(why)
        // What holds for one file of a folder need not hold for others.
        case .file?, .absent?, .failed?, nil: return .files
        case .archive?: break
        }
        switch opener.open(name) {
        case .file, .absent: return .files
        case .passedOver(let why): return .passedOver(why)
        case .failed(let failure): return .unread(failure.cause)
        case .archive(let source): return archive(source, name.location)
        }
    }

    private func archive(_ source: Source, _ location: String) -> Place {
        do throws(Failure) {
            let head = try source.bytes(at: 0, count: min(source.size, 4096))
            guard let kind = MemberArchive.kind(of: head) else {
                // A program that unpacks it may stand before a ZIP.
                if let archive = try? MemberArchive(source, .zip, wanted: []) { return .archive(archive) }
                return .notArchive(try ImageContent.of(source))
            }
            return .archive(try MemberArchive(source, kind, wanted: wanted[location] ?? []))
        } catch {
            switch error.code {
            case .damaged, .cut, .foreign: return .damaged(error.words)
            default: return .unread(error.cause)
            }
        }
    }

    /// - Parameter isWhole: All bytes are wanted.
    private func source(_ name: ExternalName, isWhole: Bool) throws(FrameFault) -> Source {
        switch place(of: name) {
        case .passedOver(let why): throw .passedOver(why)
        case .unread(let why): throw .unread(why)
        // Rules on archives tell of these.
        case .notArchive, .damaged: throw .absent
        case .files:
            switch opener.open(name) {
            case .file(let source), .archive(let source): return source
            case .passedOver(let why): throw .passedOver(why)
            case .absent: throw .absent
            case .failed(let failure): throw .unread(failure.cause)
            }
        case .archive(let archive):
            guard let member = name.member else { throw .absent }
            switch archive.member(member, isWhole: isWhole) {
            case .open(let source):
                return isWhole ? source : ArchiveOpener(archive, member: member).source(source)
            case .absent, .refused: throw .absent
            case .failed(let failure):
                switch failure.code {
                case .damaged, .cut, .form("encrypted"): throw .absent
                case .limit: throw .limit("member '\(member)' \(failure.words)")
                default: throw .unread("member '\(member)': \(failure.words)")
                }
            }
        }
    }

    // MARK: Images

    private func image(
        _ name: ImageName, frame: Int, described: Area, decodes: Bool
    ) throws(FrameFault) -> FrameReader.Frame? {
        guard let location = name.location else { throw .absent }
        let file = ExternalName(location: location, member: name.member)
        if let container = containers.withLock({ $0[file] }) {
            return try dataset(try container.get(), name, frame, decodes)
        }
        var source = try source(file, isWhole: name.path == nil)
        var content = try Self.content(source)
        var wrapper: Wrapper?
        if case .wrapped(let found) = content {
            wrapper = found
            do throws(Failure) {
                source = Source(memory: try Wrapper.contents(of: source), name: source.name)
            } catch {
                if error.code == .damaged { throw .damaged(codec: found.rawValue, .request(error.words)) }
                throw .unread(error.cause)
            }
            content = try Self.content(source)
        }
        seen.withLock { $0[file] = Sight(name: file, content: content, wrapper: wrapper) }
        switch content {
        case .cbf: return try section(source, name, frame, described, decodes)
        case .smv, .tiff:
            counts.withLock { $0[name] = 1 }
            guard decodes else { return nil }
            guard frame == 1 else { throw .absent }
            var read = FrameReader.Frame(image: try FrameReader.image(of: source, content == .smv ? .smv : .tiff))
            if content == .smv { read.header = (try? source.mapped()).flatMap { SMVHeader($0)?.items } }
            return read
        case .hdf5: return try dataset(try container(source, file, frame), name, frame, decodes)
        case .other(let words) where content.format != nil: throw .unread("it is \(words), which is not decoded here")
        // The list of the members tells of one without a byte.
        case .empty where source.size == 0 && name.member != nil && isMember(file): throw .absent
        case .empty: throw .damaged(codec: "external file", .request("it is empty"))
        // What stands in the place of an image is no image.
        case .zip, .tar, .wrapped, .other:
            throw .damaged(codec: "external file", .request("it is \(content.words), and no image"))
        }
    }

    private func isMember(_ file: ExternalName) -> Bool {
        if case .archive = place(of: file) { true } else { false }
    }

    private static func content(_ source: Source) throws(FrameFault) -> ImageContent {
        do throws(Failure) { return try ImageContent.of(source) } catch { throw .unread(error.cause) }
    }

    private func section(
        _ source: Source, _ name: ImageName, _ frame: Int, _ described: Area, _ decodes: Bool
    ) throws(FrameFault) -> FrameReader.Frame? {
        let document: Document
        do throws(Failure) { document = Document.parse(try source.mapped()) } catch { throw .unread(error.cause) }
        counts.withLock { $0[name] = document.binarySections.count }
        guard document.binarySections.indices.contains(frame - 1) else { throw .absent }
        guard decodes else { return nil }
        let reader = SectionReader(
            document: document, section: document.binarySections[frame - 1], described: described)
        let (image, stated, checksum) = try reader.image()
        return FrameReader.Frame(image: image, stated: stated, checksum: checksum, header: document.imageHeader)
    }

    private func container(_ source: Source, _ file: ExternalName, _ frame: Int) throws(FrameFault) -> ExternalContainer
    {
        let follow = follow
        let made = containers.withLock { containers in
            if let known = containers[file] { return known }
            let made: Result<ExternalContainer, FrameFault>
            do throws(Failure) {
                made = .success(try ExternalContainer(source, follow: follow, frame: frame))
            } catch {
                switch error.code {
                case .cut, .damaged: made = .failure(.damaged(codec: "HDF5", .request(error.words)))
                default: made = .failure(.unread(error.cause))
                }
            }
            containers[file] = made
            return made
        }
        return try made.get()
    }

    private func dataset(
        _ container: ExternalContainer, _ name: ImageName, _ frame: Int, _ decodes: Bool
    ) throws(FrameFault) -> FrameReader.Frame? {
        // Without a path DATA-010 has told.
        guard let path = name.path else { throw .absent }
        switch container.images(at: path, frame: frame) {
        case .none(let found):
            without.withLock { known in
                if known[name] == nil {
                    known[name] = NoImages(name: name, found: found, others: container.stacks)
                }
            }
            throw .absent
        case .unread(let words): throw .unread(words)
        case .stack(let reader, let stack):
            if counts.withLock({ $0.updateValue(stack.frames, forKey: name) }) == nil, !container.isFar {
                let empty = HollowFrames(reader.map, stack)
                if !empty.isEmpty { hollow.withLock { $0[name] = empty } }
            }
            guard decodes else { return nil }
            guard (1...max(1, stack.frames)).contains(frame), stack.frames > 0 else { throw .absent }
            do throws(FrameFault) {
                return try reader.frame(frame - 1, of: stack)
            } catch {
                let isTold = hollow.withLock { $0[name]?.lost.contains(frame - 1) ?? false }
                guard error == .absent, !isTold else { throw error }
                throw .unread("frame \(frame) of '\(path)' leads to nothing")
            }
        }
    }
}
