#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Imprimatur authors
# SPDX-License-Identifier: Apache-2.0
"""Frames of a rotation scan that never was: miniCBF of random counts, byte_offset, one byte a pixel.

frames.py FOLDER FRAMES [FAST SLOW]
"""

import base64
import hashlib
import os
import pathlib
import sys

HEADER = """###CBF: VERSION 1.5, simulated
data_{name}
_array_data.header_convention "PILATUS_1.2"
_array_data.header_contents
;
# Detector: EXAMPLE {fast}x{slow}, S/N 00-0000
# 2026-01-01T10:{minute:02}:{second:06.3f}
# Pixel_size 172e-6 m x 172e-6 m
# Silicon sensor, thickness 0.000320 m
# Exposure_time 0.0090000 s
# Exposure_period 0.0100000 s
# Count_cutoff 100000 counts
# Threshold_setting: 6000 eV
# Wavelength 1.00000 A
# Detector_distance 0.10000 m
# Beam_xy ({x:.2f}, {y:.2f}) pixels
# Filter_transmission 1.0000
# Start_angle {angle:.4f} deg.
# Angle_increment 0.1000 deg.
# Detector_2theta 0.0000 deg.
# Oscillation_axis omega
;
_array_data.data
;
--CIF-BINARY-FORMAT-SECTION--
Content-Type: application/octet-stream;
     conversions="x-CBF_BYTE_OFFSET"
Content-Transfer-Encoding: BINARY
X-Binary-Size: {size}
X-Binary-ID: 1
X-Binary-Element-Type: "signed 32-bit integer"
X-Binary-Element-Byte-Order: LITTLE_ENDIAN
Content-MD5: {md5}
X-Binary-Number-of-Elements: {count}
X-Binary-Size-Fastest-Dimension: {fast}
X-Binary-Size-Second-Dimension: {slow}
X-Binary-Size-Padding: 4095

"""


def main():
    folder, frames = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    fast, slow = (int(sys.argv[3]), int(sys.argv[4])) if len(sys.argv) > 4 else (2463, 2527)
    folder.mkdir(parents=True, exist_ok=True)
    count = fast * slow
    for number in range(frames):
        # Up and down again: counts stay between 0 and 120.
        half = bytes(value % 121 for value in os.urandom((count + 1) // 2))
        data = bytearray(2 * len(half))
        data[0::2] = half
        data[1::2] = bytes((256 - value) % 256 for value in half)
        data = bytes(data[:count])
        text = HEADER.format(
            name=f"sim_{number + 1:05}", fast=fast, slow=slow, minute=number // 6000, second=number % 6000 / 100,
            x=fast / 2, y=slow / 2, angle=10 + number / 10, size=count, count=count,
            md5=base64.b64encode(hashlib.md5(data).digest()).decode())
        head = text.replace("\n", "\r\n").encode() + b"\x0c\x1a\x04\xd5"
        (folder / f"sim_{number + 1:05}.cbf").write_bytes(
            head + data + bytes(4095) + b"\r\n--CIF-BINARY-FORMAT-SECTION----\r\n;\r\n\r\n")


if __name__ == "__main__":
    main()
