// Kernels with 128-bit vectors.
#include "bench.h"
#include <wasm_simd128.h>

static u8 bytes[3][1 << 16] __attribute__((aligned(16)));
static float floats[3][1 << 14] __attribute__((aligned(16)));
static short shorts[3][1 << 15] __attribute__((aligned(16)));

static void prepare(void) {
    random_state = 17;
    for (i32 i = 0; i < 1 << 16; i++) {
        bytes[0][i] = (u8)next_random();
        bytes[1][i] = (u8)next_random();
    }
    for (i32 i = 0; i < 1 << 14; i++) {
        floats[0][i] = (float)(next_random() % 1000) / 8;
        floats[1][i] = (float)(next_random() % 1000) / 16;
    }
    for (i32 i = 0; i < 1 << 15; i++) {
        shorts[0][i] = (short)next_random();
        shorts[1][i] = (short)next_random();
    }
}

static i32 fold(v128_t v) {
    return wasm_i32x4_extract_lane(v, 0) ^ wasm_i32x4_extract_lane(v, 1) ^ wasm_i32x4_extract_lane(v, 2)
            ^ wasm_i32x4_extract_lane(v, 3);
}

EXPORT(simd_add8) {
    prepare();
    v128_t sum = wasm_i8x16_splat(0);
    for (i32 round = 0; round < n; round++) {
        for (i32 i = 0; i < 1 << 16; i += 16) {
            v128_t v = wasm_i8x16_add(wasm_v128_load(bytes[0] + i), wasm_v128_load(bytes[1] + i));
            wasm_v128_store(bytes[2] + i, v);
            sum = wasm_v128_xor(sum, v);
        }
    }
    return fold(sum);
}

EXPORT(simd_multiply_add) {
    prepare();
    v128_t sum = wasm_f32x4_splat(0);
    for (i32 round = 0; round < n; round++) {
        for (i32 i = 0; i < 1 << 14; i += 4) {
            v128_t product = wasm_f32x4_mul(wasm_v128_load(floats[0] + i), wasm_v128_load(floats[1] + i));
            sum = wasm_f32x4_add(wasm_f32x4_mul(sum, wasm_f32x4_splat(0.5f)), product);
        }
    }
    return fold(wasm_i32x4_trunc_sat_f32x4(sum));
}

EXPORT(simd_dot16) {
    prepare();
    v128_t sum = wasm_i32x4_splat(0);
    for (i32 round = 0; round < n; round++) {
        for (i32 i = 0; i < 1 << 15; i += 8) {
            sum = wasm_i32x4_add(sum, wasm_i32x4_dot_i16x8(wasm_v128_load(shorts[0] + i), wasm_v128_load(shorts[1] + i)));
        }
    }
    return fold(sum);
}

EXPORT(simd_shuffle) {
    prepare();
    v128_t sum = wasm_i8x16_splat(0);
    for (i32 round = 0; round < n; round++) {
        for (i32 i = 0; i < 1 << 16; i += 16) {
            v128_t a = wasm_v128_load(bytes[0] + i), b = wasm_v128_load(bytes[1] + i);
            sum = wasm_v128_xor(sum,
                    wasm_i8x16_shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
            sum = wasm_i8x16_add(sum, wasm_i8x16_swizzle(a, wasm_v128_and(b, wasm_i8x16_splat(15))));
        }
    }
    return fold(sum);
}

static inline v128_t rotate_left(v128_t v, i32 by) {
    return wasm_v128_or(wasm_i32x4_shl(v, by), wasm_u32x4_shr(v, 32 - by));
}

EXPORT(simd_chacha) {
    v128_t a = wasm_i32x4_make(1, 2, 3, 4), b = wasm_i32x4_splat(5), c = wasm_i32x4_splat(6), d = wasm_i32x4_splat(7);
    for (i32 round = 0; round < n; round++) {
        a = wasm_i32x4_add(a, b); d = rotate_left(wasm_v128_xor(d, a), 16);
        c = wasm_i32x4_add(c, d); b = rotate_left(wasm_v128_xor(b, c), 12);
        a = wasm_i32x4_add(a, b); d = rotate_left(wasm_v128_xor(d, a), 8);
        c = wasm_i32x4_add(c, d); b = rotate_left(wasm_v128_xor(b, c), 7);
        b = wasm_i32x4_shuffle(b, b, 1, 2, 3, 0);
        c = wasm_i32x4_shuffle(c, c, 2, 3, 0, 1);
        d = wasm_i32x4_shuffle(d, d, 3, 0, 1, 2);
    }
    return fold(a) ^ fold(d);
}

EXPORT(simd_threshold) {
    prepare();
    i32 count = 0;
    for (i32 round = 0; round < n; round++) {
        v128_t limit = wasm_i8x16_splat((u8)(round * 37));
        for (i32 i = 0; i < 1 << 16; i += 16) {
            v128_t v = wasm_v128_load(bytes[0] + i);
            v128_t above = wasm_u8x16_gt(v, limit);
            count += __builtin_popcount(wasm_i8x16_bitmask(above));
            wasm_v128_store(bytes[2] + i, wasm_v128_bitselect(wasm_u8x16_max(v, limit), v, above));
        }
    }
    return count;
}
