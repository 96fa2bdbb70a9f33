// A hash map with chains from an allocator of its own: pointers, 64-bit arithmetic, calls.
#include "bench.h"

typedef struct entry {
    struct entry *next;
    u64 key;
    u32 value;
} entry;

static u8 heap[32 << 20];
static u32 used;
static entry *table[1 << 16];

static void *allocate(u32 size) {
    void *p = heap + used;
    used += (size + 15) & ~15u;
    return p;
}

static u32 slot(u64 key) {
    key ^= key >> 33;
    key *= 0xff51afd7ed558ccdull;
    key ^= key >> 33;
    return (u32)key & 0xffff;
}

static entry *find(u64 key) {
    entry *e = table[slot(key)];
    while (e && e->key != key) e = e->next;
    return e;
}

EXPORT(map) {
    used = 0;
    for (i32 i = 0; i < 1 << 16; i++) table[i] = 0;
    random_state = 11;
    u32 sum = 0;
    for (i32 i = 0; i < n; i++) {
        u64 key = (u64)next_random() % 200000 * 0x9e3779b97f4a7c15ull;
        entry *e = find(key);
        if (!e) {
            e = allocate(sizeof(entry));
            e->key = key;
            e->value = 0;
            e->next = table[slot(key)];
            table[slot(key)] = e;
        }
        e->value += (u32)i;
        sum += e->value;
    }
    return (i32)sum;
}
