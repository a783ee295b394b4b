// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import JSON
public import Transport

extension Failure {
    /// Writes the members of the object that the writer is in; causes are told in one sentence.
    public func write(into json: inout JSONWriter) {
        json.member("code", code.text)
        json.member("attempt", attempt)
        json.member("subject", subject)
        json.member("cause", cause)
        json.member("remedy", remedy)
    }

    /// Reads what was written.
    ///
    /// - Throws: ReportFault naming the member that is absent or of another type.
    public init(reading value: JSONValue) throws(ReportFault) { try self.init(ReportObject(value)) }

    init(_ object: ReportObject) throws(ReportFault) {
        self.init(
            attempt: try object.text("attempt"), subject: try object.text("subject"),
            code: Failure.Code(text: try object.text("code")), words: try object.text("cause"),
            remedy: try object.text("remedy"))
    }
}
