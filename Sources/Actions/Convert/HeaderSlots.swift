// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Transport

/// Where in the model of an image stands what changes from image to image.
struct HeaderSlots: Sendable {
    private enum Number: Sendable {
        case group(Int)
        /// Of a group, and what is added to it.
        case sum(Int, Double)
    }

    private struct Text: Sendable {
        let before: String
        let group: Int
        let behind: String
        /// The word is the name of a block, behind `data_`.
        let isOfBlock: Bool
    }

    /// By the place of the number among all that may change.
    private var numbers: [Number?] = []
    private var texts: [Text?] = []

    /// Finds the places by two images; nil where what changes in the headers does not explain all that changes in the
    /// models.
    init?(_ first: ConvertedImage, _ second: ConvertedImage, _ groups: [HeaderChange], isSize: Int) {
        let (old, new) = (Self.numbers(of: first), Self.numbers(of: second))
        let (oldTexts, newTexts) = (Self.texts(of: first), Self.texts(of: second))
        guard old.count == new.count, oldTexts.count == newTexts.count else { return nil }
        var used: Set<Int> = [isSize]
        numbers = [Number?](repeating: nil, count: old.count)
        texts = [Text?](repeating: nil, count: oldTexts.count)
        let values = groups.map { (old: HeaderChange.number($0.old), new: HeaderChange.number($0.new)) }
        for (place, (a, b)) in zip(old, new).enumerated() where a.bitPattern != b.bitPattern {
            guard let number = Self.number(a, b, values, old) else { return nil }
            numbers[place] = number
            switch number {
            case .group(let group), .sum(let group, _): used.insert(group)
            }
        }
        for (place, (a, b)) in zip(oldTexts, newTexts).enumerated() where a != b {
            guard let text = Self.text(a, b, groups) else { return nil }
            texts[place] = text
            used.insert(text.group)
        }
        for (index, group) in groups.enumerated() where group.kind != .sum && !used.contains(index) { return nil }
        var predicted = first
        fill(&predicted, { values[$0].new }, { String(decoding: groups[$0].new, as: UTF8.self) })
        guard Self.isAlike(predicted, second) else { return nil }
    }

    private static func number(
        _ a: Double, _ b: Double, _ values: [(old: Double?, new: Double?)], _ others: [Double]
    ) -> Number? {
        if let group = values.firstIndex(where: { $0.old == a && $0.new == b }) { return .group(group) }
        for (group, value) in values.enumerated() {
            guard let old = value.old, let new = value.new else { continue }
            if let step = others.first(where: { old + $0 == a && new + $0 == b }) { return .sum(group, step) }
        }
        return nil
    }

    private static func text(_ a: String, _ b: String, _ groups: [HeaderChange]) -> Text? {
        for (index, group) in groups.enumerated() {
            let (old, new) = (String(decoding: group.old, as: UTF8.self), String(decoding: group.new, as: UTF8.self))
            // A block is named without the word before its name.
            for (from, to) in [(old, new), (old.dropData, new.dropData)] where !from.isEmpty {
                guard let place = a.firstRange(of: from) else { continue }
                let (before, behind) = (String(a[..<place.lowerBound]), String(a[place.upperBound...]))
                if before + to + behind == b {
                    return Text(before: before, group: index, behind: behind, isOfBlock: from != old)
                }
            }
        }
        return nil
    }

    /// The model of another image.
    func filled(
        _ model: ConvertedImage, _ words: [String], _ read: HeaderTexts, _ source: Source, pattern: HeaderPattern
    ) -> ConvertedImage {
        var image = model
        fill(&image, { read.number($0) }, { read.text($0) })
        image.take(words, size: source.size, header: .filled(pattern, read), source.identity)
        return image
    }

    private func fill(_ image: inout ConvertedImage, _ number: (Int) -> Double?, _ word: (Int) -> String) {
        var place = 0
        Self.visitNumbers(&image) { _ in
            defer { place += 1 }
            switch numbers[place] {
            case nil: return nil
            case .group(let group)?: return number(group)
            case .sum(let group, let step)?: return number(group).map { $0 + step }
            }
        }
        place = 0
        Self.visitTexts(&image) { _ in
            defer { place += 1 }
            guard let text = texts[place] else { return nil }
            let word = word(text.group)
            return text.before + (text.isOfBlock ? word.dropData : word) + text.behind
        }
    }

    // MARK: Places

    private static func numbers(of image: ConvertedImage) -> [Double] {
        var (image, found) = (image, [Double]())
        visitNumbers(&image) {
            found.append($0)
            return nil
        }
        return found
    }

    private static func texts(of image: ConvertedImage) -> [String] {
        var (image, found) = (image, [String]())
        visitTexts(&image) {
            found.append($0)
            return nil
        }
        return found
    }

    /// Goes through the numbers of settings; what the body gives takes their place.
    private static func visitNumbers(_ image: inout ConvertedImage, _ body: (Double) -> Double?) {
        let scan = image.experiments[0].scans[0]
        for (index, axis) in scan.axes.enumerated() {
            var changed: SettingSeries?
            switch axis.settings {
            case .constant(let value): changed = body(value).map { .constant($0) }
            case .uniform(let start, let step, let increment):
                let new = body(start)
                _ = (body(step), body(increment))
                changed = new.map { .uniform(start: $0, step: step, increment: increment) }
            case .explicit(let starts, let ends):
                let news = starts.map(body)
                let newEnds = ends?.map(body)
                if news.contains(where: { $0 != nil }) || newEnds?.contains(where: { $0 != nil }) == true {
                    changed = .explicit(
                        starts: zip(starts, news).map { $1 ?? $0 },
                        ends: ends.flatMap { ends in newEnds.map { zip(ends, $0).map { $1 ?? $0 } } })
                }
            }
            if let changed { image.experiments[0].scans[0].axes[index].settings = changed }
            if let value = axis.angle.start?.value, let new = body(value) {
                image.experiments[0].scans[0].axes[index].angle.start?.value = new
            }
            for value in [axis.angle.increment, axis.angle.range] { _ = value.flatMap { body($0.value) } }
            if let value = axis.displacement.start?.value, let new = body(value) {
                image.experiments[0].scans[0].axes[index].displacement.start?.value = new
            }
        }
        for (index, setting) in scan.unplaced.enumerated() {
            if let new = body(setting.value.value) {
                image.experiments[0].scans[0].unplaced[index].value.value = new
            }
        }
    }

    /// Goes through the names and dates; what the body gives takes their place.
    private static func visitTexts(_ image: inout ConvertedImage, _ body: (String) -> String?) {
        if let new = body(image.experiments[0].id) { image.experiments[0].id = new }
        if let text = image.experiments[0].identity.title?.value, let new = body(text) {
            image.experiments[0].identity.title?.value = new
        }
        if let text = image.experiments[0].identity.startTime?.value, let new = body(text) {
            image.experiments[0].identity.startTime?.value = new
        }
        if let new = body(image.experiments[0].scans[0].id) { image.experiments[0].scans[0].id = new }
        if let text = image.experiments[0].scans[0].startDate?.value, let new = body(text) {
            image.experiments[0].scans[0].startDate?.value = new
        }
        if let text = image.facts.date, let new = body(text) { image.facts.date = new }
        if let text = image.contentMD5, let new = body(text) { image.contentMD5 = new }
    }

    // MARK: Models held against each other

    /// Two images are described alike, but for where in their files it stands.
    static func isAlike(_ one: ConvertedImage, _ other: ConvertedImage) -> Bool {
        guard one.experiments.count == other.experiments.count, one.kind == other.kind, one.element == other.element,
            one.contentMD5 == other.contentMD5, one.sections == other.sections,
            one.itemsWithoutPlace == other.itemsWithoutPlace, isAlike(one.shape as Any, other.shape as Any)
        else { return false }
        return isAlike(one.facts, other.facts)
            && zip(one.experiments, other.experiments).allSatisfy { isAlike($0, $1) }
    }

    private static func isAlike(_ one: Any, _ other: Any) -> Bool {
        if one is Place { return other is Place }
        if let one = one as? Double { return (other as? Double)?.bitPattern == one.bitPattern }
        if let one = one as? String { return other as? String == one }
        if let one = one as? Int { return other as? Int == one }
        let (mine, theirs) = (Mirror(reflecting: one), Mirror(reflecting: other))
        guard mine.subjectType == theirs.subjectType, mine.children.count == theirs.children.count else { return false }
        if mine.children.isEmpty { return "\(one)" == "\(other)" }
        if mine.displayStyle == .dictionary || mine.displayStyle == .set {
            return mine.children.map { "\($0.value)" }.sorted() == theirs.children.map { "\($0.value)" }.sorted()
        }
        return zip(mine.children, theirs.children).allSatisfy { $0.label == $1.label && isAlike($0.value, $1.value) }
    }
}

extension String {
    /// Without `data_`, which stands before the name of a block; empty where it does not.
    fileprivate var dropData: String { hasPrefix("data_") ? String(dropFirst(5)) : "" }
}
