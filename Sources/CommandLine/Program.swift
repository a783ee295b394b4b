// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What the program says of itself.
public enum Program {
    public static let version = "0.1.0"
    public static let summary = "Check raw diffraction data before they are published"

    static let description = [
        "Imprimatur reads what a beamline wrote or an author is about to deposit, imgCIF and CBF files and NeXus files in "
            + "HDF5, and says what is wrong with it, where, why it matters and what to write instead.",
        "Inputs are not modified. The network is used by 'deposit' and with --online alone.",
    ]

    static let environment: [(name: String, meaning: String)] = [
        ("IMPRIMATUR_RULES", "the folder with profiles and definitions, unless --rules names it"),
        ("NO_COLOR", "when set to anything, reports are not coloured"),
        ("COLUMNS", "the width of reports and help, instead of that of the terminal"),
    ]
}
