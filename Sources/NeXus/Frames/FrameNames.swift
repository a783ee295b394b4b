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

    /// "data", or "data_" and digits.
    public static func isFrames(_ name: String) -> Bool { name == "data" || isBlock(name) }
}
