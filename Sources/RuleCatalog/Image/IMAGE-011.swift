// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import Frames
import ImageHeaders
import RuleEngine

extension Rule {
    static let image011 = Rule(
        "IMAGE-011", .B, "header angles contradict the scan", applies: .both,
        parameters: [
            Parameter(
                "fraction", "part of the increment by which angles may differ", 0.05, unit: "ratio", limits: 0...0.5)
        ],
        what: """
            Start angle and increment in the headers of the images, those that a description names and --frames chooses \
            and that of a CBF with loops, against the settings of the one axis that moves, modulo a turn. A constant offset \
            and an opposite sign are named. Scans in which several axes move are not compared, nor are headers that \
            contradict themselves.
            """,
        why: "Programs that read the headers and programs that read the description predict other spots.",
        fix: "Find out at which angles the images were measured, and write these into the description.",
        references: ["imgCIF _diffrn_scan_axis.angle_start", "dials/dials#131", "legrandp/xdsme#23"],
        needs: ["IMAGE-018", "SCAN-001", "SCAN-006"],
        reads: [.settings],
        checks: [.experiment(embeddedAngles), .frames(externalAngles)])
}

private func embeddedAngles(_ view: ExperimentView, _ verdicts: inout Verdicts) {
    if let group = HeaderOfFrame.embedded(view) { compare(group, &verdicts) }
}

private func externalAngles(_ view: FramesView, _ verdicts: inout Verdicts) {
    for group in HeaderOfFrame.external(view) { compare(group, &verdicts) }
}

/// What one header says otherwise than the scan.
private struct Difference {
    let number: Int
    let item: String
    let header: Double
    let scan: Double
    let isIncrement: Bool
    let place: Place?
}

private func compare(_ group: HeaderOfFrame.Group, _ verdicts: inout Verdicts) {
    let moving = group.moving
    guard !group.rotations.isEmpty, moving.count < 2 else { return }
    if let other = group.otherAxis { return tell(other, group, &verdicts) }
    let fraction = verdicts.number("fraction")
    var differences: [Difference] = []
    var opposite = 0
    for one in group.frames where one.header.turningContradiction == nil {
        let header = one.header
        var increment = 0.0
        if let axis = moving.first {
            guard let start = axis.settings.start(ofFrame: one.frame) else { continue }
            increment = axis.settings.end(ofFrame: one.frame).map { $0 - start } ?? 0
            // The header itself may be all that the settings were taken from.
            if let stated = header.startAngle, stated.origin.place != axis.place || group.areExternal,
                abs(Turns.difference(stated.value, start)) > max(fraction * abs(increment), 0.001)
            {
                differences.append(
                    Difference(
                        number: one.number, item: "Start_angle", header: stated.value, scan: start, isIncrement: false,
                        place: stated.origin.place))
            }
            if axis.settings.end(ofFrame: one.frame) == nil { continue }
        }
        guard let stated = header.angleIncrement, stated.origin.place != moving.first?.place || group.areExternal,
            abs(stated.value - increment) > max(fraction * abs(increment), 0.0005)
        else { continue }
        if increment != 0, abs(stated.value + increment) <= max(fraction * abs(increment), 0.0005) { opposite += 1 }
        differences.append(
            Difference(
                number: one.number, item: "Angle_increment", header: stated.value, scan: increment, isIncrement: true,
                place: stated.origin.place))
    }
    guard let first = differences.first(where: { opposite == 0 || $0.isIncrement }) else { return }
    let numbers = Set(differences.map(\.number)).sorted()
    let axis = moving.first.map { " of axis '\(Wording.excerpt($0.axis.name, limit: 40))'" } ?? ""
    let more = numbers.count > 1 ? ", and so for \(numbers.count - 1) more" : ""
    verdicts.report(
        "scan '\(Wording.excerpt(group.scan.id))', frame \(first.number): the header has \(first.item) "
            + "\(Wording.number(first.header)) deg, the scan gives \(Wording.number(first.scan)) deg\(axis)"
            + remark(differences, of: group.frames.count, opposite: opposite, fraction) + more,
        at: group.places(numbers, [first.place]),
        values: [
            ("scan", .text(group.scan.id)), ("frame", .integer(first.number)), ("item", .text(first.item)),
            ("header", .quantity(first.header, unit: "deg")), ("value", .quantity(first.scan, unit: "deg")),
            ("n", .integer(numbers.count)),
        ], count: numbers.count,
        subjects: [Subject(.category, "header angles of \(group.scan.id)", in: group.view.scope)])
}

private func tell(
    _ other: (stated: ImageHeader.Entry, turning: ScanAxis), _ group: HeaderOfFrame.Group, _ verdicts: inout Verdicts
) {
    let number = group.frames.first?.number ?? 1
    verdicts.report(
        "scan '\(Wording.excerpt(group.scan.id))', frame \(number): the header has \(other.stated.key) "
            + "'\(Wording.excerpt(other.stated.value, limit: 40))', the scan turns axis '\(other.turning.axis)'",
        at: group.places([number], [other.stated.place]),
        values: [("scan", .text(group.scan.id)), ("frame", .integer(number)), ("item", .text(other.stated.key))],
        subjects: [Subject(.category, "header angles of \(group.scan.id)", in: group.view.scope)])
}

private func remark(_ differences: [Difference], of frames: Int, opposite: Int, _ fraction: Double) -> String {
    if opposite > 0 { return ": opposite sign" }
    let starts = differences.filter { !$0.isIncrement }
    guard starts.count == differences.count, starts.count == frames, frames > 1, let first = starts.first else {
        return ""
    }
    let offset = Turns.difference(first.header, first.scan)
    let isConstant = starts.allSatisfy { abs(Turns.difference(Turns.difference($0.header, $0.scan), offset)) < 0.01 }
    return isConstant ? ": constant offset of \(Wording.number((offset * 1e4).rounded() / 1e4)) deg" : ""
}
