// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

public import RuleEngine

/// Every rule, in the order of areas and numbers.
///
/// - Source: rules.md; one file per rule.
public let catalogue: [Rule] = [
    Rule.fileRules,
    Rule.cifRules,
    Rule.dictRules,
    Rule.nxRules,
    Rule.linkRules,
    Rule.axisRules,
    Rule.pixelRules,
    Rule.scanRules,
    Rule.geomRules,
    Rule.beamRules,
    Rule.countRules,
    Rule.dataRules,
    Rule.metaRules,
].flatMap { $0 }
