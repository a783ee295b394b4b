// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization
public import Transport
public import Workers

/// Opens files for a worker that reads one group of inputs: these inputs, and what opened files name, by the link policy.
///
/// It lives in the program. The worker has no right to open a file, and no name but those of its request is an input, so
/// that one whose reader was taken over learns nothing of other files.
public final class Doorkeeper: Sendable {
    private let names: [String]
    private let follow: Folder.Follow
    private let foreign: (@Sendable (Question) -> Reply?)?
    /// Paths of the files that were opened for this group, by the number that the worker has for each.
    private let opened = Mutex<[Name]>([])
    private let folders = Mutex<[Name: Folder]>([:])

    /// - Parameters:
    ///   - names: The words of the request.
    ///   - foreign: Answers the questions about values, which are no business of this one.
    public init(
        _ names: [String], follow: ReadingSettings.Following, foreign: (@Sendable (Question) -> Reply?)?
    ) {
        self.names = names
        self.follow = follow == .none ? .none : .dataset
        self.foreign = foreign
    }

    /// Answers a question; nil for one that a sound worker does not ask.
    public func answer(_ question: Question) -> Reply? {
        guard let asked = Asked(question.body) else { return nil }
        switch asked {
        case .value:
            return foreign?(Question(body: Array(question.body.dropFirst()), descriptors: question.descriptors))
        case .input(let words):
            guard let first = words.first, names.contains(where: { Name($0) == Name(first) }),
                words.count == 1 || words == names
            else { return nil }
            do throws(Failure) {
                return reply(Folder.Reached(key: nil, opened: .open(try Input.open(words))))
            } catch {
                return reply(Folder.Reached(key: nil, opened: .failed(error)))
            }
        case .named(let name, let file):
            guard let path = opened.withLock({ $0.indices.contains(file) ? $0[file] : nil }) else { return nil }
            do throws(Failure) {
                return reply(try folder(path.folder).reach(name, follow) { _ in false })
            } catch {
                return reply(Folder.Reached(key: nil, opened: .failed(error)))
            }
        }
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

    public init(_ program: Serving.Asking) { self.program = program }

    public func open(_ words: [String]) throws(Failure) -> Source {
        let name = Name(words.first ?? "")
        switch ask(.input(words), called: name).opened {
        case .open(let source): return source
        case .failed(let failure): throw failure
        case .absent, .refused, nil: throw Self.nonsense(name)
        }
    }

    public func reach(_ name: Name, called path: Name, namedBy file: Int) -> Folder.Reached {
        ask(.named(name, by: file), called: path)
    }

    private func ask(_ asked: Asked, called name: Name) -> Folder.Reached {
        let (body, descriptors) = program.ask(asked.bytes)
        guard let told = Told(body) else { return Folder.Reached(key: nil, opened: .failed(Self.nonsense(name))) }
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
