// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// The walk that our reading of HDF5 is measured against: opens a file as an image in memory (from 8 MiB on as usual) and
// walks it with libhdf5 alone, reading every attribute and every value of at most 64 KiB. Where tell_class is set, it is called with the
// NX_class of each group that has one.

#include <fcntl.h>
#include <hdf5.h>
#include <hdf5_hl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static size_t objects, attributes, bytes_read;
static haddr_t *seen;
static size_t seen_count, seen_room;

static int is_new(haddr_t address) {
    for (size_t i = 0; i < seen_count; i++)
        if (seen[i] == address) return 0;
    if (seen_count == seen_room) seen = realloc(seen, (seen_room = seen_room * 2 + 64) * sizeof *seen);
    seen[seen_count++] = address;
    return 1;
}

static hid_t memory_type(hid_t stored) {
    switch (H5Tget_class(stored)) {
    case H5T_INTEGER:
    case H5T_FLOAT: return H5Tget_native_type(stored, H5T_DIR_DEFAULT);
    case H5T_ENUM:
    case H5T_STRING: return H5Tcopy(stored);
    default: return -1;
    }
}

static void (*tell_class)(const char *name);

// The text of an NX_class: one string of fixed length, or one that stands in the heap of the file.
static void tell_text(hid_t type, size_t size, const void *value) {
    char name[128] = "";
    if (H5Tis_variable_str(type) > 0) {
        const char *text = *(const char *const *)value;
        if (text) snprintf(name, sizeof name, "%s", text);
    } else if (H5Tget_class(type) == H5T_STRING) {
        snprintf(name, sizeof name, "%.*s", (int)size, (const char *)value);
    }
    tell_class(name);
}

static void read_value(hid_t stored, hid_t space, int (*read)(hid_t, hid_t, void *), hid_t from, int is_class) {
    hid_t type = memory_type(stored);
    if (type < 0) return;
    hssize_t count = H5Sget_simple_extent_npoints(space);
    size_t size = H5Tget_size(type) * (size_t)count;
    if (count > 0 && size <= 65536) {
        void *value = malloc(size);
        if (read(from, type, value) >= 0) {
            bytes_read += size;
            if (is_class && tell_class) tell_text(type, size, value);
            if (H5Tis_variable_str(type) > 0) H5Dvlen_reclaim(type, space, H5P_DEFAULT, value);
        }
        free(value);
    }
    H5Tclose(type);
}

static int read_attribute(hid_t attribute, hid_t type, void *value) { return H5Aread(attribute, type, value); }
static int read_dataset(hid_t dataset, hid_t type, void *value) {
    return H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, value);
}

static herr_t each_attribute(hid_t object, const char *name, const H5A_info_t *info, void *context) {
    (void)info, (void)context;
    hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
    attributes++;
    read_value(type, space, read_attribute, attribute, strcmp(name, "NX_class") == 0);
    H5Sclose(space), H5Tclose(type), H5Aclose(attribute);
    return 0;
}

static void walk(hid_t object);

static herr_t each_link(hid_t group, const char *name, const H5L_info_t *info, void *context) {
    (void)context;
    if (info->type != H5L_TYPE_HARD || !is_new(info->u.address)) return 0;
    hid_t object = H5Oopen(group, name, H5P_DEFAULT);
    if (object < 0) return 0;
    walk(object);
    H5Oclose(object);
    return 0;
}

static void walk(hid_t object) {
    objects++;
    H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_NATIVE, NULL, each_attribute, NULL);
    H5I_type_t kind = H5Iget_type(object);
    if (kind == H5I_GROUP || kind == H5I_FILE) H5Literate(object, H5_INDEX_NAME, H5_ITER_NATIVE, NULL, each_link, NULL);
    if (kind != H5I_DATASET) return;
    hid_t type = H5Dget_type(object), space = H5Dget_space(object);
    if (H5Sget_simple_extent_ndims(space) < 3) read_value(type, space, read_dataset, object, 0);
    H5Sclose(space), H5Tclose(type);
}

static hid_t open_image(const char *path, size_t size, char **image) {
    int descriptor = open(path, O_RDONLY);
    *image = malloc(size);
    ssize_t count = read(descriptor, *image, size);
    close(descriptor);
    if (count != (ssize_t)size) return -1;
    return H5LTopen_file_image(*image, size, H5LT_FILE_IMAGE_DONT_COPY | H5LT_FILE_IMAGE_DONT_RELEASE);
}

// Walks one file; 0, or -1 where it cannot be read.
static int walk_file(const char *path) {
    struct stat facts;
    char *image = NULL;
    if (stat(path, &facts) < 0) return -1;
    hid_t file = facts.st_size < 8 << 20 ? open_image(path, (size_t)facts.st_size, &image)
                                         : H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
    if (file < 0) return -1;
    seen_count = 0;
    hid_t root = H5Gopen2(file, "/", H5P_DEFAULT);
    walk(root);
    H5Gclose(root), H5Fclose(file);
    free(image);
    return 0;
}
