// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Digest

/// What this build stands on.
public enum Inventory {
    /// Libraries with their versions, in the order they are printed.
    public static var libraries: [(name: String, version: String)] {
        [("libcrypto", Digest.libraryVersion)]
    }
}
