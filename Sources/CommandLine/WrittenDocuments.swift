// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import Actions
public import RuleEngine

/// The documents that are written from the tables of verbs and rules.
public enum WrittenDocuments {
    /// Paths from the root of a checkout with their texts.
    ///
    /// - Parameter history: What releases had as rules; from the folder of rules of the checkout.
    public static func all(rules: [Rule], history: RuleHistory) -> [(path: String, text: String)] {
        var documents = [
            (path: "docs/imprimatur.1", text: ManualPage.text(of: VerbTable.verbs)),
            (path: "docs/rules/README.md", text: RulePage.index(of: rules) { history.row($0)?.example ?? "" }),
            (path: "docs/rules/migration.md", text: MigrationPage.text(of: history)),
        ]
        for rule in rules.sorted(by: { $0.id < $1.id }) {
            documents.append((path: "docs/rules/\(rule.id).md", text: RulePage.text(of: rule)))
        }
        return documents
    }
}
