// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

/// Takes the heap of a short run in one step and asks the kernel for large pages under it.
///
/// A check of one file touches some 1 500 fresh pages, each of which costs a fault of its own; this makes them a few.
/// Nothing depends on it: where the kernel has no large pages, the heap is as it always was. Called once, before anything
/// is allocated in earnest. Wraps mallopt(3), sbrk(2) and madvise(2).
void cheap_take(void);
