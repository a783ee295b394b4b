// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Foundation
import HDF5
import NeXus
import TestSupport
import Testing

/// Oracle: arithmetic. What one mapping fills in every frame is one run, however many frames there are.
@Suite struct FrameMapSizeTests {
    private func slab(_ panel: Int, frames: Int) -> Selection {
        .hyperslab([
            .init(start: 0, count: 1, block: frames), .init(start: panel * 8, count: 1, block: 8),
            .init(start: 0, count: 1, block: 8),
        ])
    }

    @Test func `a million frames of 64 panels are 64 runs`() throws {
        let folder = try Folder.temporary()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("v.nxs").path
        let frames = 1_000_000
        let number = DataType.integer(bytes: 4, isSigned: true, bigEndian: false)
        let source = try Writer(creating: folder.appendingPathComponent("s.h5").path, format: .latest)
        try source.dataset("/data", .unwritten(number, shape: [frames, 512, 8]), .chunked([1000, 512, 8]))
        try source.close()
        let writer = try Writer(creating: path, format: .latest)
        try writer.virtualDataset(
            "/v", number, shape: [frames, 512, 8],
            mappings: (0..<64).map { panel in
                .init(
                    file: "s.h5", dataset: "/data", destination: slab(panel, frames: frames),
                    source: slab(panel, frames: frames), sourceShape: [frames, 512, 8])
            })
        try writer.close()
        let map = ExperimentReading(try FileSet.read(path, policy: .nexus)).frames
        let stack = try #require(map.stacks.first)
        #expect(stack.frames == frames)
        #expect(stack.runs.count == 64 && map.stores.count == 1)
        #expect(stack.runs.allSatisfy { if case .stored = $0.content { $0.frames.count == frames } else { false } })
        #expect(stack.content(frame: frames - 1).map(\.area.slow) == (0..<64).map { ($0 * 8)..<($0 * 8 + 8) })
    }
}
