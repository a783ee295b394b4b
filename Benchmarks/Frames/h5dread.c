// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// Reads each frame of the dataset /d of a file with H5Dread into one buffer, so many rounds; prints the least processor
// time of a frame in milliseconds. Filters come from HDF5_PLUGIN_PATH.
// usage: h5dread FILE ROUNDS

#include <hdf5.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

int main(int count, char **words)
{
    if (count != 3) return 2;
    hid_t file = H5Fopen(words[1], H5F_ACC_RDONLY, H5P_DEFAULT);
    hid_t set = H5Dopen2(file, "d", H5P_DEFAULT);
    hid_t space = H5Dget_space(set);
    hsize_t size[3];
    if (file < 0 || set < 0 || H5Sget_simple_extent_dims(space, size, NULL) != 3) return 3;
    unsigned *buffer = malloc(size[1] * size[2] * sizeof *buffer);
    const hsize_t frame[3] = {1, size[1], size[2]};
    hid_t memory = H5Screate_simple(3, frame, NULL);
    double least = 1e12;
    for (int round = 0; round < atoi(words[2]); round++)
        for (hsize_t i = 0; i < size[0]; i++) {
            const hsize_t start[3] = {i, 0, 0};
            const double before = now();
            H5Sselect_hyperslab(space, H5S_SELECT_SET, start, NULL, frame, NULL);
            if (H5Dread(set, H5T_NATIVE_UINT32, memory, space, H5P_DEFAULT, buffer) < 0) return 3;
            const double taken = now() - before;
            if (taken < least) least = taken;
        }
    printf("%.3f\n", least);
    return 0;
}
