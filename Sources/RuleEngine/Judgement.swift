// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Findings

extension FileStatus {
    /// The verdict on a file; the first row that holds gives it.
    ///
    /// | holds | status |
    /// |---|---|
    /// | a finding at or above the fail level | fail |
    /// | the file is of no kind that is read | skipped |
    /// | it is being written, or marked as open for writing | incomplete |
    /// | something that is there was not read, or nothing was checked | indeterminate |
    /// | nothing of these | pass |
    init(isFailing: Bool, isOfOtherKind: Bool, isIncomplete: Bool, isUnread: Bool, isChecked: Bool) {
        self =
            if isFailing {
                .fail
            } else if isOfOtherKind {
                .skipped
            } else if isIncomplete {
                .incomplete
            } else {
                isUnread || !isChecked ? .indeterminate : .pass
            }
    }
}
