// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Names under which writers put frames.
///
/// - Source: NXdata, NXdetector; blocks of the FileWriter of DECTRIS.
public enum FrameNames {
    /// "data_" and digits.
    public static func isBlock(_ name: String) -> Bool {
        guard name.hasPrefix("data_") else { return false }
        let digits = name.utf8.dropFirst(5)
        return !digits.isEmpty && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// What is laid over the frames of a detector, pixel by pixel: masks and what counts are corrected with.
    public static let arrays = ["pixel_mask", "flatfield", "flatfield_error", "flatfield_errors", "dark"]

    /// "data", or "data_" and digits.
    public static func isFrames(_ name: String) -> Bool { name == "data" || isBlock(name) }
}
