// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import JSON
public import Transport

extension JSONWriter {
    /// The members `path`, and beside it `pathBytes` in hexadecimal for a name that is not UTF-8; the path then shows
    /// such bytes as \xNN.
    public mutating func path(_ path: String) {
        let bytes = Name(path).bytes
        guard path.utf8.contains(0xF4), String(validating: bytes, as: UTF8.self) == nil else {
            return member("path", path)
        }
        member("path", Name(path).shown)
        member("pathBytes", bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
    }
}

extension ReportObject {
    /// The path that was written.
    func name() throws(ReportFault) -> String {
        guard let digits = optionalText("pathBytes") else { return try text("path") }
        guard let name = Name(hexadecimal: digits) else { throw fault("pathBytes") }
        return name.text
    }
}

extension Name {
    /// The name whose bytes are written in hexadecimal; nil for a text that is no such thing.
    public init?(hexadecimal digits: String) {
        let nibbles = digits.compactMap(\.hexDigitValue)
        guard nibbles.count == digits.utf8.count, nibbles.count % 2 == 0 else { return nil }
        self.init(bytes: stride(from: 0, to: nibbles.count, by: 2).map { UInt8(nibbles[$0] << 4 | nibbles[$0 + 1]) })
    }
}
