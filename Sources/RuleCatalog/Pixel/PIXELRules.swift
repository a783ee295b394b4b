// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    /// Rules of area PIXEL, by number.
    static let pixelRules: [Rule] = [
        .pixel001, .pixel002, .pixel003, .pixel004, .pixel005, .pixel006, .pixel007, .pixel008, .pixel009, .pixel011,
        .pixel012, .pixel013, .pixel014, .pixel016, .pixel017, .pixel018,
    ]
}
