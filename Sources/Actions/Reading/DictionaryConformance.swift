// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import CIF
import Diffraction
import ImgCIF
import RuleCatalog
import RuleEngine
import Transport

/// The check of a document against the imgCIF dictionaries, as the rules of the catalogue take it.
struct DictionaryConformance {
    let conformance: Conformance
    /// What the dictionaries say; nil when none was read.
    let facts: DictionaryFacts?
    let failure: Failure?

    /// Compares the blocks that hold items of imgCIF.
    init(_ document: Document, _ readings: [BlockReading], settings: ReadingSettings) {
        guard let library = settings.dictionaries else {
            conformance = .notRun(.mode("dictionaries were not asked for"))
            facts = nil
            failure = nil
            return
        }
        do throws(Failure) {
            let blocks = readings.map { document.blocks[$0.blockIndex] }
            var check = try library.check()
            check.nearestWithin = settings.checkers.nearestName ?? check.nearestWithin
            conformance = .run(check.faults(in: document, blocks: blocks).map(\.deviation))
            facts = check.facts
            failure = nil
        } catch {
            conformance = .notRun(.definition("the dictionary could not be read"))
            facts = nil
            failure = Failure(
                attempt: "read the dictionary", subject: error.subject, code: error.code, words: error.cause,
                remedy: "name a DDLm dictionary with --dictionary, or set IMPRIMATUR_RULES")
        }
    }
}
