// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Frames
import Glibc
import Synchronization
public import Transport
public import Workers

/// Opens files for a worker that reads one group of inputs: these inputs, and what opened files name, by the link policy.
///
/// It lives in the program. The worker has no right to open a file, and no name but those of its request is an input, so
/// that one whose reader was taken over learns nothing of other files.
public final class Doorkeeper: Attendant {
    private let groups: [[String]]
    /// Each group is the words of one input.
    private let areInputs: Bool
    private let follow: Folder.Follow
    private let foreign: (@Sendable (Question) -> Reply?)?
    /// Paths of the files that were opened for this group, by the number that the worker has for each.
    private let opened = Mutex<[Name]>([])
    private let inputs = Mutex<[[String]: Source]>([:])
    private let folders = Mutex<[Name: Folder]>([:])
    private let substitutes: Substitutes
    /// Asks servers; nil where the run does not use the network.
    private let web: WebDesk?
    /// By the number of the description.
    private let locations = Mutex<[Int: LocalLocations]>([:])

    /// - Parameters:
    ///   - groups: The words of the request.
    ///   - areInputs: The words of each group name one input, which is opened ahead.
    ///   - substitutes: What stands for locations that descriptions name.
    ///   - network: Asks servers for workers, which may not; nil where the run does not use the network.
    ///   - foreign: Answers the questions about values, which are no business of this one.
    public init(
        _ groups: [[String]], follow: ReadingSettings.Following, areInputs: Bool,
        substitutes: Substitutes = Substitutes(), network: (any Network)? = nil,
        foreign: (@Sendable (Question) -> Reply?)?
    ) {
        web = network.map(WebDesk.init)
        self.substitutes = substitutes
        self.groups = groups
        self.areInputs = areInputs
        self.follow = follow == .none ? .none : .dataset
        self.foreign = foreign
    }

    public func ahead(of groups: [[String]]) -> Reply {
        guard areInputs else { return Reply([]) }
        var told: [UInt8] = []
        var descriptors: [Int32] = []
        for words in groups {
            // What cannot be opened is asked for in its turn, and told then.
            let given = input(words)
            let isOpen = given?.descriptors.count == 1
            told.append(isOpen ? 1 : 0)
            if isOpen, let given {
                Told.join(given.body, to: &told)
                descriptors += given.descriptors
            }
        }
        return Reply(told, descriptors: descriptors)
    }

    /// Opens an input, once: it is given again when its portion is asked for in two messages.
    private func input(_ words: [String]) -> Reply? {
        do throws(Failure) {
            if let known = inputs.withLock({ $0[words] }) {
                return reply(Folder.Reached(key: nil, opened: .open(known)))
            }
            let source = try Input.open(words)
            inputs.withLock { $0[words] = source }
            return reply(Folder.Reached(key: nil, opened: .open(source)))
        } catch {
            return reply(Folder.Reached(key: nil, opened: .failed(error)))
        }
    }

    /// Answers a question; nil for one that a sound worker does not ask.
    public func answer(_ question: Question) -> Reply? {
        guard let asked = Asked(question.body) else { return nil }
        switch asked {
        case .value:
            return foreign?(Question(body: Array(question.body.dropFirst()), descriptors: question.descriptors))
        case .input(let words):
            guard let first = words.first,
                groups.contains(where: { group in
                    words == group || words.count == 1 && group.contains { Name($0) == Name(first) }
                })
            else { return nil }
            return input(words)
        case .named(let name, let file):
            guard let path = opened.withLock({ $0.indices.contains(file) ? $0[file] : nil }) else { return nil }
            do throws(Failure) {
                return reply(try folder(path.folder).reach(name, follow) { _ in false })
            } catch {
                return reply(Folder.Reached(key: nil, opened: .failed(error)))
            }
        case .external(let name, let file):
            guard let locations = locations(of: file) else { return nil }
            let located = locations.open(name)
            guard case .archive(let source) = located else {
                guard case .file(let source) = located else { return Reply(ToldLocated(located).bytes) }
                return given(source, .file)
            }
            return given(source, .archive)
        case .sights(let names, let file):
            guard let locations = locations(of: file) else { return nil }
            return Reply(locations.look(at: names).reduce(into: []) { Told.join($1.wire, to: &$0) })
        case .web(let asked): return web?.answer(asked).map { Reply($0) }
        case .files(let location, let file):
            guard let locations = locations(of: file) else { return nil }
            guard let files = locations.files(of: location) else { return Reply([0]) }
            return Reply([1] + files.prefix(Self.mostNames).joined(separator: "\0").utf8)
        }
    }

    /// Names of one folder that are told at most.
    private static let mostNames = 250_000

    private func locations(of file: Int) -> LocalLocations? {
        guard let path = opened.withLock({ $0.indices.contains(file) ? $0[file] : nil }) else { return nil }
        return locations.withLock { known in
            if let one = known[file] { return one }
            let made = LocalLocations(of: path, substitutes, isFollowing: follow != .none)
            known[file] = made
            return made
        }
    }

    private func given(_ source: Source, _ kind: ToldLocated.Kind) -> Reply? {
        guard let reply = reply(Folder.Reached(key: source.identity?.key, opened: .open(source))) else { return nil }
        return Reply([kind.rawValue] + reply.body, descriptors: reply.descriptors)
    }

    private func folder(_ name: Name) throws(Failure) -> Folder {
        if name.bytes.isEmpty { return .working }
        if let known = folders.withLock({ $0[name] }) { return known }
        let folder = try Folder(name)
        folders.withLock { $0[name] = folder }
        return folder
    }

    private func reply(_ reached: Folder.Reached) -> Reply? {
        guard case .open(let source) = reached.opened else { return Reply(Told(reached, number: 0).bytes) }
        guard let own = source.descriptor else { return nil }
        let given = fcntl(own, F_DUPFD_CLOEXEC, 3)
        guard given >= 0 else {
            let failure = Failure.system("open", source.name.text, errno)
            return Reply(Told(Folder.Reached(key: nil, opened: .failed(failure)), number: 0).bytes)
        }
        let number = opened.withLock { opened in
            opened.append(source.name)
            return opened.count - 1
        }
        return Reply(Told(reached, number: number).bytes, descriptors: [given])
    }
}

/// Asks the program that started this worker to open files.
public final class RemoteOpener: Opener {
    private let program: Serving.Asking
    /// What the program opened ahead, by the words of the input.
    private let given = Mutex<[[String]: (told: [UInt8], descriptor: Int32)]>([:])

    public init(_ program: Serving.Asking) { self.program = program }

    /// Takes what came with a portion of inputs; the descriptors stay those of the portion.
    public func receive(_ ahead: [UInt8], for groups: [[String]], _ descriptors: [Int32]) {
        var files: [[String]: (told: [UInt8], descriptor: Int32)] = [:]
        var rest = ahead[...]
        var left = descriptors[...]
        for words in groups {
            guard let isOpen = rest.popFirst() else { break }
            if isOpen == 0 { continue }
            guard let told = Told.split(&rest), let descriptor = left.popFirst() else { break }
            files[words] = (told, descriptor)
        }
        given.withLock { $0 = files }
    }

    public func open(_ words: [String]) throws(Failure) -> Source {
        let name = Name(words.first ?? "")
        if let known = given.withLock({ $0.removeValue(forKey: words) }) {
            let own = fcntl(known.descriptor, F_DUPFD_CLOEXEC, 3)
            guard own >= 0 else { throw Failure.system("open", name.text, errno) }
            switch reached(known.told, [own], called: name).opened {
            case .open(let source): return source
            case .failed(let failure): throw failure
            case .absent, .refused, nil: throw Self.nonsense(name)
            }
        }
        switch ask(.input(words), called: name).opened {
        case .open(let source): return source
        case .failed(let failure): throw failure
        case .absent, .refused, nil: throw Self.nonsense(name)
        }
    }

    public func reach(_ name: Name, called path: Name, namedBy file: Int) -> Folder.Reached {
        ask(.named(name, by: file), called: path)
    }

    /// Opens a name of external data of a description.
    func open(_ name: ExternalName, namedBy file: Int) -> Located {
        let (body, descriptors) = program.ask(Asked.external(name, by: file).bytes)
        guard let kind = body.first.flatMap(ToldLocated.Kind.init) else {
            return .failed(Self.nonsense(Name(name.location)))
        }
        switch kind {
        case .other: return ToldLocated(body)?.located ?? .failed(Self.nonsense(Name(name.location)))
        case .file, .archive:
            let called = Name(name.member ?? Reference(name.location).path)
            switch reached(Array(body.dropFirst()), descriptors, called: called).opened {
            case .open(let source): return kind == .file ? .file(source) : .archive(source)
            case .failed(let failure): return .failed(failure)
            case .absent, .refused, nil: return .failed(Self.nonsense(called))
            }
        }
    }

    func look(at names: [ExternalName], namedBy file: Int) -> [LocatedSight] {
        var sights: [LocatedSight] = []
        var rest = names[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(2_000))
            rest = rest.dropFirst(piece.count)
            let (body, _) = program.ask(Asked.sights(piece, by: file).bytes)
            var told = body[...]
            for _ in piece {
                sights.append(
                    Told.split(&told).flatMap(LocatedSight.init(wire:)) ?? .failed("the program gave no answer"))
            }
        }
        return sights
    }

    func files(of location: String, namedBy file: Int) -> [String]? {
        let (body, _) = program.ask(Asked.files(location, by: file).bytes)
        guard body.first == 1 else { return nil }
        return String(decoding: body.dropFirst(), as: UTF8.self).split(separator: "\0").map(String.init)
    }

    /// Asks something of servers.
    func ask(_ asked: AskedOfWeb) -> [UInt8] { program.ask(Asked.web(asked).bytes).0 }

    /// Asks for all bytes of a file behind a descriptor.
    func lend(_ file: Int) -> Descriptor? {
        let (_, descriptors) = program.ask(Asked.web(.whole(file)).bytes)
        return descriptors.first.map { Descriptor(owning: $0) }
    }

    private func ask(_ asked: Asked, called name: Name) -> Folder.Reached {
        let (body, descriptors) = program.ask(asked.bytes)
        return reached(body, descriptors, called: name)
    }

    private func reached(_ body: [UInt8], _ descriptors: [Int32], called name: Name) -> Folder.Reached {
        guard let told = Told(body) else { return Folder.Reached(key: nil, opened: .failed(Self.nonsense(name))) }
        if case .far(let number, let size) = told.state {
            let file = AskedFile(opener: self, number: number, size: size, name: name)
            let opening = Source.Opening(by: self, number: number)
            return Folder.Reached(
                key: told.key, opened: .open(Source(ranges: file, name: name, opening: opening)))
        }
        guard case .opened(let number) = told.state else {
            return Folder.Reached(key: told.key, opened: told.opened ?? .failed(Self.nonsense(name)))
        }
        do throws(Failure) {
            guard let descriptor = descriptors.first else { throw Self.nonsense(name) }
            let source = try Source(
                descriptor: Descriptor(owning: descriptor), name: name,
                opening: Source.Opening(by: self, number: number))
            return Folder.Reached(key: told.key ?? source.identity?.key, opened: .open(source))
        } catch {
            return Folder.Reached(key: told.key, opened: .failed(error))
        }
    }

    private static func nonsense(_ name: Name) -> Failure {
        Failure(
            attempt: "open", subject: name.text, code: .ended("answer"), words: "the program gave no answer",
            remedy: "tell the authors of this program")
    }
}
