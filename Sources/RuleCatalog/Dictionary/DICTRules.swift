// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import RuleEngine

extension Rule {
    /// Rules of the area DICT: what the imgCIF dictionaries say. `ImgCIF.DictionaryCheck` finds, these tell.
    static let dictRules: [Rule] = [
        .dict001, .dict002, .dict003, .dict004, .dict005, .dict006,
        .dict007, .dict008, .dict009, .dict010, .dict011, .dict012,
    ]
}
