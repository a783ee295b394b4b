// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions

// Options of the verbs that wait for files, which no other verb has.

extension Flag {
    static var lines: Self {
        Self("lines", "take one request a line from standard input, and answer on standard output")
    }
}
