// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Packaging
import RuleEngine

extension Option where Value == String {
    // MARK: package

    static var package: Self {
        Self("output", short: "o", "FOLDER", shape: .folder, "the package: a folder that is not there yet")
    }
    static var target: Self {
        Self("target", "ID|FILE", "the repository: an id of rules/repositories, or a file that ends in .json5")
    }
    static var dataBase: Self {
        Self(
            "base", "FOLDER", shape: .folder,
            "names in the package are relative to FOLDER, instead of the deepest folder that holds all files")
    }
}

extension Flag {
    static var virtual: Self {
        Self("virtual", "write no volumes: a deposit makes the same bytes from the data as it sends them")
    }
    static var memberMD5: Self { Self("member-md5", "give the MD5 of each member beside its SHA-256") }
    static var bagOfOthers: Self { Self("bag", "the folder is a bag (BagIt 0.93 to 1.0), whoever made it") }
}

extension Option where Value == Level {
    static var packageFailAt: Self {
        Self(
            "fail-at", "LEVEL", choices: Level.allCases.map { ($0.rawValue, $0) },
            "level at which a finding fails the run: B without it")
    }
}
