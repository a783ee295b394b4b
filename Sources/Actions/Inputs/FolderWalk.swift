// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Transport

/// The files below a folder, and what of it was not looked at: nothing is left out in silence.
///
/// Symbolic links are followed to files below the folder; never out of it, and never to folders.
public struct FolderWalk: Sendable {
    /// One name that was met.
    public struct Found: Sendable, Hashable {
        public let name: Name
        /// Why it cannot be looked at; nil for a file that can.
        public let trouble: Failure?
    }

    /// Files and troubles in the order of their names.
    public private(set) var found: [Found] = []
    /// What is passed over by its kind alone, and how often: hidden names, links to folders.
    public private(set) var passedOver: [String: Int] = [:]
    private let top: Folder?
    private let seesHidden: Bool

    /// Walks through a folder.
    ///
    /// - Parameter seesHidden: Names that begin with a full stop are looked at like others.
    public init(_ folder: Name, seesHidden: Bool = false) {
        self.seesHidden = seesHidden
        do throws(Failure) {
            top = try Folder(folder)
        } catch {
            top = nil
            found = [Found(name: folder, trouble: error)]
            return
        }
        var open = [Name(bytes: [])]
        while let inner = open.popLast() { open += enter(inner) }
        found.sort { $0.name.bytes.lexicographicallyPrecedes($1.name.bytes) }
    }

    /// Paths of the files below a folder of ours.
    public static func names(under folder: String) -> [String] {
        FolderWalk(Name(folder)).found.filter { $0.trouble == nil }.map(\.name.text)
    }

    /// Looks at one folder; the folders in it.
    private mutating func enter(_ inner: Name) -> [Name] {
        guard let top else { return [] }
        let folder: Folder
        let entries: [Folder.Entry]
        do throws(Failure) {
            folder = try inner.bytes.isEmpty ? top : Folder(inner, in: top)
            entries = try folder.entries()
        } catch {
            add(inner, error)
            return []
        }
        var folders: [Name] = []
        for entry in entries {
            let name = inner.bytes.isEmpty ? entry.name : inner.appending(entry.name)
            if entry.name.bytes.first == 0x2E, !seesHidden {
                passedOver["hidden", default: 0] += 1
                continue
            }
            switch entry.kind {
            case .file: add(name, nil)
            case .folder: folders.append(name)
            case .link: follow(name, entry.name, in: folder)
            case .pipe: add(name, Self.failure(name, .notRegular, "it is a named pipe", "move it out of the folder"))
            case .socket: add(name, Self.failure(name, .notRegular, "it is a socket", "move it out of the folder"))
            case .device: add(name, Self.failure(name, .notRegular, "it is a device", "move it out of the folder"))
            case .unknown:
                add(name, Self.failure(name, .notRegular, "its kind cannot be told", "look at it with ls -l"))
            }
        }
        return folders
    }

    private mutating func follow(_ name: Name, _ last: Name, in folder: Folder) {
        switch folder.kind(behind: last) {
        case .folder: passedOver["link to a folder", default: 0] += 1
        case .file where top?.holds(name) ?? false: add(name, nil)
        case .file:
            add(
                name,
                Self.failure(
                    name, .refused("link"), "it is a symbolic link out of the folder, which is not followed",
                    "name the file itself, or put a copy in place of the link"))
        case .some:
            add(name, Self.failure(name, .notRegular, "it is a link to no regular file", "remove the link"))
        case nil: add(name, folder.failure(toOpen: last))
        }
    }

    private mutating func add(_ name: Name, _ trouble: Failure?) {
        let path = top?.name.appending(name) ?? name
        found.append(
            Found(
                name: name.bytes.isEmpty ? top?.name ?? name : path,
                trouble: trouble.map {
                    Failure(
                        attempt: $0.attempt, subject: path.text, code: $0.code, words: $0.words, remedy: $0.remedy)
                }))
    }

    private static func failure(_ name: Name, _ code: Failure.Code, _ words: String, _ remedy: String) -> Failure {
        Failure(attempt: "open", subject: name.text, code: code, words: words, remedy: remedy)
    }
}
