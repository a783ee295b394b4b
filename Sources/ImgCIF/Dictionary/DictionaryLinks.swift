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
        return names.known.compactMap { use in
            let item = items[use.item]
            guard let parent = parent(of: item), !KnownDefects.isFollowedElsewhere(item.name, parent) else {
                return nil
            }
            let target = self.item(parent)
            return DictionaryLink(
                column: use.column, parent: target?.name ?? parent, parentColumn: names.column(parent),
                parentDefault: target?.defaultValue, isNumber: target?.contents == "Integer")
        }
    }

    private func parent(of item: Item) -> String? {
        if item.purpose == "Link", let link = item.link { return link }
        return KnownDefects.unstatedLinks[item.name]
    }
}
