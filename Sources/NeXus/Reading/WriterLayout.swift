// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import HDF5

/// What a file without a description of its own was made for, told by the layout that detector writers give it.
///
/// - Source: data files of the DECTRIS FileWriter, Odin, Lima and Jungfraujoch, by the names in them.
public enum WriterLayout: Sendable, Hashable {
    /// Frames or events.
    case data
    /// Masks, times and settings of a series.
    case meta

    /// Nil for a file of another layout, or one that names a definition.
    public init?(_ tree: NeXusTree) {
        let members = tree.members(of: tree.root)
        guard !members.isEmpty, tree.files.main.faults.isEmpty, !WriterLayout.namesDefinition(tree) else { return nil }
        if WriterLayout.holdsFramesAlone(tree) || WriterLayout.isOfLima(tree, members) {
            self = .data
            return
        }
        let fields = Set(members.lazy.filter { $0.className == nil && !$0.isGroup }.map(\.name))
        let groups = members.filter { $0.isGroup && !$0.name.hasPrefix("_") }
        guard groups.isEmpty else { return nil }
        if WriterLayout.isStack("data", in: tree.root, tree) || fields.isSuperset(of: WriterLayout.eventFields) {
            self = .data
        } else if fields.intersection(WriterLayout.metaFields).count >= (WriterLayout.isOfOdin(members) ? 1 : 3) {
            self = .meta
        } else {
            return nil
        }
    }

    private static let eventFields: Set<String> = ["event_id", "event_time_offset"]
    private static let metaFields: Set<String> = [
        "config", "countrate", "flatfield", "mask", "start_time", "stop_time", "real_time", "frame", "series", "offset",
        "uid", "frame_series", "frame_number", "hash", "encoding",
    ]

    /// The settings of the detector, which Odin keeps under this name in the file beside the frames.
    private static func isOfOdin(_ members: [Member]) -> Bool {
        members.contains { $0.isGroup && $0.name == "_dectris" }
    }

    private static func namesDefinition(_ tree: NeXusTree) -> Bool {
        tree.members(of: tree.root).contains { member in
            member.node.map { member.isGroup && tree.hasLink("definition", in: $0) } ?? false
        }
    }

    /// `entry/data/data`, or blocks beside it, and no instrument or sample to describe them.
    private static func holdsFramesAlone(_ tree: NeXusTree) -> Bool {
        guard tree.members(of: tree.root).count == 1, let entry = tree.child("entry", of: tree.root),
            !["instrument", "sample", "source"].contains(where: { tree.hasLink($0, in: entry) }),
            let data = tree.child("data", of: entry)
        else { return false }
        // A group that says what its signal is was written for readers, not for a master.
        let isForReaders = tree.attribute("signal", of: data) != nil
        return tree.members(of: data).contains { member in
            guard FrameNames.isFrames(member.name), !member.isIndirect, let node = member.node,
                isStack(member.name, in: data, tree)
            else { return false }
            return !isForReaders || tree.attribute("image_nr_low", of: node) != nil
        }
    }

    /// `entry_0000/measurement/data` with the mark of the writer at the root.
    private static func isOfLima(_ tree: NeXusTree, _ members: [Member]) -> Bool {
        guard let creator = tree.text("creator", of: tree.root), creator.hasPrefix("LIMA") else { return false }
        return members.contains { member in
            guard member.name.hasPrefix("entry_"), let entry = member.node,
                let measurement = tree.child("measurement", of: entry)
            else { return false }
            return isStack("data", in: measurement, tree)
        }
    }

    private static func isStack(_ name: String, in group: Node, _ tree: NeXusTree) -> Bool {
        guard let node = tree.child(name, of: group), let dataset = tree.dataset(node), dataset.type.isNumeric,
            let shape = dataset.shape
        else { return false }
        return shape.count == 3 || shape.count == 4
    }
}

extension NeXusTree {
    /// No group of the main file says what was measured, and every member of the root could be looked at.
    public var describesNothing: Bool {
        guard entries.isEmpty, files.main.faults.isEmpty else { return false }
        for member in members(of: root) {
            switch member.target {
            case .group, .field, .other: continue
            case .absent, .notRead: return false
            }
        }
        return !files.main.objects.contains { object in
            guard object.kind == .group else { return false }
            if object.links.contains(where: { $0.name == "definition" }) { return true }
            return object.attribute("NX_class")?.value.firstString.map(Self.describing.contains) ?? false
        }
    }

    /// Classes that describe a measurement, unlike NXdata and NXcollection, which hold numbers.
    private static let describing: Set<String> = [
        "NXentry", "NXsubentry", "NXinstrument", "NXdetector", "NXdetector_module", "NXsample", "NXsource", "NXbeam",
        "NXtransformations", "NXmonitor", "NXgoniometer",
    ]
}
