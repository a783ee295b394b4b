// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Texts that use every part of the syntax.
enum Samples {
    static let cif11 = """
        #\\#CIF_1.1
        # a comment
        data_First
        _cell.length_a 5.123(4)
        _cell.note 'it is o'clock'
        _cell.text
        ;first line
         second 'line'
        ;
        _cell.folded
        ;\\
        one \\
        two
        ;
        loop_
        _atom.id
        _atom.x
        _atom.name
        1 0.5 'C 1'
        2 . "N'"
        3 ? O
        save_frame
        _inner.a 1
        save_
        _last ''
        data_second
        loop_ _p 1 2 3

        """

    static let cif20 = """
        #\\#CIF_2.0
        data_x
        _a.list [1 2.5(1) 'three' [4 5]]
        _a.table {'k':1 "l":[2 '3'] '''m''':{'n':.}}
        _a.triple '''one
        'two' ''three'''
        _a.angstrom "Ångström"
        _a.prefixed
        ;>\\
        >data_no
        >;
        ;
        _a.both
        ;>\\\\
        >one \\
        >two
        ;
        loop_
        _b.id
        _b.v
        a [1 2]
        b '[3]'

        """

    static let imgCIF = """
        ###CBF: VERSION 1.7.10
        data_image
        _diffrn.id D1
        loop_
        _axis.id
        _axis.type
        _axis.equipment
        _axis.depends_on
        _axis.vector[1]
        _axis.vector[2]
        _axis.vector[3]
        omega rotation goniometer . 1 0 0
        kappa rotation goniometer omega
        0.642788 0 -0.766044
        trans translation detector . 0 0 -1
        loop_
        _diffrn_scan_axis.scan_id
        _diffrn_scan_axis.axis_id
        _diffrn_scan_axis.angle_start
        _diffrn_scan_axis.angle_increment
        S1 omega 164.658810838256 -0.299987000000016
        S1 kappa 46.2255987077416 0

        """

    static let broken = """
        data_x
        _a 'never closed
        _b
        loop_
        _axis.id
        _axis.v
        a 1
        b c 2
        d 3
        stop_
        _e [1 2
        data_x
        stray values
        _text
        ;open
        _f 1

        """
}
