// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Actions
import Transport
import Workers

/// Options of `inspect` that ask for a picture.
struct PictureOptions {
    static var rows: [OptionRow] {
        [
            .option(.frame), .flag(.strip), .option(.greatest), .option(.scan), .flag(.full), .option(.picture),
            .flag(.force),
        ]
    }

    /// Any of them is there.
    static func isAsked(by call: Invocation) -> Bool {
        call.has(.frame) || call.has(.strip) || call.has(.greatest) || call.has(.scan) || call.has(.full)
            || call.has(.picture) || call.has(.force)
    }

    let request: PictureRun.Request

    init(_ call: Invocation) throws(Failure) {
        let asked: [PictureRun.Request.Frames] =
            [call[.frame].map { .one($0) }, call.has(.strip) ? .strip : nil, call[.greatest].map { .greatest($0) }]
            .compactMap { $0 }
        guard let frames = asked.first, asked.count == 1 else {
            throw Self.refused(
                asked.isEmpty
                    ? "-o, --scan, --full and --force go with --frame, --strip or --max"
                    : "--frame, --strip and --max do not go with one another")
        }
        guard !call.has(.jsonOfFiles), !call.has(.table), !call.has(.tableForm), !call.has(.noSources) else {
            throw Self.refused("--json and --table print words, and --frame, --strip and --max draw a picture")
        }
        guard !call.has(.full) || frames != .strip else { throw Self.refused("--full does not go with --strip") }
        guard call.has(.picture) else {
            throw Self.refused("a picture is not printed; -o FILE names the PNG file to write")
        }
        request = PictureRun.Request(frames, scan: call[.scan], isFull: call.has(.full))
    }

    private static func refused(_ words: String) -> Failure {
        Failure(
            attempt: "inspect", subject: "", code: .usage, words: words, remedy: "see 'imprimatur inspect --help'")
    }
}

/// `imprimatur inspect --frame`, `--strip` and `--max`: a picture of frames of one file.
enum PictureVerb {
    static func run(_ call: Invocation) -> ExitCode {
        do throws(Failure) {
            _ = try PictureOptions(call)
            _ = try LocationOptions(call)
            let inputs = try InputOptions(call).files
            if let trouble = inputs.lazy.compactMap(\.trouble).first { throw trouble }
            guard inputs.count == 1, let input = inputs.first, let task = PictureTask(call) else {
                return StandardStream.refuse(
                    "a picture is made of one file, and \(inputs.count) are named", "name one file")
            }
            let keys = Set(inputs.compactMap { Identity.of(Name($0.path))?.key })
            let output = try Output(call[.picture], inputs: keys, replaces: call.has(.force))
            let reading = GuardedReading(call, isIsolating: call.has(.isolate))
            var leavings = Leavings(isGathered: reading.isHere)
            var files: [(output: Output, bytes: [UInt8])] = []
            var code = ExitCode.unreadable
            reading.read([input.words], by: task) { _, page in
                for line in page.complaints { leavings.complain(line) }
                if !page.output.isEmpty { files = [(output, page.output)] }
                code = page.code
            }
            leavings.leave(code, files: files)
        } catch {
            return StandardStream.tell(error)
        }
    }
}

/// The picture of one file.
struct PictureTask: FileTask {
    private let request: PictureRun.Request
    private let settings: ReadingSettings

    init?(_ call: Invocation) {
        guard let options = try? PictureOptions(call) else { return nil }
        request = options.request
        var settings = ReadingOptions(call).settings
        guard let options = try? LocationOptions(call) else { return nil }
        settings.substitutes = options.substitutes
        self.settings = settings
    }

    func answer(on names: [String]) -> Page { page(of: PictureRun(names, request: request, settings: settings)) }

    func answer(on names: [String], endedBy end: End) -> Page {
        page(of: PictureRun(names.first ?? "", endedBy: end.words))
    }

    private func page(of run: PictureRun) -> Page {
        let isUsage = run.failures.contains { $0.code == .usage }
        var page = Page(code: isUsage ? .usage : run.failures.isEmpty ? .fine : .unreadable)
        page.output = run.picture ?? []
        page.complaints = run.failures.flatMap { [$0.line, $0.remedy].filter { !$0.isEmpty } }
        return page
    }
}
