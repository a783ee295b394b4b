// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

extension HeaderItem {
    /// Every item that is understood; what a header holds besides is listed and not used.
    ///
    /// - Source: PILATUS CBF header specification 1.4; cctbx/dxtbx:src/dxtbx/format/FormatCBFMini.py; headers of
    ///   PILATUS_1.2, SLS_1.0, EIGER_1.0 and DECTRIS filewriters.
    static let table: [HeaderItem] = [
        HeaderItem(.detector, ["Detector"], nil),
        HeaderItem(.wavelength, ["Wavelength"], .wavelength),
        HeaderItem(.energy, ["Energy", "Photon_energy", "Incident_energy"], .energy),
        HeaderItem(.distance, ["Detector_distance", "Distance", "Sample_detector_distance"], .length),
        HeaderItem(.beamCentre, ["Beam_xy", "Beam_center", "Beam_centre"], .pixels, isPair: true),
        HeaderItem(.beamX, ["Beam_x", "Beam_center_x"], .pixels),
        HeaderItem(.beamY, ["Beam_y", "Beam_center_y"], .pixels),
        HeaderItem(.pixelSize, ["Pixel_size"], .length, isPair: true),
        HeaderItem(.sensor, ["sensor"], .length),
        HeaderItem(.exposure, ["Exposure_time", "Count_time"], .time),
        HeaderItem(.period, ["Exposure_period", "Frame_time"], .time),
        HeaderItem(.deadTime, ["Tau"], .time),
        HeaderItem(.countCutoff, ["Count_cutoff"], .count),
        HeaderItem(.threshold, ["Threshold_setting", "Threshold"], .energy),
        HeaderItem(.startAngle, ["Start_angle"], .angle),
        HeaderItem(.angleIncrement, ["Angle_increment"], .angle),
        HeaderItem(.oscillationAxis, ["Oscillation_axis"], nil),
        HeaderItem(.twoTheta, ["Detector_2theta", "Detector_twotheta", "Two_theta", "2theta"], .angle),
        HeaderItem(.verticalOffset, ["Detector_Voffset"], .length),
        HeaderItem(.horizontalOffset, ["Detector_Hoffset"], .length),
        HeaderItem(.alpha, ["Alpha"], .angle),
        HeaderItem(.kappa, ["Kappa"], .angle),
        HeaderItem(.kappaIncrement, ["Kappa_increment"], .angle),
        HeaderItem(.phi, ["Phi"], .angle),
        HeaderItem(.phiIncrement, ["Phi_increment"], .angle),
        HeaderItem(.chi, ["Chi"], .angle),
        HeaderItem(.chiIncrement, ["Chi_increment"], .angle),
        HeaderItem(.omega, ["Omega"], .angle),
        HeaderItem(.omegaIncrement, ["Omega_increment"], .angle),
        HeaderItem(.polarisation, ["Polarization", "Polarisation"], .ratio),
        HeaderItem(.flux, ["Flux"], .ratio),
        HeaderItem(.transmission, ["Filter_transmission", "Transmission"], .ratio),
        HeaderItem(.temperature, ["Temperature"], .ratio),
    ]

    /// The items of an SMV header; its lengths are millimetres.
    ///
    /// - Source: conversion.md section 6; bl831/nearBragg:nearBragg.c; cctbx/dxtbx:src/dxtbx/format/FormatSMVADSC.py.
    static let tableOfSMV: [HeaderItem] = [
        HeaderItem(.detector, ["DETECTOR_SN"], nil),
        HeaderItem(.wavelength, ["WAVELENGTH"], .wavelength),
        HeaderItem(.distance, ["DISTANCE"], .millimetres),
        HeaderItem(.beamX, ["BEAM_CENTER_X"], .millimetres),
        HeaderItem(.beamY, ["BEAM_CENTER_Y"], .millimetres),
        HeaderItem(.pixelSize, ["PIXEL_SIZE"], .millimetres),
        HeaderItem(.exposure, ["TIME"], .time),
        HeaderItem(.startAngle, ["OSC_START"], .angle),
        HeaderItem(.angleIncrement, ["OSC_RANGE"], .angle),
        HeaderItem(.oscillationAxis, ["AXIS"], nil),
        HeaderItem(.twoTheta, ["TWOTHETA"], .angle),
        HeaderItem(.phi, ["PHI"], .angle),
        HeaderItem(.chi, ["CHI"], .angle),
        HeaderItem(.kappa, ["KAPPA"], .angle),
        HeaderItem(.omega, ["OMEGA"], .angle),
        HeaderItem(.countCutoff, ["CCD_IMAGE_SATURATION"], .count),
        HeaderItem(.fastSize, ["SIZE1"], .count),
        HeaderItem(.slowSize, ["SIZE2"], .count),
        HeaderItem(.elementType, ["TYPE", "Data_type"], nil),
        HeaderItem(.byteOrder, ["BYTE_ORDER"], nil),
    ]
}
