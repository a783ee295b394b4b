// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import Findings
import Transport

/// The header of an image of a series, with where the next ones say something else: angles, dates, names and sums.
///
/// Two images that were read whole make it. A third whose header differs in those places alone, in the form that these have, is
/// not read word by word again: what it says there is put into the model of the first.
/// - Source: docs/decisions/0393-headers-of-a-series.md.
final class HeaderPattern: Sendable {
    /// An image that was read whole, with the bytes before and behind its pixels.
    struct Whole {
        let image: ConvertedImage
        let head: [UInt8]
        let tail: [UInt8]
    }

    /// A place in the header, in its order.
    private struct Field {
        let range: Range<Int>
        /// Fields of one group hold one text.
        let group: Int
    }

    private let model: ConvertedImage
    private let head: [UInt8]
    private let tail: [UInt8]
    private let fields: [Field]
    private let groups: [HeaderChange]
    private let slots: HeaderSlots
    /// Where the number of bytes of the pixels stands among the groups.
    private let size: Int
    /// Of the header text, what stands behind the pixels.
    private let closing: ArraySlice<UInt8>

    /// Compares two images of a series; nil where nothing is certain of the others.
    init?(_ first: Whole, _ second: Whole) {
        guard first.tail == second.tail, let (texts, sizePlace) = Self.differences(first.head, second.head) else {
            return nil
        }
        var fields: [Field] = []
        var groups: [HeaderChange] = []
        for text in texts {
            let old = first.head[text.range]
            var group = groups.firstIndex { $0.old.elementsEqual(old) && $0.new.elementsEqual(text.other) }
            if group == nil {
                guard let change = HeaderChange(old, text.other, behind: first.head[..<text.range.lowerBound]) else {
                    return nil
                }
                group = groups.count
                groups.append(change)
            }
            guard let group else { return nil }
            fields.append(Field(range: text.range, group: group))
        }
        guard let size = fields.first(where: { $0.range == sizePlace })?.group,
            let slots = HeaderSlots(first.image, second.image, groups, isSize: size)
        else { return nil }
        (model, head, tail) = (first.image, first.head, first.tail)
        (self.fields, self.groups, self.slots, self.size) = (fields, groups, slots, size)
        let own = first.image.headerText
        closing = own.suffix(max(0, own.count - (first.head.count - 4)))
    }

    /// The image of a file; nil where its header has another form, or it cannot be read.
    func image(_ words: [String]) -> ConvertedImage? {
        guard let source = try? Input.open(words) else { return nil }
        let most = min(source.size, head.count + 256)
        return withUnsafeTemporaryAllocation(byteCount: most + tail.count + 1, alignment: 16) { room in
            let bytes = UnsafeMutableRawBufferPointer(rebasing: room[..<most])
            guard (try? source.read(into: bytes, at: 0)) == most,
                var (texts, end) = texts(UnsafeRawBufferPointer(bytes))
            else { return nil }
            guard let count = Int(texts.text(size)), count > 0, count <= source.size - end,
                source.size - end - count == tail.count
            else { return nil }
            let rest = UnsafeMutableRawBufferPointer(rebasing: room[..<tail.count])
            texts.keep()
            guard (try? source.read(into: rest, at: end + count)) == tail.count,
                rest.elementsEqualBytes(tail), (try? source.checkUnchanged()) != nil
            else { return nil }
            return slots.filled(model, words, texts, source, pattern: self)
        }
    }

    /// Every byte of a file but those of its pixels.
    func headerText(_ texts: HeaderTexts) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(head.count + closing.count + 64)
        var next = 0
        for field in fields {
            text += head[next..<field.range.lowerBound]
            text += texts.text(field.group).utf8
            next = field.range.upperBound
        }
        // The mark before the pixels is theirs.
        text += head[next..<(head.count - 4)]
        return text + closing
    }

    /// What stands in the fields of a header, and where the header ends; nil where it differs elsewhere.
    private func texts(_ bytes: UnsafeRawBufferPointer) -> (HeaderTexts, end: Int)? {
        var texts = HeaderTexts(bytes, count: groups.count)
        var (here, there) = (0, 0)
        return head.withUnsafeBytes { head in
            for field in fields {
                let same = field.range.lowerBound - here
                guard bytes.isEqual(at: there, head, here..<(here + same)) else { return nil }
                there += same
                let start = there
                while there < bytes.count, !HeaderChange.ends(bytes[there]) { there += 1 }
                guard there < bytes.count, texts.set(field.group, start..<there, groups[field.group]) else {
                    return nil
                }
                here = field.range.upperBound
            }
            guard bytes.isEqual(at: there, head, here..<head.count) else { return nil }
            return (texts, there + head.count - here)
        }
    }

    /// The words in which two headers differ, with that of `X-Binary-Size`, which is one of them; nil where they are of
    /// unlike form.
    private static func differences(
        _ first: [UInt8], _ second: [UInt8]
    ) -> (texts: [(range: Range<Int>, other: ArraySlice<UInt8>)], size: Range<Int>)? {
        guard let size = sizePlace(first) else { return nil }
        var texts: [(range: Range<Int>, other: ArraySlice<UInt8>)] = []
        var (here, there) = (0, 0)
        while here < first.count, there < second.count {
            guard first[here] != second[there] || here == size.lowerBound else {
                here += 1
                there += 1
                continue
            }
            var start = here
            while start > 0, !HeaderChange.ends(first[start - 1]) { start -= 1 }
            let begin = there - (here - start)
            while here < first.count, !HeaderChange.ends(first[here]) { here += 1 }
            while there < second.count, !HeaderChange.ends(second[there]) { there += 1 }
            guard start < here, begin >= 0, begin < there, texts.count < 64,
                texts.last.map({ $0.range.upperBound <= start }) ?? true
            else { return nil }
            texts.append((start..<here, second[begin..<there]))
        }
        guard here == first.count, there == second.count else { return nil }
        return (texts, size)
    }

    private static func sizePlace(_ head: [UInt8]) -> Range<Int>? {
        let key = Array("X-Binary-Size:".utf8)
        guard head.count > key.count,
            let place = (0..<(head.count - key.count)).last(where: {
                head[$0] == key[0] && head[$0..<($0 + key.count)].elementsEqual(key)
            })
        else { return nil }
        guard let start = head[(place + key.count)...].firstIndex(where: { $0 != 0x20 }) else { return nil }
        let end = head[start...].firstIndex(where: HeaderChange.ends) ?? head.count
        return start < end ? start..<end : nil
    }
}

extension HeaderPattern.Whole {
    private static let mark: [UInt8] = [0x0C, 0x1A, 0x04, 0xD5]

    /// nil for files of another kind than one image in one section as it lies, without a fault.
    init?(_ image: ConvertedImage, _ document: CIF.Document?) {
        guard let document, document.faults.isEmpty, document.binarySections.count == 1, !image.isDescription,
            let section = document.binarySections.first, section.fault == nil,
            section.statedSize == section.dataRange.count, image.kind == .cbf || image.kind == .minicbf,
            image.experiments.count == 1, image.experiments[0].scans.count == 1, image.size == document.buffer.count
        else { return nil }
        let bytes = document.buffer
        let (start, end) = (section.dataRange.lowerBound, section.dataRange.upperBound)
        guard start > 4, start <= 1 << 16, bytes.count - end <= 1 << 14 else { return nil }
        head = bytes[0..<start]
        tail = bytes[end..<bytes.count]
        guard head.suffix(4) == Self.mark[...], image.headerText.starts(with: head.dropLast(4)) else { return nil }
        self.image = image
    }
}

extension UnsafeRawBufferPointer {
    /// Bytes from a place on are those of a range of others.
    fileprivate func isEqual(at place: Int, _ other: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        guard place + range.count <= count, let mine = baseAddress, let theirs = other.baseAddress else { return false }
        return SameBytes.are(mine + place, theirs + range.lowerBound, range.count)
    }
}

extension UnsafeMutableRawBufferPointer {
    fileprivate func elementsEqualBytes(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { bytes in
            UnsafeRawBufferPointer(self).isEqual(at: 0, bytes, 0..<bytes.count) && count == bytes.count
        }
    }
}
