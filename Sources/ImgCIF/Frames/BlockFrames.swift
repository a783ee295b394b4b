// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Diffraction
import Synchronization

/// The map of the frames of a block, made when it is first asked for: what only shows values pays nothing.
public final class BlockFrames: Sendable {
    private let block: SourcedBlock
    private let links: FrameLinks
    private let externalData: ExternalData
    private let known = Mutex<FrameMap?>(nil)

    init(block: SourcedBlock, links: FrameLinks, externalData: ExternalData) {
        self.block = block
        self.links = links
        self.externalData = externalData
    }

    /// One stack for each scan in the order of `FrameLinks.scans`, its frames by rising number, then one of the frames
    /// without a scan.
    ///
    /// Planes of its areas are the elements of the detector. Nothing is opened and no pixel decoded: files that a row
    /// names are stores of their names.
    public var map: FrameMap {
        if let map = known.withLock({ $0 }) { return map }
        var reader = BlockFrameReader(block: block, links: links, externalData: externalData)
        let map = reader.map()
        known.withLock { $0 = map }
        return map
    }
}
