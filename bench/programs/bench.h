// What the benchmark programs share. They run without a C library, so that every engine runs the same code.
#ifndef BENCH_H
#define BENCH_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef int i32;
typedef long long i64;

#define EXPORT(name) __attribute__((export_name(#name))) i32 name(i32 n)

// A linear congruential generator: the same numbers everywhere.
static u32 random_state;
static inline u32 next_random(void) {
    random_state = random_state * 1664525u + 1013904223u;
    return random_state >> 8;
}

#endif
