// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// Why our reader stops at something.
///
/// The two are never mixed: what is unread may be right, and libhdf5 may be asked; what is damaged contradicts the format,
/// is told in our words, and no library ever sees it.
enum Stop: Error {
    case unread(Form)
    case damaged(Clause)

    /// Why it is not read, as a clause of a sentence.
    var sentence: String {
        switch self {
        case .unread(let form): form.sentence
        case .damaged(let clause): clause.sentence
        }
    }
}

/// A clause of the format that bytes contradict.
///
/// - Source: HDF5 File Format Specification 4.0, the sections of the structures named.
enum Clause: UInt8 {
    case superblock, outside, checksum
    case header, headerMessages, messageFlags, objectKind
    case dataspace, datatype, attribute, attributeInfo, link, linkInfo
    case layout, chunkSize, contiguousSize, compactSize, filters, fillValue, externalFiles, shared, sharedTable
    case localHeap, freeList, globalHeap, fractalHeap
    case tree1, symbolNode, symbolTable, tree2, fixedArray, extensibleArray, chunkOutside, chunkElements
    case virtual, nameTwice, name, text

    var sentence: String {
        switch self {
        case .outside: "it leads to bytes behind the end of the file"
        case .checksum: "a checksum is not that of its bytes"
        case .objectKind: "it is neither a group nor a dataset nor a type"
        case .nameTwice: "two of its members or attributes have one name"
        case .name: "a name of it is empty, a path or without end"
        case .messageFlags: "flags of its header messages contradict each other"
        case .headerMessages: "messages of its header contradict each other"
        case .chunkSize: "its chunks contradict its extent or its type"
        case .contiguousSize: "its storage is not of the size of its elements"
        case .compactSize: "its compact storage is not of the size of its elements"
        case .chunkOutside: "a chunk lies behind the end of the file"
        case .chunkElements: "a chunk does not come out of its filters whole"
        case .freeList: "the free list of its local heap is broken"
        case .text: "a string points outside the heap of the file"
        default: "\(words) contradicts the format of HDF5"
        }
    }

    private var words: String {
        switch self {
        case .superblock: "the superblock"
        case .header: "its object header"
        case .dataspace: "its dataspace"
        case .datatype: "its datatype"
        case .attribute: "an attribute message"
        case .attributeInfo: "its attribute info message"
        case .link: "a link message"
        case .linkInfo: "its link info message"
        case .layout: "its data layout message"
        case .filters: "its filter pipeline message"
        case .fillValue: "its fill value message"
        case .externalFiles: "its list of external files"
        case .shared: "a shared message"
        case .sharedTable: "the table of shared messages"
        case .localHeap: "its local heap"
        case .globalHeap: "a global heap collection"
        case .fractalHeap: "its fractal heap"
        case .tree1: "its version 1 B-tree"
        case .symbolNode: "a symbol table node"
        case .symbolTable: "its symbol table message"
        case .tree2: "its version 2 B-tree"
        case .fixedArray: "its fixed array of chunks"
        case .extensibleArray: "its extensible array of chunks"
        case .virtual: "its list of virtual sources"
        default: "a structure"
        }
    }
}
