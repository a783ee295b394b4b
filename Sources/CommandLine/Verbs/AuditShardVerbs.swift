// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Findings
import Glibc
import Report
import RuleEngine
import Transport

/// `imprimatur audit merge` and `submit`: an audit on many machines.
enum AuditShardVerbs {
    static func merge(_ call: Invocation) -> ExitCode {
        AuditRunVerb.guarded { () throws(Failure) in
            let name = try AuditRunVerb.storeName(call)
            guard Folder.working.kind(behind: name) == nil else {
                throw Failure(usage: "'\(name.shown)' is there already", remedy: "name a new store with --db")
            }
            let names = call.operands.map { Name($0) }
            let outlook = try AuditMerge.look(names)
            guard outlook.lacks.isEmpty else { return tell(outlook, names) }
            guard let whole = AuditMemory.call(outlook.options, roots: outlook.roots, call) else {
                throw Failure(usage: "what the stores were made with cannot be read", remedy: "run the shards again")
            }
            let arguments = try AuditArguments(whole)
            let task = AuditTask(arguments)
            let run = AuditRun(
                AuditRun.Settings(basis: arguments.basis, workers: 1, host: Machine.name, time: { Machine.now }),
                task.check)
            let store = try AuditStore.writing(name, mayCreate: true)
            do throws(Failure) {
                try AuditMerge.join(names, into: store, outlook)
                let number = try run.begin(in: store)
                try run.conclude(number, in: store)
                try run.end(.done, number, in: store)
            } catch {
                // Half a store would look like a whole one.
                for ending in ["", "-wal", "-shm", "-journal"] { unlink(name.text + ending) }
                throw error
            }
            StandardStream.report(CollectionText.text(try store.collection(members: 20)))
            store.settle()
            return AuditRunVerb.code(try store.verdict(), exitZero: call.has(.exitZero))
        }
    }

    /// Names what is missing, and the command that finishes each.
    private static func tell(_ outlook: AuditMerge.Outlook, _ names: [Name]) -> ExitCode {
        let folder = names.first?.folder.shown ?? ""
        for lack in outlook.lacks {
            StandardStream.complain("shard \(lack.shard.words): \(lack.why)")
            if let store = lack.store {
                StandardStream.complain("    imprimatur audit resume --db \(store.shown)")
            } else {
                let roots = outlook.roots.map { Name($0).shown }.joined(separator: " ")
                StandardStream.complain(
                    "    imprimatur audit run \(roots) --shard \(lack.shard.words) --db \(folder)shard-\(lack.shard.number).sqlite"
                )
            }
        }
        let elements = outlook.lacks.map { String($0.shard.number - 1) }.joined(separator: ",")
        StandardStream.complain("with Slurm: sbatch --array=\(elements) \(folder)audit.sbatch")
        return .unreadable
    }

    static func submit(_ call: Invocation) -> ExitCode {
        AuditRunVerb.guarded { () throws(Failure) in
            guard call.has(.slurm) else {
                throw Failure(
                    usage: "where to is not said", remedy: "add --slurm; the guide has Kubernetes and GNU parallel")
            }
            guard let folder = call[.slurmFolder], let shards = call[.shards] else {
                throw Failure(
                    usage: "the folder and the number of shards are not said", remedy: "add --stores DIR --shards N")
            }
            // What cannot be run is not submitted.
            _ = try AuditArguments(call)
            for inner in [folder, folder + "/audit.sbatch"] {
                try NamedFolders.refuse(
                    Name(inner), "folder of the stores", below: call.operands.map { Name($0) }, "audited",
                    option: "--stores")
            }
            try NewFolder.makeIfAbsent(Name(folder))
            guard let place = Folder.trueName(Name(folder)), let program = Executable.path() else {
                throw Failure(usage: "the folder '\(folder)' cannot be looked at", remedy: "name another with --stores")
            }
            var roots: [String] = []
            for word in call.operands {
                guard let root = Folder.trueName(Name(word)) else {
                    throw Failure(usage: "'\(word)' is no folder", remedy: "name the folders that are to be audited")
                }
                roots.append(root.text)
            }
            let script = SlurmScript(
                program: program, roots: roots, folder: place.text, shards: shards, options: options(call),
                sbatch: call[all: .slurmOptions])
            let files = [("audit.sbatch", script.array), ("merge.sbatch", script.merge)]
            let outputs = try Output.several(files.map { "\(folder)/\($0.0)" }, inputs: [])
            for (output, file) in zip(outputs, files) {
                try output.write(Array(file.1.utf8))
                try output.end()
            }
            guard !call.has(.scriptOnly) else {
                StandardStream.report("\(folder)/audit.sbatch\n\(folder)/merge.sbatch\n")
                return .fine
            }
            let job = try submitted(["sbatch", "--parsable", place.text + "/audit.sbatch"])
            StandardStream.report("array \(job): \(shards) shards\n")
            let merging = try submitted([
                "sbatch", "--parsable", "--dependency=afterany:\(job)", place.text + "/merge.sbatch",
            ])
            StandardStream.report("merge \(merging)\n")
            return .fine
        }
    }

    /// The options of the audit as `audit run` takes them.
    private static func options(_ call: Invocation) -> [String] {
        let own: Set<String> = ["slurm", "stores", "shards", "sbatch", "dry-run"]
        return call.values.sorted { $0.key < $1.key }.filter { !own.contains($0.key) }.flatMap { option, words in
            let row = call.verb.allOptions.first { $0.name == option }
            return row?.takesValue == true ? words.flatMap { ["--" + option, $0] } : ["--" + option]
        }
    }

    /// The number of a job that was submitted.
    private static func submitted(_ words: [String]) throws(Failure) -> String {
        guard let answer = SystemProgram.output(of: words) else {
            throw Failure(
                attempt: "run", subject: words.joined(separator: " "), code: .library("sbatch"),
                words: "sbatch is not here, or refused the script", remedy: "submit the scripts of --stores by hand")
        }
        let number = answer.prefix { $0 >= 0x30 && $0 <= 0x39 }
        guard !number.isEmpty else {
            throw Failure(
                attempt: "run", subject: words.joined(separator: " "), code: .library("sbatch"),
                words: "its answer holds no number of a job", remedy: "look with squeue whether it runs")
        }
        return String(decoding: number, as: UTF8.self)
    }
}

/// A program of the system that is asked for one answer.
enum SystemProgram {
    /// What it prints; nil where it is not there or ends with another code than 0.
    ///
    /// - SeeAlso: posix_spawnp(3).
    static func output(of words: [String]) -> [UInt8]? {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        let copies = words.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        var process: pid_t = 0
        let code = posix_spawnp(&process, words[0], &actions, nil, copies + [nil], environ)
        close(ends[1])
        guard code == 0 else { return nil }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(ends[0], &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0, bytes.count < 1 << 16 else { break }
            bytes += piece[..<count]
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return status == 0 ? bytes : nil
    }
}
