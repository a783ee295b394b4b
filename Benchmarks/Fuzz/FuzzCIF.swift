// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Actions
internal import CIF
internal import Glibc
internal import ImgCIF
internal import RuleEngine
internal import TestSupport
internal import Transport

/// Checks files with one character changed, as `imprimatur check` does: no crash, no hang, a place for each syntax error.
///
/// `fuzz-cif headers COUNT SEED FILE...` changes one line of the headers of images and of binary sections instead.
///
/// `fuzz-cif COUNT SEED FILE...` prints the seed and what it met; it ends with 1 when a case breaks a promise. A crash or
/// more than 20 s in one case ends the program with the number of the case, which `fuzz-cif 1 SEED:CASE FILE...` repeats.
@main enum FuzzCIF {
    /// Bytes of a file that are changed: pixels behind them are no text.
    private static let reach = 64 << 10

    static func main() throws {
        let isOfHeaders = CommandLine.arguments.dropFirst().first == "headers"
        let arguments = CommandLine.arguments.prefix(1) + CommandLine.arguments.dropFirst(isOfHeaders ? 2 : 1)
        guard let cases = FuzzCases(Array(arguments)) else {
            print("usage: fuzz-cif [headers] COUNT SEED[:CASE] FILE...")
            exit(2)
        }
        let files = cases.paths.compactMap { path in FuzzCases.bytes(of: path).map { (path: path, bytes: $0) } }
        guard !files.isEmpty else {
            print("fuzz-cif: no file could be read")
            exit(2)
        }
        var run = FuzzRun()
        cases.run(files: files.count) { number, numbers in
            let file = files[Int.random(in: 0..<files.count, using: &numbers)]
            if isOfHeaders {
                guard let (bytes, words) = HeaderMutation.mutated(file.bytes, numbers: &numbers) else { return }
                return run.check(bytes, called: "case \(number): \(file.path), \(words)")
            }
            let mutation = TextMutation(count: file.bytes.count, reach: reach, numbers: &numbers)
            run.check(mutation.applied(to: file.bytes), called: "case \(number): \(file.path), \(mutation)")
        }
        run.finish()
        exit(run.broken == 0 ? 0 : 1)
    }
}

/// What the cases gave so far.
private struct FuzzRun {
    private let check: FileCheck
    private let path = "/dev/shm/imprimatur-fuzz-\(getpid()).cif"
    private(set) var broken = 0
    private var cases = 0
    private var faults = 0
    private var findings = 0
    private var withFault = 0
    private var slowest = (seconds: 0.0, name: "")

    /// With the dictionaries of the checkout that it is started in.
    init() {
        var reading = ReadingSettings()
        reading.dictionaries = DictionaryLibrary(folder: "rules/imgcif", file: nil)
        check = FileCheck(FileCheck.Settings(profile: Profile(name: "fuzz"), reading: reading))
    }

    mutating func check(_ bytes: [UInt8], called name: String) {
        guard FuzzCases.write(bytes, to: path) else { return complain(name, "cannot be written") }
        let start = seconds()
        let report = check.check(path)
        let taken = seconds() - start
        if taken > slowest.seconds { slowest = (taken, name) }
        cases += 1
        findings += report.findings.count
        let document = Document.parse(ByteBuffer(bytes))
        faults += document.faults.count
        if !document.faults.isEmpty { withFault += 1 }
        for fault in document.faults {
            let position = document.position(of: fault.offset)
            if fault.offset < 0 || fault.offset > bytes.count || position.line < 1 || position.column < 1 {
                complain(name, "\(fault.kind) has no place")
            }
        }
        for finding in report.findings where finding.rule.area == "CIF" && finding.rule != "CIF-012" {
            let isPlaced = finding.places.contains { place in
                if case .text(let line, let column, _, _) = place.kind { return line >= 1 && column >= 1 }
                return false
            }
            if !isPlaced { complain(name, "\(finding.rule) has no place") }
        }
    }

    private mutating func complain(_ name: String, _ words: String) {
        broken += 1
        print("\(name): \(words)")
    }

    func finish() {
        unlink(path)
        print("\(cases) cases without crash or hang, \(withFault) with syntax faults (\(faults)), \(findings) findings")
        print("\(broken) promises broken; slowest case \(Int(slowest.seconds * 1000)) ms: \(slowest.name)")
    }

    private func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
