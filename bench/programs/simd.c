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

EXPORT(simd_multiply16) {
    prepare();
    for (i32 round = 0; round < n; round++) {
        v128_t factor = wasm_i16x8_splat((short)(round * 77 + 3));
        for (i32 i = 0; i < 1 << 15; i += 8) {
            v128_t v = wasm_i16x8_mul(wasm_v128_load(shorts[0] + i), factor);
            wasm_v128_store(shorts[2] + i, wasm_i16x8_add(v, wasm_v128_load(shorts[1] + i)));
        }
    }
    return fold(wasm_v128_load(shorts[2] + 1000));
}

EXPORT(simd_axpy) {
    prepare();
    for (i32 round = 0; round < n; round++) {
        v128_t factor = wasm_f32x4_splat((float)round / 1024);
        for (i32 i = 0; i < 1 << 14; i += 4) {
            v128_t product = wasm_f32x4_mul(wasm_v128_load(floats[0] + i), factor);
            wasm_v128_store(floats[2] + i, wasm_f32x4_add(wasm_v128_load(floats[1] + i), product));
        }
    }
    return fold(wasm_i32x4_trunc_sat_f32x4(wasm_v128_load(floats[2] + 1000)));
}

// (source * alpha + target * (255 - alpha)) / 256 for each byte.
EXPORT(simd_blend) {
    prepare();
    for (i32 round = 0; round < n; round++) {
        v128_t alpha = wasm_i16x8_splat((short)(round & 255)), rest = wasm_i16x8_splat((short)(255 - (round & 255)));
        for (i32 i = 0; i < 1 << 16; i += 16) {
            v128_t s = wasm_v128_load(bytes[0] + i), t = wasm_v128_load(bytes[1] + i);
            v128_t low = wasm_i16x8_add(wasm_i16x8_mul(wasm_u16x8_extend_low_u8x16(s), alpha),
                    wasm_i16x8_mul(wasm_u16x8_extend_low_u8x16(t), rest));
            v128_t high = wasm_i16x8_add(wasm_i16x8_mul(wasm_u16x8_extend_high_u8x16(s), alpha),
                    wasm_i16x8_mul(wasm_u16x8_extend_high_u8x16(t), rest));
            wasm_v128_store(bytes[2] + i,
                    wasm_u8x16_narrow_i16x8(wasm_u16x8_shr(low, 8), wasm_u16x8_shr(high, 8)));
        }
    }
    return fold(wasm_v128_load(bytes[2] + 1000));
}

EXPORT(simd_saturate) {
    prepare();
    v128_t sum = wasm_i8x16_splat(0);
    for (i32 round = 0; round < n; round++) {
        for (i32 i = 0; i < 1 << 16; i += 16) {
            v128_t a = wasm_v128_load(bytes[0] + i), b = wasm_v128_load(bytes[1] + i);
            v128_t v = wasm_u8x16_sub_sat(wasm_u8x16_add_sat(a, b), wasm_u8x16_avgr(a, b));
            sum = wasm_i16x8_add(sum, wasm_u16x8_extadd_pairwise_u8x16(wasm_i8x16_min(v, sum)));
        }
    }
    return fold(sum);
}

EXPORT(simd_matrix) {
    prepare();
    i32 sum = 0;
    for (i32 round = 0; round < n; round++) {
        for (i32 row = 0; row < 64; row++) {
            for (i32 column = 0; column < 64; column += 4) {
                v128_t cell = wasm_f32x4_splat(0);
                for (i32 k = 0; k < 64; k++) {
                    cell = wasm_f32x4_add(cell, wasm_f32x4_mul(wasm_v128_load32_splat(floats[0] + row * 64 + k),
                            wasm_v128_load(floats[1] + k * 64 + column)));
                }
                wasm_v128_store(floats[2] + row * 64 + column, cell);
            }
        }
        sum += (i32)floats[2][round & 4095];
    }
    return sum;
}
