// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Which values of datasets are read.
public struct ValueWants: Sendable {
    /// How much of a value is wanted.
    public enum Amount: Sendable, Hashable {
        case nothing
        /// Up to `Limits.smallValueBytes`; of a larger value the first part along the slowest dimension.
        case small
        /// Up to `Limits.axisBytes`.
        case axis
    }

    /// What is known of a dataset before its value is read.
    public struct Candidate: Sendable {
        /// Name of the first link that led to it.
        public let name: String
        /// NX_class of the group that holds the link.
        public let groupClass: String?
        /// Attribute `signal` of that group.
        public let groupSignal: String?
        public let attributes: [Attribute]
        public let type: DataType
        public let shape: [Int]

        public func has(_ attribute: String) -> Bool { attributes.contains { $0.name == attribute } }
    }

    public let amount: @Sendable (Candidate) -> Amount

    /// Members that are read although their group is of NX_class NXcollection, by name.
    public let collectionMembers: Set<String>

    public init(collectionMembers: Set<String> = [], _ amount: @escaping @Sendable (Candidate) -> Amount) {
        self.collectionMembers = collectionMembers
        self.amount = amount
    }

    /// Names and structure only.
    public static let none = ValueWants { _ in .nothing }

    /// What DECTRIS writes into the collection `detectorSpecific` and readers look for.
    private static let detectorSpecific: Set<String> = [
        "eiger_fw_version", "nimages", "ntrigger", "pixel_mask", "x_pixels_in_detector", "y_pixels_in_detector",
    ]

    /// Small values and whole axes; never pixel data.
    public static let `default` = ValueWants(collectionMembers: detectorSpecific) { candidate in
        if isPixelData(candidate) { return .nothing }
        return isAxis(candidate) ? .axis : .small
    }

    private static func isPixelData(_ candidate: Candidate) -> Bool {
        let isNumeric = candidate.type.isNumeric
        if isNumeric, candidate.shape.count >= 3 { return true }
        guard isNumeric, candidate.shape.count >= 2 else { return false }
        if candidate.has("signal") || candidate.groupSignal == candidate.name { return true }
        if candidate.name == "data", candidate.groupClass == "NXdetector" || candidate.groupClass == "NXdata" {
            return true
        }
        return candidate.name.hasPrefix("data_") && candidate.name.dropFirst(5).allSatisfy(\.isNumber)
    }

    private static let axisNames: Set<String> = [
        "incident_wavelength", "incident_wavelength_weights", "incident_wavelength_weight", "count_time", "frame_time",
    ]

    private static func isAxis(_ candidate: Candidate) -> Bool {
        guard candidate.shape.count == 1, candidate.type.isNumeric else { return false }
        return candidate.groupClass == "NXtransformations" || candidate.has("vector")
            || candidate.name.hasSuffix("_end") || candidate.name.hasSuffix("_increment_set")
            || axisNames.contains(candidate.name)
    }
}
