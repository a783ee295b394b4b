// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import CIF
public import Diffraction

extension FrameMap {
    /// The one image of a file of an image.
    public static var singleImage: FrameMap { images(rows: [0]) }

    /// The images of a block that describes no frames, one after the other, as a miniCBF holds them.
    ///
    /// - Returns: nil for a block without an image.
    public static func images(of block: Block) -> FrameMap? {
        guard let column = block.category("array_data")?.column("data") else { return nil }
        let rows = (0..<column.count).filter { row in
            if case .binary = column.kind(row) { true } else { false }
        }
        return rows.isEmpty ? nil : images(rows: rows)
    }

    private static func images(rows: [Int]) -> FrameMap {
        let nothing = Area(slow: 0..<0, fast: 0..<0)
        let runs = rows.enumerated().compactMap { frame, row in
            Stride(first: frame, count: 1).flatMap { frames in
                Stride(first: row, count: 1).map { at in
                    FrameRun(frames: frames, area: nothing, content: .stored(0, at: at, corner: nothing))
                }
            }
        }
        let stack = FrameStack(
            role: .scan(nil), blocks: [], frames: rows.count, whole: nothing, runs: runs, unwritten: [])
        return FrameMap(
            stacks: [stack], stores: [FrameStore(file: 0, object: 0, path: "_array_data.data", shape: [])], losses: [],
            unread: [])
    }
}
