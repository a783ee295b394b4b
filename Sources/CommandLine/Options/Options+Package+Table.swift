// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Packaging
import RuleEngine

extension Option where Value == String {
    // MARK: package

    static var package: Self {
        Self("output", short: "o", "FOLDER", shape: .folder, "the package: a folder that is not there yet")
    }
    static var repository: Self {
        Self("target", "ID|FILE", "the repository: an id of rules/repositories, or a file that ends in .json5")
    }
    static var dataBase: Self {
        Self(
            "base", "FOLDER", shape: .folder,
            "names in the package are relative to FOLDER, instead of the deepest folder that holds all files")
    }
    static var bag: Self {
        Self("output", short: "o", "FOLDER", shape: .folder, "the bag: a folder that is not there yet")
    }
    static var recordNumber: Self { Self("record", "NUMBER", "the number of the record that holds the files") }
    static var verdict: Self {
        Self("output", short: "o", "FILE", shape: .file, "write to FILE instead of standard output")
    }
    static var formArchive: Self {
        Self("for", "ARCHIVE", "the archive: an id of rules/archives, such as sbgrid, irrmc, xrda or cxidb")
    }
    static var key: Self { Self("key", "FILE", shape: .file, "an Ed25519 key in PEM, without a pass phrase") }
    static var verdictData: Self {
        Self("data", "FOLDER", shape: .folder, "the folder of the files: a deposit, or what was unpacked of it")
    }
}

extension Flag {
    static var holey: Self { Self("holey", "leave the payload out and state the addresses that it is fetched from") }
    static var virtual: Self {
        Self("virtual", "write no volumes: a deposit makes the same bytes from the data as it sends them")
    }
    static var unchecked: Self {
        Self("unchecked", "neither describe nor check the data: what no imgCIF describes, such as powder data")
    }
    static var fair: Self {
        Self("fair", "also say what an assessment of FAIRness would find: yes, no, or not checked")
    }
    static var ofPublished: Self {
        Self("published", "ask the repository, and say that the files are those of its published record")
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

extension Option where Value == ResearchCrate.Release {
    static var crate: Self {
        Self(
            "ro-crate", "RELEASE", choices: ResearchCrate.Release.allCases.map { ($0.rawValue, $0) },
            "release of RO-Crate of the metadata document: 1.2 without it")
    }
}
