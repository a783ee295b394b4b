// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CHDF5
import Synchronization

/// Which filters libhdf5 can apply, asked once for each.
enum FilterAvailability {
    private static let known = Mutex<[Int: Bool]>([:])

    static func has(_ id: Int) -> Bool {
        known.withLock { known in
            if let answer = known[id] { return answer }
            let answer = Door.ask { H5Zfilter_avail(H5Z_filter_t(id)) } > 0
            known[id] = answer
            return answer
        }
    }
}
