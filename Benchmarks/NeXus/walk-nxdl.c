// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

// The least that a validator written in C with libhdf5 and libxml2 does: it walks the file (walk.h), and parses the NXDL
// files that it needs into trees, each once. It compares nothing, and frees no tree.
// usage: walk-nxdl FOLDER DEFINITION file|reach FILE
//   FOLDER      applications/, base_classes/ and contributed_definitions/ of NXDL
//   DEFINITION  the application definition, such as NXmx
//   file        parses the definition, and the classes of the groups that the file has
//   reach       parses the definition, what it extends, the classes of its groups, and so on, to the end
// Prints how many NXDL files it parsed. Ends with 3 where a file cannot be read.

#include "../HDF5/walk.h"

#include <libxml/parser.h>
#include <libxml/tree.h>

#define ROOM 1024

static const char *folder;
static char names[ROOM][128];
static xmlDocPtr trees[ROOM];
static int name_count, tree_count;

static void want(const char *name) {
    for (int i = 0; i < name_count; i++)
        if (strcmp(names[i], name) == 0) return;
    if (*name && name_count < ROOM) snprintf(names[name_count++], sizeof names[0], "%s", name);
}

static xmlDocPtr parse(const char *name) {
    static const char *const folders[] = {"base_classes", "applications", "contributed_definitions"};
    char path[4096];
    for (int i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s/%s.nxdl.xml", folder, folders[i], name);
        if (access(path, R_OK) == 0) return xmlReadFile(path, NULL, XML_PARSE_NONET);
    }
    return NULL;
}

static void want_property(xmlNodePtr node, const char *property) {
    xmlChar *value = xmlGetProp(node, BAD_CAST property);
    if (value) want((const char *)value);
    xmlFree(value);
}

static void want_groups(xmlNodePtr node) {
    for (xmlNodePtr child = node->children; child; child = child->next) {
        if (xmlStrcmp(child->name, BAD_CAST "group") == 0) want_property(child, "type");
        if (child->type == XML_ELEMENT_NODE) want_groups(child);
    }
}

int main(int count, char **words) {
    if (count != 5) return 2;
    int is_reach = strcmp(words[3], "reach") == 0;
    folder = words[1];
    want(words[2]);
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    if (!is_reach) tell_class = want;
    if (walk_file(words[4]) < 0) return 3;
    for (int i = 0; i < name_count; i++) {
        xmlDocPtr tree = parse(names[i]);
        if (!tree && i == 0) return 3;
        if (!tree) continue;
        trees[tree_count++] = tree;
        if (!is_reach) continue;
        xmlNodePtr root = xmlDocGetRootElement(tree);
        want_property(root, "extends");
        want_groups(root);
    }
    printf("%d\n", tree_count);
    return 0;
}
