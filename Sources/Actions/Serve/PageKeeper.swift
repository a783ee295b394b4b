// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Frames
import Synchronization
public import Transport
public import Workers

/// Files that are no files of this machine, by the names that somebody gave them: those of a page, of a message, of a server.
public struct HeldFiles: Sendable {
    /// By name, with the bytes.
    let sources: [String: Source]
    /// Opens a name beside a file that is not among them; nil: there are no others.
    let others: (@Sendable (_ name: String, _ beside: String) -> Source?)?
    private let order: [String: Int]

    private init(_ sources: [String: Source], _ others: (@Sendable (String, String) -> Source?)? = nil) {
        self.sources = sources
        self.others = others
        order = Dictionary(uniqueKeysWithValues: sources.keys.sorted().enumerated().map { ($1, $0) })
    }

    /// Bytes of a message.
    public init(_ bytes: [UInt8], name: String) {
        self.init([name: Source(memory: ByteBuffer(bytes), name: Name(name))])
    }

    /// Files of a page.
    public init(_ files: [(name: String, size: Int)], by dialogue: PageDialogue) {
        var sources: [String: Source] = [:]
        for (number, file) in files.enumerated() where sources[file.name] == nil {
            let name = Name(file.name)
            sources[file.name] = Source(
                ranges: PageFile(number, name: name, size: file.size, dialogue), name: name)
        }
        self.init(sources)
    }

    /// A file of a server, and those beside it, for as long as a page waits for what is said of them.
    ///
    /// - Parameter open: Opens a location.
    public init(
        _ location: String, by dialogue: PageDialogue,
        open: @escaping @Sendable (_ location: String) throws(Failure) -> Source
    ) throws(Failure) {
        @Sendable func attended(_ location: String) throws(Failure) -> Source {
            try dialogue.attend(Name(location))
            let source = try open(location)
            return Source(ranges: AttendedFile(source, dialogue), name: source.name)
        }
        let first = try attended(location)
        self.init([first.name.text: first]) { name, _ in try? attended(name) }
    }

    /// Which of several files a name means, for a run that puts files together; nil for a name that means none.
    public func key(of name: String) -> Identity.Key? {
        guard let index = order[name] else { return nil }
        return Identity.Key(device: .max, inode: UInt64(index))
    }
}

/// Answers a worker that reads held files: it gets bytes by ranges, and nothing of this machine.
public final class PageKeeper: Attendant {
    private let files: HeldFiles
    private let opened = Mutex<[Source]>([])
    private let foreign: (@Sendable (Question) -> Reply?)?
    /// Bytes of a file that libhdf5 may read a value of: it reads from a descriptor, behind which all are brought together.
    private static let mostWhole = 32 << 20

    /// - Parameter foreign: Answers the questions about values that libhdf5 has to read.
    public init(_ files: HeldFiles, foreign: (@Sendable (Question) -> Reply?)? = nil) {
        self.files = files
        self.foreign = foreign
    }

    /// Nothing is opened ahead: there are no descriptors.
    public func ahead(of groups: [[String]]) -> Reply { Reply(groups.map { _ in 0 }) }

    public func answer(_ question: Question) -> Reply? {
        guard let asked = Asked(question.body) else { return nil }
        switch asked {
        case .value:
            return foreign?(Question(body: Array(question.body.dropFirst()), descriptors: question.descriptors))
        case .input(let words): return reply(words.first.flatMap { files.sources[$0] })
        case .named(let name, let file):
            guard let beside = opened.withLock({ $0.indices.contains(file) ? $0[file].name : nil }) else { return nil }
            return reply(source(name, beside: beside))
        case .external(let name, let file):
            guard let beside = opened.withLock({ $0.indices.contains(file) ? $0[file].name : nil }) else { return nil }
            switch locate(name, beside: beside) {
            case .archive(let source): return given(source, .archive)
            case .file(let source): return given(source, .file)
            case let other: return Reply(ToldLocated(other).bytes)
            }
        case .sights(let names, let file):
            guard let beside = opened.withLock({ $0.indices.contains(file) ? $0[file].name : nil }) else { return nil }
            return Reply(
                names.reduce(into: []) { list, name in
                    let sight: LocatedSight =
                        switch locate(name, beside: beside) {
                        case .archive: .archive
                        case .file(let source): .file(size: source.isFar ? nil : source.size)
                        case .passedOver(let why): .passedOver(why)
                        case .absent(let words): .absent(words)
                        case .failed(let failure): .failed(failure.cause)
                        }
                    Told.join(sight.wire, to: &list)
                })
        case .files: return Reply([0])
        case .web(.read(let file, let place, let count)):
            guard let source = opened.withLock({ $0.indices.contains(file) ? $0[file] : nil }) else { return nil }
            do throws(Failure) {
                return Reply([1] + (try source.bytes(at: place, count: count)))
            } catch {
                return Reply([0] + ToldLocated(.failed(error)).bytes)
            }
        case .web(.expect(let file, let range)):
            guard let source = opened.withLock({ $0.indices.contains(file) ? $0[file] : nil }) else { return nil }
            do throws(Failure) {
                try source.expect(range)
                return Reply([1])
            } catch {
                return Reply([0] + ToldLocated(.failed(error)).bytes)
            }
        case .web(.whole(let file)):
            guard let source = opened.withLock({ $0.indices.contains(file) ? $0[file] : nil }) else { return nil }
            guard source.size <= Self.mostWhole, let bytes = try? source.bytes(at: 0, count: source.size),
                bytes.count == source.size, let descriptor = Descriptor.memory(bytes)
            else { return Reply([0]) }
            return Reply([1], descriptors: [descriptor.release()])
        case .web: return nil
        }
    }

    /// A plain relative name beside another file.
    private func source(_ name: Name, beside file: Name) -> Source? {
        let parts = name.text.split(separator: "/", omittingEmptySubsequences: false).filter { $0 != "." }
        guard !name.isAbsolute, !parts.isEmpty, !parts.contains(where: { $0.isEmpty || $0 == ".." }) else { return nil }
        let path = file.folder.appending(Name(parts.joined(separator: "/"))).text
        return files.sources[path] ?? files.others?(path, file.text)
    }

    /// A location that a description names: a file beside it, or an archive that was given with it by its name.
    private func locate(_ name: ExternalName, beside file: Name) -> Located {
        let reference = Reference(name.location)
        func found(_ source: Source) -> Located { name.member == nil ? .file(source) : .archive(source) }
        if reference.scheme == nil || reference.scheme == "file" {
            if let source = source(Name(reference.path), beside: file) { return found(source) }
            return reference.path.hasPrefix("/") || reference.path.isEmpty
                ? .passedOver(LocalLocations.notOpened) : .absent(LocalLocations.beside)
        }
        if let last = reference.parts.last.map(String.init),
            let source = files.sources.first(where: { Name($0.key).last.text == last })?.value
        {
            return found(source)
        }
        return .passedOver(LocalLocations.notOpened)
    }

    private func given(_ source: Source, _ kind: ToldLocated.Kind) -> Reply? {
        reply(source).map { Reply([kind.rawValue] + $0.body) }
    }

    private func reply(_ source: Source?) -> Reply? {
        guard let source else { return Reply(Told(key: nil, state: .absent).bytes) }
        let number = opened.withLock { opened in
            opened.append(source)
            return opened.count - 1
        }
        return Reply(Told(key: files.key(of: source.name.text), state: .far(number, size: source.size)).bytes)
    }
}
