// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
import HDF5
import NeXus
public import RuleEngine

/// Something an experiment cannot be read without that may be there and that nobody looked at.
///
/// Neither absent nor present: no rule can say that all is well, so the file cannot pass.
public struct UnreadNeed: Sendable, Hashable {
    /// Where the main file leads to it.
    public let path: String
    public let cause: UnreadFrames.Cause
    /// Which file or object, and why.
    public let words: String
}

extension TreeView {
    /// What is needed and was not looked at, each once.
    public var unreadNeeds: [UnreadNeed] {
        guard let files else { return [] }
        var needs: [UnreadNeed] = []
        var seen = Set<UnreadNeed>()
        func take(_ need: UnreadNeed) {
            if needs.count < 100, seen.insert(need).inserted { needs.append(need) }
        }
        for link in links(in: files) where link.isNeeded || FrameNames.arrays.contains(link.name) {
            guard case .notFollowed(let why) = link.state else { continue }
            take(UnreadNeed(path: link.path, cause: .failed, words: why))
        }
        for stack in frames.stacks {
            for block in stack.blocks where isNeeded(stack, block, files) {
                for number in block.unread {
                    let unread = frames.unread[number]
                    let name = unread.name.isEmpty ? "" : "'\(unread.name):\(unread.object)': "
                    take(UnreadNeed(path: block.path, cause: unread.cause, words: name + unread.words))
                }
            }
        }
        return needs
    }
}

/// Whether an experiment cannot be read without a dataset that a map leads to.
func isNeeded(_ stack: FrameStack, _ block: FrameStack.Block, _ files: FileSet) -> Bool {
    switch stack.role {
    case .signal, .member, .virtual, .array: return true
    case .value:
        // An object may stand at several places, of which one is that of an axis.
        let isMain = block.file == 0 && files.main.objects.indices.contains(block.object)
        let paths = isMain ? files.main.paths(of: ObjectID(index: block.object), most: 16) : [block.path]
        return paths.contains { path in
            guard let slash = path.utf8.lastIndex(of: 0x2F) else { return false }
            let name = String(path[path.index(after: slash)...])
            let parent = path[..<slash].isEmpty ? "/" : String(path[..<slash])
            guard let id = files.main.object(at: parent) else { return false }
            return NeededItems.holds(name, in: files.main[id])
        }
    case .scan: return true
    }
}
