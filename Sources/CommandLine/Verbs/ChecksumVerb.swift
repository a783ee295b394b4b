// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Digest
import Transport

/// `imprimatur checksum`: files to lists of their digests.
enum ChecksumVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            if call[.manifestForm] == .kerchunk { return try references(call) }
            let arguments = try ChecksumArguments(call)
            return try run(arguments, call)
        } catch {
            return StandardStream.tell(error)
        }
    }

    /// References to the chunks of HDF5 files; no digest is taken, so that no pixel is read.
    private static func references(_ call: Invocation) throws(Failure) -> ExitCode {
        let paths = call[all: .manifests]
        guard call.has(.chunks), paths.count < 2, call[.algorithms] == nil else {
            throw Failure(
                usage: "kerchunk is a list of chunks by itself, without digests",
                remedy: "give --chunks, one -o FILE and no --algorithm")
        }
        let inputs = try InputOptions(call).expanded.inputs
        let names = inputs.map { Name($0.path).last.text }
        guard Set(names).count == names.count else {
            throw Failure(
                usage: "two of the files have one name, and would be one group", remedy: "name them one by one")
        }
        let keys = Set(inputs.compactMap { Identity.of(Name($0.path))?.key })
        let outputs = try Output.several(
            paths.isEmpty ? [nil] : paths.map { $0 == "-" ? nil : $0 }, inputs: keys, replaces: call.has(.replace))
        let references = ChunkReferences(of: inputs.map(\.path))
        for failure in references.failures { StandardStream.complain(failure.line) }
        if let bytes = references.bytes {
            for output in outputs {
                try output.write(bytes)
                try output.end()
            }
        }
        return references.failures.isEmpty && references.bytes != nil ? .fine : .unreadable
    }

    private static func run(_ arguments: ChecksumArguments, _ call: Invocation) throws(Failure) -> ExitCode {
        let isQuiet = call.has(.noProgress)
        let progress = ProgressLine(isWanted: !isQuiet)
        let journal = arguments.journal
        progress.begin(files: arguments.inputs.count, bytes: arguments.run.size(journal))
        let outcome = arguments.run(journal, read: progress.read, done: progress.done)
        progress.end()
        for failure in outcome.failures + outcome.pieceFailures { StandardStream.complain(failure.line) }
        if !isQuiet { notes(arguments, outcome) }
        if let failure = journal?.failure { StandardStream.complain("\(failure.line); nothing can be resumed") }
        for (form, output) in arguments.lists {
            if case .file = output, !outcome.failures.isEmpty { continue }
            try output.write(form.bytes(outcome.manifest, program: "imprimatur \(Program.version)"))
            try output.end()
        }
        if outcome.failures.isEmpty {
            journal?.remove()
        } else if let path = arguments.firstFile {
            let count = outcome.failures.count
            StandardStream.complain(
                "'\(path)' is not written, since \(count) \(count == 1 ? "file" : "files") could not be read; what was "
                    + "read need not be read again")
        }
        return outcome.failures.isEmpty && outcome.pieceFailures.isEmpty ? .fine : .unreadable
    }

    private static func notes(_ arguments: ChecksumArguments, _ outcome: ChecksumRun.Outcome) {
        if !arguments.passedOver.isEmpty {
            let words = arguments.passedOver.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
            StandardStream.complain("passed over: " + words.joined(separator: ", "))
        }
        if outcome.known > 0 {
            StandardStream.complain("were read by an earlier run: \(outcome.known) of \(arguments.inputs.count)")
        }
        if arguments.refusedNames > 0 {
            StandardStream.complain(
                "\(arguments.refusedNames) names are absolute or lead out by '..', which 'imprimatur verify' does not "
                    + "look up; --base FOLDER makes them relative")
        }
    }
}

/// What `checksum` was asked to do, with everything open that is written to.
struct ChecksumArguments {
    let inputs: [Input]
    /// What of the folders was passed over by its kind alone.
    let passedOver: [String: Int]
    let run: ChecksumRun
    let lists: [(form: ManifestForm, output: Output)]
    let journal: ChecksumJournal?
    /// The first output that is a file.
    let firstFile: String?
    /// Names that a manifest is not believed.
    let refusedNames: Int

    init(_ call: Invocation) throws(Failure) {
        let paths = call[all: .manifests].isEmpty ? ["-"] : call[all: .manifests]
        let algorithms = try Self.algorithms(call, paths)
        var forms: [ManifestForm] = []
        for path in paths { forms.append(try Self.form(path, call, algorithms)) }
        if call.has(.chunks), !forms.contains(.json) {
            throw Failure(usage: "only JSON has room for chunks", remedy: "add -o FILE.json or --format json")
        }
        let expanded = try InputOptions(call).expanded
        passedOver = expanded.passedOver
        firstFile = paths.first { $0 != "-" }
        // A list that lies in the folder that it lists does not list itself.
        let own = Set(paths.flatMap { [$0, $0 + ChecksumJournal.ending] }.compactMap { Identity.of(Name($0))?.key })
        let inputs = expanded.inputs.filter { input in
            guard input.isFound, let key = Identity.of(Name(input.path))?.key else { return true }
            return !own.contains(key)
        }
        guard !inputs.isEmpty else {
            throw Failure(usage: "there is no file to read", remedy: "name a file, or a folder that holds some")
        }
        let keys = Set(inputs.compactMap { Identity.of(Name($0.path))?.key })
        let outputs = try Output.several(paths.map { $0 == "-" ? nil : $0 }, inputs: keys, replaces: call.has(.replace))
        lists = Array(zip(forms, outputs))
        let names = try ManifestNames(below: call[.base], manifest: firstFile, files: inputs.map(\.path))
        refusedNames = names.refused(inputs.map(\.path))
        journal = try firstFile.flatMap(Self.journalled).map { (path) throws(Failure) in
            try ChecksumJournal(beside: path, inputs: keys)
        }
        run = ChecksumRun(inputs, Set(algorithms), names: names, listsPieces: call.has(.chunks))
        self.inputs = inputs
    }

    /// Those that were asked for, else those that the names of the lists say, else the two that everybody knows.
    private static func algorithms(_ call: Invocation, _ paths: [String]) throws(Failure) -> [DigestAlgorithm] {
        let asked = call[.algorithms]
        var named: Set<DigestAlgorithm> = []
        for case .lines(let algorithm)? in paths.map(ManifestForm.of) { named.insert(algorithm) }
        if let asked {
            if let other = named.subtracting(asked).min() {
                throw Failure(
                    usage: "a list is named for \(other.rawValue), which --algorithm leaves out",
                    remedy: "give the list another name, or add \(other.rawValue)")
            }
            return asked
        }
        let isAllNamed = paths.allSatisfy { if case .lines? = ManifestForm.of($0) { true } else { false } }
        return isAllNamed ? named.sorted() : named.union([.md5, .sha256]).sorted()
    }

    /// The form that a name says, else that of --format, else the plainest that holds all.
    private static func form(
        _ path: String, _ call: Invocation, _ algorithms: [DigestAlgorithm]
    ) throws(Failure) -> ManifestForm {
        if path != "-", let form = ManifestForm.of(path) { return form }
        switch call[.manifestForm] {
        case .json: return .json
        case .tagged: return .tagged
        // Written by itself.
        case .kerchunk: return .json
        case .lines:
            guard algorithms.count == 1, let only = algorithms.first else {
                throw Failure(
                    usage:
                        "lines without a name for the digest hold one digest, and \(algorithms.count) are to be taken",
                    remedy: "give one --algorithm, or --format tagged")
            }
            return .lines(only)
        case nil:
            guard algorithms.count == 1, let only = algorithms.first else { return .tagged }
            return .lines(only)
        }
    }

    /// The path of an output beside which a journal can lie; nil for pipes and devices.
    private static func journalled(_ path: String) -> String? {
        let kind = Folder.working.kind(behind: Name(path))
        return (kind == nil || kind == .file) && !path.hasPrefix("/dev/") && !path.hasPrefix("/proc/") ? path : nil
    }
}
