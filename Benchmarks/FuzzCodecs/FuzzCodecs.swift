// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

internal import Digest
internal import Glibc
internal import ImageCodecs
internal import TestSupport

/// Decodes damaged streams of every codec: no crash, no hang, and what the kernels make of one stream is the same.
///
/// `fuzz-codecs COUNT SEED all|CODEC...` damages COUNT streams of each codec, prints the seed and what it met, and ends with
/// 1 when kernels disagree or a sound stream fails. A crash or more than 20 s in one case ends the program with the number of
/// the case, which `fuzz-codecs 1 SEED:CASE CODEC` repeats. `fuzz-codecs pixels FILE...` prints type, size and SHA-256 of the
/// elements of SMV and TIFF images, to be held against other readers.
@main enum FuzzCodecs {
    static func main() {
        let words = CommandLine.arguments
        if words.count > 2, words[1] == "pixels" {
            for path in words.dropFirst(2) { print(pixels(path)) }
            return
        }
        guard words.count > 3, let count = FuzzCases(words) else {
            print("usage: fuzz-codecs COUNT SEED[:CASE] all|CODEC...\n       fuzz-codecs pixels FILE...")
            exit(2)
        }
        let wanted = Subject.all.filter { words[3] == "all" || words.dropFirst(3).contains($0.name) }
        guard !wanted.isEmpty else {
            print("fuzz-codecs: codecs are " + Subject.all.map(\.name).joined(separator: " "))
            exit(2)
        }
        var broken = 0
        for subject in wanted { broken += run(subject, count) }
        exit(broken == 0 ? 0 : 1)
    }

    private static func run(_ subject: Subject, _ cases: FuzzCases) -> Int {
        var broken = 0
        var decoded = 0
        var total = 0
        cases.run(files: 1) { number, numbers in
            let (stream, bytes, decoders) = subject.make(&numbers)
            func complain(_ words: String) {
                broken += 1
                print("\(subject.name), case \(number): \(words)")
            }
            // A few sound ones show that damage is what makes the others fail.
            if number % 50 == 0, let bytes, decoders.contains(where: { $0(stream)?.count != bytes }) {
                complain("a sound stream does not decode")
            }
            let damaged = DamagedBytes.damaged(stream, &numbers)
            let results = decoders.map { $0(damaged) }
            if results.dropFirst().contains(where: { $0 != results[0] }) {
                complain("kernels disagree: \(results.map { $0?.count ?? -1 }) bytes")
            }
            if results[0] != nil { decoded += 1 }
            total += 1
        }
        print("\(subject.name): \(total) damaged streams without crash or hang, \(decoded) decoded all the same")
        return broken
    }

    private static func pixels(_ path: String) -> String {
        guard let file = FuzzCases.bytes(of: path) else { return "\(path)\tcannot be read" }
        do throws(CodecFault) {
            if file.first == UInt8(ascii: "{") {
                let image = try SMVImage(file)
                let digest = FileDigests.of(image.decode()).sha256
                return "\(path)\t\(image.element)\t\(image.width)\t\(image.height)\t\(image.images)\t\(digest)"
            }
            let image = try TIFFImage(file)
            let digest = FileDigests.of(try image.decode()).sha256
            return "\(path)\t\(image.element)\t\(image.width)\t\(image.height)\t\(image.images)\t\(digest)"
        } catch {
            return "\(path)\t\(error)"
        }
    }
}
