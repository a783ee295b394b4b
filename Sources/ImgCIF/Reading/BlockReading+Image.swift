// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import CIF
public import Diffraction
public import ImageHeaders
import Transport

extension BlockReading {
    /// An image of another format than CBF whose header says what that of a miniCBF does: read as a block without items.
    ///
    /// - Parameters:
    ///   - name: Name of the image.
    ///   - header: The comment header, where the format has one.
    /// - Returns: The reading, and the block that it stands for.
    public static func image(
        named name: String, _ experiment: Experiment, header: ImageHeader?, in source: SourceID = .main
    ) -> (reading: BlockReading, block: CIF.Block)? {
        guard let plain = CIF.Document.parse(ByteBuffer(Array("data_image".utf8))).blocks.first else { return nil }
        let block = SourcedBlock(plain, in: source)
        let external = ExternalData(block: block)
        let links = FrameLinks(block: block, externalData: external)
        let reading = BlockReading(
            source: source, blockIndex: 0, name: name, kind: .miniCBF, experiments: [experiment], links: links,
            externalData: external, header: header,
            frames: BlockFrames(block: block, links: links, externalData: external))
        return (reading, plain)
    }
}
