// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Corrections of definitions that are known to be in error; applied when a definition is loaded.
public enum Errata {
    /// A correction: which definition, in which releases, what is done and why.
    public struct Entry: Sendable {
        public let definition: String
        public let first: String?
        public let last: String?
        public let done: String
        public let why: String
    }

    /// All corrections, for `definitions show` and the guide.
    public static let entries: [Entry] = [
        .init(
            definition: "NXmx", first: "v2024.02", last: "v2024.02",
            done: "group CHANNELNAME_channel is optional and its name partial",
            why: "nexusformat/definitions#1511; corrected in v2025.11"),
        .init(
            definition: "NXmx", first: "v2020.10", last: nil,
            done: "NXdetector_group/group_index has length groupIndex",
            why: "its symbol i is the number of pixels elsewhere"),
        .init(
            definition: "NXmx", first: "v2024.02", last: nil,
            done: "countrate_correction_lookup_table has a symbol of its own",
            why: "its symbol m is the number of channels of the spectrum elsewhere"),
        .init(
            definition: "NXmx", first: "v2024.02", last: nil,
            done: "data may have a dimension of channels",
            why: "dectris/documentation:filewriter/README.md"),
        .init(
            definition: "NXmx", first: "v2020.10", last: nil, done: "time_zone takes a zone alone",
            why: "described as an offset, typed as a date"),
        .init(
            definition: "NXdetector", first: nil, last: nil, done: "field pixel_mask_N is known, N a number",
            why: "described in the text of pixel_mask, not declared"),
        .init(
            definition: "NXdata", first: nil, last: "v2020.10", done: "AXISNAME_indices without a type is NX_INT",
            why: "the text asks for integers; typed from v2022.07 on"),
        .init(
            definition: "NXmx", first: nil, last: "v2020.10",
            done: "incident_polarisation_stokes without a type is NX_NUMBER",
            why: "four numbers for each frame by its dimensions; typed from v2022.07 on"),
        .init(
            definition: "NXcanSAS", first: nil, last: nil, done: "attribute mask of SASdata is optional",
            why: "required by omission; absent in the smallest example of the definition itself"),
        .init(
            definition: "NXcanSAS", first: nil, last: nil, done: "attribute version takes 1.0 beside 1.1",
            why: "a file states the version that it was written for; the list has the latest alone"),
        .init(
            definition: "NXcanSAS", first: nil, last: nil, done: "field run takes text and numbers",
            why: "for many facilities an integer by its own text, and any other field of the entry is taken for one"),
        .init(
            definition: "NXevent_data, NXlog", first: nil, last: nil, done: "cue_timestamp_zero takes text and numbers",
            why: "typed as a date, with units of time and a start: the distance in time from it"),
        .init(
            definition: "NXentry", first: nil, last: nil, done: "features without a type takes text and numbers",
            why: "reserved without a type; written as 64-bit numbers (nexusformat/definitions#382)"),
        .init(
            definition: "NXreflections", first: nil, last: nil, done: "fields are optional",
            why: "a base class that asks for the whole table of one program; NXstress asks a few of its fields"),
    ]

    /// Lists of dimensions and states of polarisation that early releases left without a type.
    private static func correctTypes(_ item: inout Item) {
        guard item.type == nil else { return }
        switch (item.kind, item.name) {
        case (.attribute, "AXISNAME_indices"): item.type = "NX_INT"
        case (.field, "incident_polarisation_stokes"): item.type = "NX_NUMBER"
        default: return
        }
    }

    static func correct(_ definition: inout Definition, release: Release?) {
        if definition.isLegacy { walk(&definition.items) { item, _ in correctTypes(&item) } }
        switch definition.name {
        case "NXentry", "NXsubentry":
            for index in definition.items.indices where definition.items[index].name == "features" {
                definition.items[index].type = definition.items[index].type ?? "NX_CHAR_OR_NUMBER"
            }
        case "NXreflections":
            for index in definition.items.indices { definition.items[index].minimum = 0 }
        case "NXevent_data", "NXlog":
            for index in definition.items.indices where definition.items[index].name == "cue_timestamp_zero" {
                definition.items[index].type = "NX_CHAR_OR_NUMBER"
            }
        case "NXcanSAS":
            walk(&definition.items) { item, parent in
                if item.kind == .attribute, item.name == "mask", parent?.type == "NXdata" { item.minimum = 0 }
                if item.kind == .attribute, item.name == "version", item.enumeration == ["1.1"] {
                    item.enumeration = ["1.0", "1.1"]
                }
                if item.kind == .field, item.name == "run" { item.type = "NX_CHAR_OR_NUMBER" }
            }
        case "NXmx":
            guard let release else { return }
            walk(&definition.items) { item, parent in correctNXmx(&item, in: parent, release) }
        case "NXdetector":
            guard let mask = definition.items.first(where: { $0.kind == .field && $0.name == "pixel_mask" }),
                !definition.items.contains(where: { $0.name == "pixel_mask_N" })
            else { return }
            var numbered = mask
            numbered.name = "pixel_mask_N"
            numbered.match = .partial
            definition.items.append(numbered)
        default: return
        }
    }

    private static func correctNXmx(_ item: inout Item, in parent: Item?, _ release: Release) {
        switch item.name {
        case "CHANNELNAME_channel" where release.tag == "v2024.02":
            item.minimum = 0
            item.match = .partial
        case "group_index" where parent?.type == "NXdetector_group":
            for index in item.extents.indices { item.extents[index].size = "groupIndex" }
        case "countrate_correction_lookup_table":
            for index in item.extents.indices where item.extents[index].size == "m" {
                item.extents[index].size = "countrateEntries"
            }
        default: return
        }
    }

    /// Depth is that of a definition, bounded when it was read.
    private static func walk(_ items: inout [Item], in parent: Item? = nil, _ change: (inout Item, Item?) -> Void) {
        for index in items.indices {
            change(&items[index], parent)
            walk(&items[index].items, in: items[index], change)
        }
    }
}
