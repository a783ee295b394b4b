// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Findings
internal import Transport

/// The tables of an audit for other databases: files, findings, failures; comma separated values and the DDL of PostgreSQL.
public enum AuditTables {
    /// One file beside its report.
    public struct File: Sendable {
        /// From 1, in the order of the paths.
        public let number: Int
        /// "file", "link", "series" …
        public let entry: String
        /// The file it is checked through.
        public let partOf: Int?
        public let isPassedOver: Bool
        public let reason: String
        public let report: FileReport

        public init(
            number: Int, entry: String, partOf: Int?, isPassedOver: Bool, reason: String, report: FileReport
        ) {
            self.number = number
            self.entry = entry
            self.partOf = partOf
            self.isPassedOver = isPassedOver
            self.reason = reason
            self.report = report
        }
    }

    public static let names = ["files", "findings", "failures"]

    /// The first line of each table.
    public static var heads: [[UInt8]] {
        [
            "id,path,path_bytes,entry,status,format,definition,size,sha256,a,b,c,g,outline,reason,part_of,passed_over",
            "file,number,rule,level,count,place,message", "file,number,code,cause,remedy",
        ].map { Array(($0 + "\n").utf8) }
    }

    /// Adds the lines of one file to each table.
    public static func add(_ file: File, to tables: inout [[UInt8]]) {
        let report = file.report
        let bytes = Name(report.path).bytes
        let isText = String(validating: bytes, as: UTF8.self) != nil
        let counts = report.counts
        let status = report.status.text
        var line: [String] = [String(file.number), Printable.text(report.path)]
        line.append(isText ? "" : "\\x" + bytes.map(hexadecimal).joined())
        line += [file.entry, status, report.kind.rawValue, report.definition ?? "", String(report.size)]
        line.append(report.sha256 ?? "")
        line += Level.allCases.map { String(counts[$0]) }
        line += [report.outline, file.reason, file.partOf.map(String.init) ?? "", file.isPassedOver ? "t" : "f"]
        tables[0] += row(line)
        for (index, finding) in report.findings.enumerated() {
            tables[1] += row([
                String(file.number), String(index + 1), finding.rule.description, finding.level.rawValue,
                String(finding.count), finding.places.first?.local ?? "", finding.message,
            ])
        }
        for (index, failure) in report.failures.enumerated() {
            tables[2] += row([
                String(file.number), String(index + 1), failure.code.text, failure.line(in: report.path),
                failure.remedy,
            ])
        }
    }

    /// The tables as PostgreSQL has them.
    public static let definitions = """
        -- Tables of an audit by imprimatur. Load them with: psql -f schema.sql -f load.sql
        CREATE TABLE audit_file (
            id integer PRIMARY KEY,
            path text NOT NULL,
            path_bytes bytea,
            entry text NOT NULL,
            status text NOT NULL,
            format text,
            definition text,
            size bigint NOT NULL,
            sha256 text,
            a integer NOT NULL, b integer NOT NULL, c integer NOT NULL, g integer NOT NULL,
            outline text,
            reason text,
            part_of integer,
            passed_over boolean NOT NULL
        );
        CREATE TABLE audit_finding (
            file integer NOT NULL,
            number integer NOT NULL,
            rule text NOT NULL,
            level char(1) NOT NULL,
            count integer NOT NULL,
            place text,
            message text NOT NULL,
            PRIMARY KEY (file, number)
        );
        CREATE TABLE audit_failure (
            file integer NOT NULL,
            number integer NOT NULL,
            code text NOT NULL,
            cause text NOT NULL,
            remedy text,
            PRIMARY KEY (file, number)
        );

        """

    /// Reads the tables; run in the folder that holds them.
    public static let loading = """
        \\copy audit_file FROM 'files.csv' WITH (FORMAT csv, HEADER true)
        \\copy audit_finding FROM 'findings.csv' WITH (FORMAT csv, HEADER true)
        \\copy audit_failure FROM 'failures.csv' WITH (FORMAT csv, HEADER true)
        CREATE INDEX audit_file_status ON audit_file (status);
        CREATE INDEX audit_finding_rule ON audit_finding (rule);
        ALTER TABLE audit_file ADD FOREIGN KEY (part_of) REFERENCES audit_file (id);
        ALTER TABLE audit_finding ADD FOREIGN KEY (file) REFERENCES audit_file (id);
        ALTER TABLE audit_failure ADD FOREIGN KEY (file) REFERENCES audit_file (id);
        ANALYZE audit_file, audit_finding, audit_failure;

        """

    private static func row(_ cells: [String]) -> [UInt8] {
        Array((cells.map(cell).joined(separator: ",") + "\n").utf8)
    }

    /// On one line, in quotes where it needs them; an empty one stands for nothing.
    private static func cell(_ text: String) -> String {
        let shown = Printable.text(text)
        guard shown.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) || shown == "\\."
        else { return shown }
        return "\"" + shown.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    private static func hexadecimal(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}
