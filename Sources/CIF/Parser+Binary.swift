// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension Parser {
    static let boundary: StaticString = "--CIF-BINARY-FORMAT-SECTION--"

    /// The start of the boundary line behind a semicolon that opens a field.
    func boundaryLine(after semicolon: Int) -> Int? {
        var index = semicolon &+ 1
        var lineEnds = 0
        while index < end, Byte.isSpace(bytes[index]), index &- semicolon < 200 {
            if bytes[index] == Byte.lineFeed || bytes[index] == Byte.carriageReturn { lineEnds += 1 }
            index &+= 1
        }
        return lineEnds > 0 && source.starts(with: Parser.boundary, at: index) ? index : nil
    }

    /// A binary section at a semicolon in column 1; nil, and nothing passed, when the field holds none.
    mutating func readBinarySection() -> Entry? {
        let start = at
        guard sections.count < Entry.longLength - 1 else { return nil }
        if let line = boundaryLine(after: start) {
            passLines(to: line)
            at = lineEnd(from: line)
            isSuspicious = false
            if at < end { passLineEnd() }
            readSection(start)
        } else if let lead = oldLead(after: start) {
            passLines(to: lead)
            readOldSection(start, lead: lead)
        } else {
            return nil
        }
        return Entry(offset: start, length: sections.count - 1, kind: .binary)
    }

    private mutating func passLines(to offset: Int) {
        while at < offset {
            if bytes[at] == Byte.lineFeed || bytes[at] == Byte.carriageReturn { passLineEnd() } else { at &+= 1 }
        }
    }

    // MARK: MIME header

    private mutating func readSection(_ start: Int) {
        var fields: [(name: String, value: String, offset: Int)] = []
        var complaint: Complaint?
        while true {
            guard at < end else {
                complaint = Complaint("the file ends in the header")
                break
            }
            if isLead(at) || source.starts(with: Parser.boundary, at: at) {
                complaint = Complaint("no blank line follows the header")
                break
            }
            let from = at
            at = lineEnd(from: from)
            isSuspicious = false
            let isBlank = (from..<at).allSatisfy { Byte.isSpace(bytes[$0]) }
            if !isBlank, fields.count < 256 { addHeader(from..<min(at, from + 4096), to: &fields) }
            if at < end { passLineEnd() }
            if isBlank { break }
        }
        func value(_ name: String) -> String? { fields.first { $0.name.lowercased() == name }?.value }
        complaint = complaint ?? contradiction(fields)
        let stated = value("x-binary-size").flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
        let padding = value("x-binary-size-padding").flatMap { Int($0) } ?? 0
        let encoding = (value("content-transfer-encoding") ?? "binary").lowercased()
        if encoding == "binary" {
            readBinaryData(start, fields, stated: stated, padding: max(0, padding), complaint)
        } else {
            readEncodedData(start, fields, stated: stated, complaint)
        }
    }

    /// A size that is no number of bytes, or a header line that stands twice and says two things.
    private func contradiction(_ fields: [(name: String, value: String, offset: Int)]) -> Complaint? {
        var known: [String: String] = [:]
        for field in fields.prefix(64) {
            let name = field.name.lowercased()
            if name == "x-binary-size", (Int(field.value) ?? -1) < 0 {
                return Complaint("\(field.name) is '\(field.value.prefix(40))'")
            }
            if let other = known.updateValue(field.value, forKey: name), other != field.value {
                return Complaint("\(field.name) is given twice, \(other.prefix(40)) and \(field.value.prefix(40))")
            }
        }
        return nil
    }

    private func addHeader(_ line: Range<Int>, to fields: inout [(name: String, value: String, offset: Int)]) {
        let content = source.text(line)
        if content.first == " " || content.first == "\t" || !content.contains(":"), var last = fields.popLast() {
            let more = trimmed(content[...])
            if last.value.utf8.count < 4096 { last.value += last.value.isEmpty ? more : " " + more }
            fields.append(last)
            return
        }
        guard let colon = content.firstIndex(of: ":") else {
            fields.append((trimmed(content[...]), "", line.lowerBound))
            return
        }
        let name = trimmed(content[..<colon])
        let value = trimmed(content[content.index(after: colon)...])
        let isQuoted = value.count > 1 && value.first == "\"" && value.last == "\""
        fields.append((name, isQuoted ? String(value.dropFirst().dropLast()) : value, line.lowerBound))
    }

    private func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0 == " " || $0 == "\t" }
        guard let last = start.lastIndex(where: { $0 != " " && $0 != "\t" && $0 != "\r" }) else { return "" }
        return String(start[...last])
    }

    // MARK: Data

    struct Complaint {
        var text: String
        var stated: Int?
        var found: Int?
        init(_ text: String, stated: Int? = nil, found: Int? = nil) {
            self.text = text
            self.stated = stated
            self.found = found
        }
    }

    func isLead(_ offset: Int) -> Bool {
        offset &+ 4 <= end && bytes[offset] == 0x0C && bytes[offset &+ 1] == 0x1A && bytes[offset &+ 2] == 0x04
            && bytes[offset &+ 3] == 0xD5
    }

    /// Jumps over data by their stated size; searches for the boundary only when the size is of no use.
    private mutating func readBinaryData(
        _ start: Int, _ fields: [(name: String, value: String, offset: Int)], stated: Int?, padding: Int,
        _ headerComplaint: Complaint?
    ) {
        var complaint = headerComplaint
        let opaqueStart = at
        if isLead(at) {
            at &+= 4
        } else if complaint == nil {
            complaint = Complaint("the data do not begin with 0C 1A 04 D5")
        }
        let data = at
        var stop = end
        var boundary: Int?
        if let stated, stated > 0, stated <= end - data {
            stop = data + stated
            let window = min(end, stop + min(padding, end - stop) + 128)
            boundary = findBoundary(from: stop, to: window)
            if let found = boundary, complaint == nil {
                complaint = misfit(stated, padding: padding, from: data, to: found)
            }
        }
        if boundary == nil {
            boundary = findBoundary(from: data, to: end)
            if let found = boundary {
                stop = withoutLineEnd(found, from: data)
                if let stated, stated > 0 {
                    let isPadded = stated <= stop - data && (data + stated..<stop).allSatisfy { bytes[$0] == 0 }
                    if isPadded {
                        stop = data + stated
                    } else {
                        let found = stop - data
                        complaint = complaint ?? Complaint("the size is wrong", stated: stated, found: found)
                    }
                }
            } else {
                if let stated, stated > 0, stated <= end - data { stop = data + stated } else { stop = end }
                complaint =
                    complaint
                    ?? Complaint("the closing boundary is absent", stated: stated, found: end - data)
            }
        }
        let closing = boundary.map { $0 &+ Parser.boundary.utf8CodeUnitCount }
        if let closing, complaint == nil, !source.starts(with: "--", at: closing) {
            complaint = Complaint("the closing boundary lacks the two hyphens at its end")
        }
        lines.opaque.append(opaqueStart..<(boundary ?? end))
        at = boundary ?? end
        startLine()
        finish(start, fields, data: data..<stop, stated: stated, complaint)
    }

    /// What keeps a stated size, with its padding, from ending at the boundary; nil when it does.
    ///
    /// A line end before the boundary may be absent. Padding that is there and not announced passes while it is zeros.
    private func misfit(_ stated: Int, padding: Int, from data: Int, to boundary: Int) -> Complaint? {
        let content = withoutLineEnd(boundary, from: data)
        let stop = data &+ stated
        guard stop <= content else {
            // Without padding the last bytes of the data may be those of a line end by chance: all of it, or the first of two.
            if padding == 0, stop == boundary || stop == boundary &- 1 && bytes[stop] == Byte.lineFeed { return nil }
            return Complaint("the size is wrong", stated: stated &+ padding, found: content &- data)
        }
        if padding == content &- stop || padding == boundary &- stop && content == boundary { return nil }
        if padding > 0 {
            return stop == content
                ? nil
                : Complaint("size and padding do not end there", stated: stated &+ padding, found: content &- data)
        }
        return (stop..<content).allSatisfy { bytes[$0] == 0 || Byte.isSpace(bytes[$0]) }
            ? nil : Complaint("the size is wrong", stated: stated, found: content &- data)
    }

    /// Data in a text encoding: scanned line by line for the boundary.
    private mutating func readEncodedData(
        _ start: Int, _ fields: [(name: String, value: String, offset: Int)], stated: Int?,
        _ headerComplaint: Complaint?
    ) {
        let data = at
        var stop = at
        var complaint = headerComplaint
        while true {
            if source.starts(with: Parser.boundary, at: at) { break }
            guard at < end else {
                complaint = complaint ?? Complaint("the closing boundary is absent", stated: stated, found: end - data)
                break
            }
            at = lineEnd(from: at)
            stop = at
            settle(at..<at)
            if at < end { passLineEnd() }
        }
        finish(start, fields, data: data..<max(data, stop), stated: stated, complaint)
    }

    /// Passes the closing boundary and the semicolon behind it, and keeps the section.
    mutating func finish(
        _ start: Int, _ fields: [(name: String, value: String, offset: Int)], data: Range<Int>, stated: Int?,
        _ complaint: Complaint?
    ) {
        let number = sections.count + 1
        if at < end {
            if bytes[at] != Byte.semicolon {
                at = lineEnd(from: at)
                isSuspicious = false
            }
            while at < end, Byte.isSpace(bytes[at]) {
                if bytes[at] == Byte.lineFeed || bytes[at] == Byte.carriageReturn {
                    passLineEnd()
                    if at < end, bytes[at] == Byte.semicolon { break }
                } else {
                    at &+= 1
                }
            }
            if at < end, bytes[at] == Byte.semicolon, at == lineStart {
                at &+= 1
            } else {
                faults.note(
                    .unterminatedText, code: 107, at: start, token: start..<start + 1,
                    details: ["construct": "text field", "section": String(number)])
            }
        }
        var fault: Fault?
        if let complaint {
            var details = ["id": String(number), "reason": complaint.text]
            if let stated = complaint.stated ?? stated { details["stated"] = String(stated) }
            details["found"] = String(complaint.found ?? data.count)
            faults.note(.binaryMismatch, code: nil, at: start, token: start..<start + 1, details: details)
            fault = Fault(
                kind: .binaryMismatch, code: nil, offset: start, token: ";", details: details, count: 1, more: [])
        }
        sections.append(
            BinarySection(headerFields: fields, offset: start, dataRange: data, statedSize: stated, fault: fault))
    }

    private func withoutLineEnd(_ boundary: Int, from data: Int) -> Int {
        var stop = boundary
        if stop > data, bytes[stop - 1] == Byte.lineFeed { stop -= 1 }
        if stop > data, bytes[stop - 1] == Byte.carriageReturn { stop -= 1 }
        return stop
    }

    /// The place of the boundary that begins in a range and ends in the file.
    private func findBoundary(from start: Int, to stop: Int) -> Int? {
        var index = start
        while index < stop {
            if bytes[index] == 45, source.starts(with: Parser.boundary, at: index) { return index }
            index &+= 1
        }
        return nil
    }
}
