// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Transport

/// What is made of one name that a search of folders meets: the one judge of what is looked at.
///
/// Symbolic links are followed to files below the top; never out of it, and never to folders.
enum EntrySight {
    case file
    case folder
    /// By its kind alone: hidden names, links to folders.
    case passedOver(String)
    case trouble(Failure)

    /// - Parameters:
    ///   - name: From the top of the search.
    ///   - folder: The folder that holds the entry.
    ///   - seesHidden: Names that begin with a full stop are looked at like others.
    static func of(
        _ entry: Folder.Entry, called name: Name, in folder: Folder, below top: Folder, seesHidden: Bool = false
    ) -> EntrySight {
        if !seesHidden, entry.name.bytes.first == 0x2E { return .passedOver("hidden") }
        switch entry.kind {
        case .file: return .file
        case .folder: return .folder
        case .link: return link(entry.name, called: name, in: folder, below: top)
        case .pipe: return .trouble(failure(name, .notRegular, "it is a named pipe", "move it out of the folder"))
        case .socket: return .trouble(failure(name, .notRegular, "it is a socket", "move it out of the folder"))
        case .device: return .trouble(failure(name, .notRegular, "it is a device", "move it out of the folder"))
        case .unknown:
            return .trouble(failure(name, .notRegular, "its kind cannot be told", "look at it with ls -l"))
        }
    }

    private static func link(_ last: Name, called name: Name, in folder: Folder, below top: Folder) -> EntrySight {
        switch folder.kind(behind: last) {
        case .folder: return .passedOver("link to a folder")
        case .file where top.holds(name): return .file
        case .file:
            return .trouble(
                failure(
                    name, .refused("link"), "it is a symbolic link out of the folder, which is not followed",
                    "name the file itself, or put a copy in place of the link"))
        case .some:
            return .trouble(failure(name, .notRegular, "it is a link to no regular file", "remove the link"))
        case nil: return .trouble(folder.failure(toOpen: last))
        }
    }

    private static func failure(_ name: Name, _ code: Failure.Code, _ words: String, _ remedy: String) -> Failure {
        Failure(attempt: "open", subject: name.text, code: code, words: words, remedy: remedy)
    }
}
