// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import CIF

/// An item of a block whose values name rows of another category.
public struct DictionaryLink: Sendable {
    /// The column that points, under the name or alias that the file has.
    public let column: CIF.Column
    /// The item whose values are meant, as the dictionary writes it.
    public let parent: String
    /// The column of that item, under its name or an alias; nil when the block has none.
    public let parentColumn: CIF.Column?
    /// What a row of the parent without value stands for.
    public let parentDefault: String?
    /// Values are whole numbers, however they are written.
    public let isNumber: Bool
}

extension DictionaryFacts {
    /// The items of a block that point to rows, in the order of the block.
    ///
    /// Links of values to their standard uncertainties are none of these, nor are those that other rules follow.
    /// - Source: `_name.linked_item_id` of items of purpose Link; `KnownDefects.unstatedLinks`.
    public func links(in block: CIF.Block) -> [DictionaryLink] {
        let names = KnownColumns(block, self)
        let stated: [DictionaryLink] = names.known.compactMap { use in
            let item = items[use.item]
            guard let parent = parent(of: item), !KnownDefects.isFollowedElsewhere(item.name, parent) else {
                return nil
            }
            let target = self.item(parent)
            return DictionaryLink(
                column: use.column, parent: target?.name ?? parent, parentColumn: names.column(parent),
                parentDefault: target?.defaultValue, isNumber: target?.contents == "Integer")
        }
        return stated + arraysShown(block)
    }

    /// Without ARRAY_STRUCTURE, through which the dictionary leads: the arrays that frames show are those described.
    private func arraysShown(_ block: CIF.Block) -> [DictionaryLink] {
        let parent = "_array_structure_list.array_id"
        guard block.column("_array_structure.id") == nil, let described = block.column(parent) else { return [] }
        return ["_diffrn_data_frame.array_id", "_array_data.array_id"].compactMap { block.column($0) }.map {
            DictionaryLink(
                column: $0, parent: parent, parentColumn: described, parentDefault: item(parent)?.defaultValue,
                isNumber: false)
        }
    }

    private func parent(of item: Item) -> String? {
        if item.purpose == "Link", let link = item.link { return link }
        return KnownDefects.unstatedLinks[item.name]
    }
}
