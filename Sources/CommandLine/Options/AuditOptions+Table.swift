// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import RuleEngine

// Options of the audit, which no other verb has.

extension Option where Value == String {
    static var store: Self { Self("db", "FILE", shape: .file, "the store of the audit; made where nothing is there") }
    static var auditOutput: Self {
        Self("output", short: "o", "FILE", shape: .file, "write to FILE instead of standard output")
    }
    static var textfile: Self {
        Self("prometheus", "FILE", shape: .file, "keep FILE up to date for the textfile collector of node_exporter")
    }
    static var listedRule: Self { Self("rule", "ID", shape: .rule, "files that this rule speaks of") }
    static var listedBelow: Self { Self("below", "DIR", shape: .folder, "files below this folder") }
    static var recallList: Self {
        Self("recall-list", "FILE", shape: .file, "write the names of files whose content is elsewhere to FILE")
    }
    static var slurmFolder: Self {
        Self("stores", "DIR", shape: .folder, "folder for the stores of the shards, the script and its logs")
    }
    static var slurmOptions: Self {
        Self("sbatch", "OPTION", isRepeatable: true, "one more option for sbatch, such as --time=04:00:00")
    }
    static var listedStatus: Self {
        Self(
            "status", "STATUS", choices: ["pass", "fail", "indeterminate", "incomplete", "skipped"].map { ($0, $0) },
            "files that ended in this state")
    }
    static var listShape: Self {
        Self("format", short: "f", "FORM", choices: [("text", "text"), ("jsonl", "jsonl")], "how rows are printed")
    }
    static var reportShape: Self {
        Self(
            "format", short: "f", "FORM", choices: [("text", "text"), ("html", "html"), ("csv", "csv")],
            "form of the report")
    }
    static var exportShape: Self {
        Self(
            "format", short: "f", "FORM", choices: [("jsonl", "jsonl"), ("csv", "csv"), ("postgres", "postgres")],
            "jsonl: the events of 'check'; csv: tables of files and findings; postgres: the same with DDL and COPY")
    }
}

extension Option where Value == Level {
    static var listedLevel: Self {
        Self(
            "level", "LEVEL", choices: Level.allCases.map { ($0.rawValue, $0) },
            "files with a finding of this level or worse")
    }
}

extension Option where Value == AuditTiers {
    static var tier: Self {
        Self("tier", "LIST", "how deep files are looked at: metadata, frames, fixity, with commas between them") {
            text in
            guard let tiers = AuditTiers(text) else {
                return .failure(ValueFault(wanted: "metadata, frames or fixity, with commas between them"))
            }
            return .success(tiers)
        }
    }
}

extension Option where Value == Shard {
    static var shard: Self {
        Self("shard", "i/N", "look at the i-th of N parts of the archive, each with a store of its own") { text in
            guard let shard = Shard(text) else {
                return .failure(ValueFault(wanted: "a number from 1 and how many there are, such as 3/8"))
            }
            return .success(shard)
        }
    }
}

extension Option where Value == MissingContent {
    static var missingContent: Self {
        Self(
            "missing-content", "WHAT", choices: MissingContent.allCases.map { ($0.rawValue, $0) },
            "files whose content is on tape or behind a pointer: 'error' makes them indeterminate, 'metadata' passes them "
                + "over and takes key, size and digest down, 'skip' passes them over")
    }
}

extension Option where Value == Int {
    static var workers: Self {
        Self("workers", short: "j", "N", "worker processes at a time; as many as there are processors without it") {
            text in
            guard let count = Int(text), (1...1024).contains(count) else {
                return .failure(ValueFault(wanted: "a number from 1 to 1024"))
            }
            return .success(count)
        }
    }
    static var shards: Self {
        Self("shards", "N", "so many jobs, each with one part of the archive") { text in
            guard let count = Int(text), (1...10_000).contains(count) else {
                return .failure(ValueFault(wanted: "a number from 1 to 10000"))
            }
            return .success(count)
        }
    }
}

extension Flag {
    static var verifyAll: Self { Self("verify", "check files again that did not change") }
    static var slurm: Self { Self("slurm", "for Slurm: an array job and one that merges") }
    static var scriptOnly: Self { Self("dry-run", "write the script and submit nothing") }
    static var listedAll: Self { Self("all", short: "a", "also what is passed over, and parts of data sets") }
}
