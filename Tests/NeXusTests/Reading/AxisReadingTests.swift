// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

import Diffraction
import NeXus
import Testing

private let omega = "/entry/sample/transformations/omega"
private let detZ = "/entry/instrument/detector/transformations/det_z"
private let fast = "/entry/instrument/detector/module/fast_pixel_direction"
private let offset = "/entry/instrument/detector/module/module_offset"
private let phi = """
    {set: '/entry/sample/transformations/phi', to: {$value: [30.0], '@units': 'deg', '@vector': [0.0, 1.0, 0.0],
     '@transformation_type': 'rotation', '@depends_on': '.'}},
    """

/// Oracle: the golden recipe, whose numbers stand in corpora/golden, and one change at a time.
@Suite struct AxisReadingTests {
    @Test func `an object reached by several links is one axis at its place of origin`() throws {
        let experiment = try VariedFile().experiment
        #expect(experiment.axes.filter { $0.id.name == "omega" }.map(\.id.text) == [omega])
        let axis = try #require(experiment.axis(omega))
        #expect(axis.motion.value == .rotation)
        #expect(axis.vector.value == Vector3(-1, 0, 0))
        #expect(axis.usesVectorAsWritten)
        #expect(axis.units?.value == "deg")
        #expect(axis.dependsOn == Sourced(nil, .stated(.object(path: omega, attribute: "depends_on"))))
        #expect(axis.equipment.value == .goniometer)
        #expect(experiment.axis(detZ)?.equipment.value == .detector)
        #expect(experiment.axes.flatMap(\.faults).isEmpty)
    }

    @Test func `a relative path starts from the group of the place of origin`() throws {
        let changes = phi + "{set: '\(omega)@depends_on', to: 'phi'}"
        let experiment = try VariedFile(changes).experiment
        #expect(experiment.axis(omega)?.dependsOn.value?.text == "/entry/sample/transformations/phi")
        #expect(experiment.goniometer?.axes.map(\.name) == ["omega", "phi"])
    }

    @Test func `a target that is not there stays named with its place`() throws {
        let experiment = try VariedFile("{set: '\(omega)@depends_on', to: 'kappa'}").experiment
        let axis = try #require(experiment.axis(omega))
        #expect(axis.dependsOn.value?.text == "/entry/sample/transformations/kappa")
        #expect(axis.dependsOn.origin.place == .object(path: omega, attribute: "depends_on"))
        #expect(experiment.axis("/entry/sample/transformations/kappa") == nil)
    }

    @Test func `a field that names nothing is a mention`() throws {
        let experiment = try VariedFile("{set: '/entry/sample/depends_on', to: '/entry/sample/nowhere'}").experiment
        let mention = try #require(experiment.mentions.first { $0.axis.text == "/entry/sample/nowhere" })
        #expect(mention.item == "depends_on")
        #expect(mention.place == .object(path: "/entry/sample/depends_on", attribute: nil))
        #expect(experiment.goniometer?.sampleAxis?.value.text == "/entry/sample/nowhere")
    }

    @Test func `a path that lacks its slash is followed and noted`() throws {
        let changes = phi + "{set: '\(omega)@depends_on', to: 'entry/sample/transformations/phi'}"
        let experiment = try VariedFile(changes).experiment
        #expect(experiment.axis(omega)?.dependsOn.value?.text == "/entry/sample/transformations/phi")
        let noted = experiment.mentions.filter { $0.note != nil }
        #expect(noted.map(\.axis.text) == ["entry/sample/transformations/phi"])
        #expect(noted.first?.place == .object(path: omega, attribute: "depends_on"))
    }

    @Test func `axes beside the chain carry nothing`() throws {
        let experiment = try VariedFile("{set: '/entry/sample/depends_on', to: '.'}").experiment
        #expect(experiment.goniometer?.sampleAxis == nil)
        #expect(experiment.goniometer?.axes.isEmpty == true)
        #expect(experiment.axis(omega) != nil)
    }

    @Test func `a circle is in the model as it is in the file`() throws {
        let changes =
            phi + """
                {set: '\(omega)@depends_on', to: 'phi'}, {set: '/entry/sample/transformations/phi@depends_on', to: 'omega'}
                """
        let circles = try VariedFile(changes).experiment.axisGraph.circles
        #expect(circles.map { Set($0.map(\.name)) } == [["omega", "phi"]])
    }

    @Test func `a chain passes through a group by its depends_on`() throws {
        let changes =
            phi + """
                {set: '/entry/frame', to: {'@NX_class': 'NXcoordinate_system', depends_on: '/entry/sample/transformations/phi'}},
                {set: '\(omega)@depends_on', to: '/entry/frame'}
                """
        let experiment = try VariedFile(changes).experiment
        #expect(experiment.axis(omega)?.dependsOn.value?.text == "/entry/sample/transformations/phi")
    }

    @Test func `groups that lead to each other end the chain with an undefined axis`() throws {
        let changes = """
            {set: '/entry/a', to: {depends_on: '/entry/b'}}, {set: '/entry/b', to: {depends_on: '/entry/a'}},
            {set: '\(omega)@depends_on', to: '/entry/a'}
            """
        #expect(try VariedFile(changes).experiment.axis(omega)?.dependsOn.value?.text == "/entry/a")
    }

    @Test(arguments: [
        ("deg", 0.1), ("degree", 0.1), ("degrees", 0.1), ("rad", 0.1 * 180 / Double.pi),
        ("mrad", 0.1 * 0.18 / Double.pi),
    ]) func `angles are degrees whatever their unit`(unit: String, step: Double) throws {
        let experiment = try VariedFile("{set: '\(omega)@units', to: '\(unit)'}").experiment
        let scan = try #require(experiment.scans.first?.axis(AxisID(omega)))
        #expect(abs(try #require(scan.settings.start(ofFrame: 1)) - step) < 1e-13)
        #expect(abs(try #require(scan.settings.end(ofFrame: 0)) - step) < 1e-13, "ends are in the unit of the axis")
        #expect(experiment.axis(omega)?.units?.value == unit)
    }

    @Test(arguments: [("mm", 200.0), ("m", 200_000), ("um", 0.2), ("cm", 2000)])
    func `lengths are millimetres whatever their unit`(unit: String, setting: Double) throws {
        let experiment = try VariedFile("{set: '\(detZ)@units', to: '\(unit)'}").experiment
        let scan = try #require(experiment.scans.first?.axis(AxisID(detZ)))
        #expect(abs(try #require(scan.settings.start(ofFrame: 0)) - setting) < 1e-9)
    }

    @Test func `units that are absent or of another dimension are faults`() throws {
        let absent = try #require(try VariedFile("{remove: '\(omega)@units'}").experiment.axis(omega))
        #expect(absent.faults.map(\.kind) == [.unitsAbsent])
        #expect(absent.faults.first?.place == .object(path: omega, attribute: "units"))
        let wrong = try #require(try VariedFile("{set: '\(omega)@units', to: 'mm'}").experiment.axis(omega))
        #expect(wrong.faults.map(\.kind) == [.unitsUnusable])
        #expect(wrong.faults.first?.found == "mm")
    }

    @Test func `an axis of a module is a length whatever type it states`() throws {
        let axis = try #require(
            try VariedFile("{set: '\(fast)@transformation_type', to: 'rotation'}").experiment.axis(fast))
        #expect(axis.motion.value == .rotation)
        #expect(axis.faults.isEmpty)
    }

    @Test func `a vector that is absent, short or a text is a fault`() throws {
        let cases: [(String, AxisFault.Kind)] = [
            ("{remove: '\(omega)@vector'}", .vectorAbsent),
            ("{set: '\(omega)@vector', to: [1.0, 0.0]}", .vectorUnusable),
            ("{set: '\(omega)@vector', to: 'x'}", .vectorUnusable),
        ]
        for (change, kind) in cases {
            let axis = try #require(try VariedFile(change).experiment.axis(omega))
            #expect(axis.faults.map(\.kind) == [kind], "\(change)")
            #expect(axis.vector.value == .zero)
        }
    }

    @Test func `an offset takes its own units, else those of a length field, else millimetres`() throws {
        let own = try #require(try VariedFile("{set: '\(offset)@offset_units', to: 'm'}").experiment.axis(offset))
        #expect(own.offset.value == Vector3(1027.5, 667.5, 0))
        #expect(own.faults.isEmpty)
        let ofField = try #require(
            try VariedFile("{remove: '\(offset)@offset_units'}, {set: '\(offset)@units', to: 'm'}").experiment.axis(
                offset))
        #expect(ofField.offset.value == Vector3(1027.5, 667.5, 0))
        #expect(ofField.faults.map(\.kind) == [.offsetUnitsAbsent])
        let none = try #require(try VariedFile("{set: '\(omega)@offset', to: [0.0, 0.0, 5.0]}").experiment.axis(omega))
        #expect(none.offset.value == Vector3(0, 0, 5))
        #expect(none.faults.map(\.kind) == [.offsetUnitsAbsent])
        let zero = try #require(try VariedFile("{remove: '\(fast)@offset_units'}").experiment.axis(fast))
        #expect(zero.faults.isEmpty, "an offset of 0 needs no units")
    }

    @Test func `types that are not understood keep their word`() throws {
        let axis = try #require(
            try VariedFile("{set: '\(omega)@transformation_type', to: 'Rotation'}").experiment.axis(omega))
        #expect(axis.motion.value == .unknown("Rotation"))
        let general = try #require(try VariedFile("{remove: '\(omega)@transformation_type'}").experiment.axis(omega))
        #expect(general.motion.value == .general)
    }

    @Test func `ends and increments are counted as they stand`() throws {
        let experiment = try VariedFile(
            "{set: '\(omega)_end', to: [0.1, 0.2]}, {set: '\(omega)_increment_set', to: 0.1}"
        ).experiment
        let axis = try #require(experiment.scans.first?.axis(AxisID(omega)))
        #expect([axis.valueCount, axis.endCount, axis.incrementSetCount] == [5, 2, 1])
        #expect(axis.incrementSet?.value == [0.1])
        #expect(axis.settings.end(ofFrame: 0) == 0.1, "one increment for all frames")
    }

    @Test func `an axis behind an external link has its settings`() throws {
        let experiment = try VariedFile(
            "{set: '\(detZ)', to: {$external: 'meta.h5', $path: '/z'}}",
            others: """
                'meta.h5': {z: {$value: [0.15], '@units': 'm', '@vector': [0.0, 0.0, 1.0],
                 '@transformation_type': 'translation', '@depends_on': '.'}}
                """
        ).experiment
        #expect(experiment.scans.first?.axis(AxisID(detZ))?.settings.start(ofFrame: 0) == 150)
        #expect(try experiment.plane().origin == Vector3(1.0275, 0.6675, 150))
    }

    @Test func `mistyped attributes and fields end nowhere badly`() throws {
        let changes = """
            {set: '\(omega)@depends_on', to: 5}, {set: '\(omega)@units', to: 1.5}, {set: '\(detZ)@vector', to: ['a', 'b', 'c']},
            {set: '\(offset)@offset', to: 'far'}, {set: '/entry/sample/depends_on', to: 17},
            {set: '\(detZ)', to: {$value: 'twenty', '@transformation_type': 'translation'}}
            """
        let experiment = try VariedFile(changes).experiment
        #expect(experiment.axis(omega)?.dependsOn.value == nil)
        #expect(experiment.axis(offset)?.faults.map(\.kind) == [.offsetUnusable])
        #expect(experiment.axis(detZ)?.faults.map(\.kind).contains(.valueUnusable) == true)
    }
}
