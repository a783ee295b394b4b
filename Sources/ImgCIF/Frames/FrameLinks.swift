// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
public import Diffraction

/// An assumption that was needed to follow a link, to be stated (LINK-002, LINK-003).
public struct LinkAssumption: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable {
        /// The only value of the pointing column meets the only, unlike value of the column pointed to (LINK-002).
        case onlyRow
        /// The category pointed to is absent (LINK-003).
        case absentCategory
        /// An identifying item is absent (`child`, its default is taken) and only one row can be meant.
        case absentPointer
    }

    public var kind: Kind
    /// The item that points, such as `_diffrn_data_frame.array_id`.
    public var child: String
    /// The item pointed to.
    public var parent: String
    public var childValue: String?
    public var parentValue: String?
    public var place: Place
}

/// The first step that fails on the way from a frame to its pixels.
public enum LinkStep: String, Sendable, Hashable, CaseIterable {
    /// No row of DIFFRN_DATA_FRAME has the id of the frame.
    case dataFrame
    /// No row of ARRAY_DATA has the array and binary id of the data frame.
    case arrayData
    /// The row of ARRAY_DATA has neither embedded data nor a row of ARRAY_DATA_EXTERNAL_DATA.
    case image
    /// The row of ARRAY_DATA_EXTERNAL_DATA does not say where the image is.
    case location
}

/// One image of a frame: rows from 0, -1 where the way ends before.
public struct ImageLink: Sendable, Hashable {
    public var dataFrameRow: Int32
    public var arrayDataRow: Int32
    public var externalRow: Int32
    /// The pixels stand in the document itself.
    public var isEmbedded: Bool
    /// The external row, if there is one, names no location.
    public var isNowhere = false

    /// The step that fails; nil when the image is reached.
    public var missing: LinkStep? {
        if isEmbedded { return nil }
        if externalRow >= 0 { return isNowhere ? .location : nil }
        if arrayDataRow >= 0 { return .image }
        return dataFrameRow >= 0 ? .arrayData : .dataFrame
    }
}

/// A scan as DIFFRN_SCAN and DIFFRN_SCAN_FRAME list it.
public struct ScanFrames: Sendable {
    public var id: String
    /// Row of DIFFRN_SCAN from 0; nil when only frames name the scan.
    public var row: Int?
    /// Rows of DIFFRN_SCAN_FRAME from 0, in the order of the file.
    public var frames: [Int32]
    public var place: Place
}

/// The way from every frame to its image data, resolved once: frame, data frame, array data, external row.
///
/// Linear in the number of rows. A frame is a row of DIFFRN_SCAN_FRAME, counted from 0.
/// - Source: imgcif.md section 7 (path of a frame), rules LINK-001 to LINK-009.
public struct FrameLinks: Sendable {
    /// Scans in the order of DIFFRN_SCAN, then those that only frames name.
    public internal(set) var scans: [ScanFrames] = []
    public internal(set) var frameCount = 0
    /// For each frame the index of its scan, -1 when it belongs to none.
    public internal(set) var scanOfFrame: [Int32] = []
    /// For each frame its number as stated; nil when `_diffrn_scan_frame.frame_number` is absent or not a whole number.
    public internal(set) var numbers: [Int?] = []
    /// `images[imageStarts[frame] ..< imageStarts[frame + 1]]` are the images of a frame.
    public internal(set) var imageStarts: [Int32] = [0]
    public internal(set) var images: [ImageLink] = []
    public internal(set) var dataFrameRowCount = 0
    public internal(set) var arrayDataRowCount = 0
    public internal(set) var externalRowCount = 0
    /// Rows of ARRAY_DATA whose embedded pixels stand beside a pointer to an external row that exists (LINK-007).
    public internal(set) var doublySourced: [Int32] = []
    public internal(set) var assumptions: [LinkAssumption] = []
    var frameColumn: CIF.Column?

    /// The images of a frame; empty outside the list.
    public func images(ofFrame frame: Int) -> ArraySlice<ImageLink> {
        guard frame >= 0, frame < frameCount, frame + 1 < imageStarts.count else { return [] }
        return images[Int(imageStarts[frame])..<Int(imageStarts[frame + 1])]
    }

    /// The id of a frame; nil when the file does not say.
    public func frameID(_ frame: Int) -> String? {
        guard let frameColumn, frame >= 0, frame < frameColumn.count else { return nil }
        return frameColumn.text(frame)
    }

    /// Two rows give one frame of one scan twice, which the key of DIFFRN_SCAN_FRAME forbids.
    public func isOneFrame(_ frame: Int, _ other: Int) -> Bool {
        guard scanOfFrame.indices.contains(frame), scanOfFrame.indices.contains(other), let id = frameID(frame) else {
            return false
        }
        return scanOfFrame[frame] == scanOfFrame[other] && id == frameID(other)
    }

    /// Frames by rising number; those without a number keep the order of the file, at the end.
    func ordered(_ frames: [Int]) -> [Int] {
        var isSorted = true
        var last = Int.min
        for frame in frames {
            let number = numbers[frame] ?? Int.max
            if number < last { isSorted = false }
            last = number
        }
        guard !isSorted else { return frames }
        return frames.enumerated().sorted { a, b in
            let (x, y) = (numbers[a.element] ?? Int.max, numbers[b.element] ?? Int.max)
            return x == y ? a.offset < b.offset : x < y
        }.map(\.element)
    }

    /// The frames that do not lead to image data, by the first step that fails for any of their images.
    public var broken: [(step: LinkStep, frames: [Int])] {
        var frames: [LinkStep: [Int]] = [:]
        for frame in 0..<frameCount {
            let all = images(ofFrame: frame)
            if all.isEmpty {
                frames[.dataFrame, default: []].append(frame)
            } else if let step = all.lazy.compactMap(\.missing).first {
                frames[step, default: []].append(frame)
            }
        }
        return LinkStep.allCases.compactMap { step in frames[step].map { (step, $0) } }
    }

    /// Rows that no frame leads to, by category (LINK-005).
    public var unused: (dataFrames: [Int], arrayData: [Int], external: [Int]) {
        var data = [Bool](repeating: false, count: dataFrameRowCount)
        var array = [Bool](repeating: false, count: arrayDataRowCount)
        var external = [Bool](repeating: false, count: externalRowCount)
        for image in images {
            Self.mark(image.dataFrameRow, &data)
            Self.mark(image.arrayDataRow, &array)
            Self.mark(image.externalRow, &external)
        }
        func left(_ used: [Bool]) -> [Int] { used.indices.filter { !used[$0] } }
        return (left(data), left(array), left(external))
    }

    private static func mark(_ row: Int32, _ used: inout [Bool]) {
        if row >= 0, Int(row) < used.count { used[Int(row)] = true }
    }
}
