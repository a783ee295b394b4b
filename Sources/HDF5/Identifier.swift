// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5
import Transport

/// The owner of one identifier of libhdf5; releases it exactly once.
struct Identifier: ~Copyable {
    let id: hid_t

    /// Takes what a call opened.
    init(
        _ attempt: StaticString, _ subject: @autoclosure () -> String, _ open: () -> hid_t
    ) throws(Failure) {
        id = try Door.call(attempt, subject(), open)
    }

    deinit {
        let id = id
        _ = Door.ask { H5Idec_ref(id) }
    }
}
