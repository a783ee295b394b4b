// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The tables of a store, as docs/guide/audit.md tells of them. A change is one more step at the end, never another
/// word in an earlier one.
enum AuditSchema {
    /// "IMPA": told apart from other databases by the fourth byte group of the file.
    static let application: Int64 = 0x494D_5041

    /// What makes version n + 1 of version n.
    static let steps = [first, second]

    static var version: Int { steps.count }

    private static let first = """
        CREATE TABLE setting(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE root(id INTEGER PRIMARY KEY, path NOT NULL UNIQUE);
        CREATE TABLE folder(
            id INTEGER PRIMARY KEY, root INTEGER NOT NULL REFERENCES root, path NOT NULL, seen INTEGER NOT NULL,
            failure TEXT, UNIQUE(root, path));
        CREATE TABLE basis(
            id INTEGER PRIMARY KEY, version TEXT NOT NULL, profile TEXT NOT NULL, profile_sha256 TEXT NOT NULL,
            fail_at TEXT NOT NULL, definitions TEXT NOT NULL, tiers TEXT NOT NULL,
            UNIQUE(version, profile, profile_sha256, fail_at, definitions, tiers));
        CREATE TABLE run(
            id INTEGER PRIMARY KEY, basis INTEGER NOT NULL REFERENCES basis, state TEXT NOT NULL, began TEXT NOT NULL,
            ended TEXT, host TEXT NOT NULL, process INTEGER NOT NULL, heartbeat TEXT, checked INTEGER NOT NULL DEFAULT 0,
            bytes INTEGER NOT NULL DEFAULT 0, note TEXT);
        CREATE TABLE text(id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, body TEXT NOT NULL);
        CREATE INDEX text_hash ON text(hash);
        CREATE TABLE entry(
            id INTEGER PRIMARY KEY, folder INTEGER NOT NULL REFERENCES folder, name NOT NULL, kind TEXT NOT NULL,
            state INTEGER NOT NULL, run INTEGER NOT NULL, basis INTEGER, attempts INTEGER NOT NULL DEFAULT 0,
            size INTEGER, modified INTEGER, changed INTEGER, device INTEGER, inode INTEGER, permissions INTEGER,
            owner INTEGER, status TEXT, flags INTEGER NOT NULL DEFAULT 0, format TEXT, outline INTEGER, reason INTEGER,
            a INTEGER, b INTEGER, c INTEGER, g INTEGER, sha256 BLOB, front INTEGER, findings INTEGER,
            unchecked INTEGER, failures INTEGER, part_of INTEGER);
        CREATE UNIQUE INDEX entry_name ON entry(folder, name);
        CREATE INDEX entry_open ON entry(state) WHERE state < 2;
        CREATE INDEX entry_findings ON entry(findings) WHERE findings IS NOT NULL;
        CREATE TABLE finding(
            findings INTEGER NOT NULL, number INTEGER NOT NULL, rule TEXT NOT NULL, level TEXT NOT NULL,
            count INTEGER NOT NULL, PRIMARY KEY(findings, number)) WITHOUT ROWID;
        CREATE INDEX finding_rule ON finding(rule);
        CREATE TABLE own(
            entry INTEGER PRIMARY KEY, status TEXT, flags INTEGER NOT NULL, a INTEGER, b INTEGER, c INTEGER, g INTEGER,
            front INTEGER, findings INTEGER, unchecked INTEGER, failures INTEGER);
        CREATE TABLE lead(
            entry INTEGER NOT NULL, kind TEXT NOT NULL, number INTEGER NOT NULL, device INTEGER NOT NULL,
            inode INTEGER NOT NULL, PRIMARY KEY(entry, kind, number)) WITHOUT ROWID;
        CREATE INDEX lead_file ON lead(device, inode);
        CREATE TABLE image(entry INTEGER PRIMARY KEY, facts TEXT);
        CREATE TABLE elsewhere(
            entry INTEGER PRIMARY KEY, place TEXT NOT NULL, key TEXT NOT NULL, size INTEGER, digest TEXT);
        CREATE TABLE former(
            run INTEGER NOT NULL, folder INTEGER NOT NULL, name NOT NULL, since INTEGER NOT NULL, size INTEGER,
            modified INTEGER, device INTEGER, inode INTEGER, status TEXT, sha256 BLOB, findings INTEGER, cause TEXT NOT NULL);
        CREATE INDEX former_run ON former(run);
        CREATE VIEW file AS
            SELECT entry.id AS id, root.path || CASE WHEN folder.path = '' THEN '' ELSE '/' || folder.path END || '/'
                || entry.name AS path, entry.kind, entry.status, entry.format, entry.size, entry.a, entry.b, entry.c,
                entry.g, lower(hex(entry.sha256)) AS sha256, outline.body AS outline, reason.body AS reason,
                entry.findings, entry.part_of
            FROM entry JOIN folder ON folder.id = entry.folder JOIN root ON root.id = folder.root
                LEFT JOIN text AS outline ON outline.id = entry.outline LEFT JOIN text AS reason ON reason.id = entry.reason;
        """

    /// What rules of a facility look at: who may look into folders, and where and when was measured.
    private static let second = """
        ALTER TABLE folder ADD COLUMN permissions INTEGER;
        CREATE TABLE origin(entry INTEGER PRIMARY KEY, date TEXT, facts TEXT NOT NULL);
        """
}
