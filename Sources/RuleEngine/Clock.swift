// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The time of day, for the one question of whether a date lies in the future.
public enum Clock {
    /// Seconds since the beginning of 1970.
    public static var now: Double { Double(time(nil)) }
}
