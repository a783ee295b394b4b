// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#if defined(__x86_64__)
#define IMPRIMATUR_HAS_AVX2 1
#else
#define IMPRIMATUR_HAS_AVX2 0
#endif

// Whether kernels with AVX2 run: the processor has it and nobody switched it off.
int imprimatur_uses_avx2(void);
