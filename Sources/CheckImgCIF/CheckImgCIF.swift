// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import CIF

/// What checkImgCIF, the reference checker of Raw Data Letters, says of a block, without running it.
///
/// Its eleven tests without images, from the conditions under which each passes or not, and what of its two tests of an
/// image fails whatever the image holds; its mistakes are replayed too, and marked. Rules never use these verdicts but to tell them (META-006).
/// - Source: imgcif.md section 11; jamesrhester/ImgCIFHandler.jl:tools/no_image_checks.jl, version 2025-06-05.
public enum CheckImgCIF {
    /// The version whose verdicts are given.
    public static let version = "2025-06-05"

    /// Its tests, in its order.
    public enum Test: String, Sendable, Hashable {
        case requiredItems = "Required items"
        case dataSource = "Data source"
        case axesDefined = "Axes defined"
        case limitations = "Our limitations"
        case detectorTranslation = "Detector translation"
        case scanRange = "Scan range"
        case framesPresent = "All frames present"
        case surfaceAxes = "Detector surface axes used properly"
        case pixelOrigin = "Pixel size and origin described correctly"
        case beamCentre = "Check calculated beam centre"
        case principalAxis = "Check principal axis is aligned with X"
        case imageType = "Image type and dimensions"
        case overload = "Overloaded values present"

        /// Those of a description.
        public static let withoutImages: [Test] = [
            .requiredItems, .dataSource, .axesDefined, .limitations, .detectorTranslation, .scanRange, .framesPresent,
            .surfaceAxes, .pixelOrigin, .beamCentre, .principalAxis,
        ]

        /// Those of a description and one of its images.
        public static let ofImages: [Test] = [.imageType, .overload]
    }

    /// How one of its tests ends.
    public struct Verdict: Sendable, Hashable {
        public let test: Test
        public let isPass: Bool
        /// Why, in our words; for a pass, what it looked at. Lower case, no full stop.
        public let reason: String
        /// What about the program, and not about the file, makes the verdict; nil when the file earns it.
        public let limit: String?

        init(_ test: Test, isPass: Bool, _ reason: String, limit: String? = nil) {
            self.test = test
            self.isPass = isPass
            self.reason = reason
            self.limit = limit
        }
    }

    /// The verdicts of the tests without images on a block, in the order of the reference.
    ///
    /// Linear in the rows of the block.
    public static func replay(_ block: CIF.Block) -> [Verdict] {
        let items = Items(block)
        return Test.withoutImages.map { verdict(on: $0, items) }
    }

    static func verdict(on test: Test, _ items: Items) -> Verdict {
        var log = Log()
        do throws(Stop) {
            try run(test, items, &log)
        } catch {
            log.fail("it cannot carry the test out: " + error.reason, limit: error.limit)
        }
        return log.verdict(on: test)
    }

    private static func run(_ test: Test, _ items: Items, _ log: inout Log) throws(Stop) {
        switch test {
        case .requiredItems: requiredItems(items, &log)
        case .dataSource: try dataSource(items, &log)
        case .axesDefined: try axesDefined(items, &log)
        case .limitations: try limitations(items, &log)
        case .detectorTranslation: try detectorTranslation(items, &log)
        case .scanRange: try scanRange(items, &log)
        case .framesPresent: try framesPresent(items, &log)
        case .surfaceAxes: try surfaceAxes(items, &log)
        case .pixelOrigin: try pixelOrigin(items, &log)
        case .beamCentre: try beamCentre(items, &log)
        case .principalAxis: try principalAxis(items, &log)
        case .imageType: try imageType(items, &log)
        case .overload: try overload(items, &log)
        }
    }
}
