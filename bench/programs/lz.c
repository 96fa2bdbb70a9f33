// Compresses with hash chains of one and expands again: byte accesses and copies.
#include "bench.h"

static u8 input[1 << 20], packed[2 << 20], output[1 << 20];
static i32 heads[1 << 14];

static i32 pack(i32 size) {
    i32 out = 0, i = 0, literal = 0;
    for (i32 h = 0; h < 1 << 14; h++) heads[h] = -1;
    while (i + 4 < size) {
        u32 four = input[i] | input[i + 1] << 8 | input[i + 2] << 16 | (u32)input[i + 3] << 24;
        i32 slot = (i32)(four * 2654435761u >> 18), match = heads[slot], length = 0;
        heads[slot] = i;
        if (match >= 0 && i - match < 65536) {
            while (length < 255 && i + length < size && input[match + length] == input[i + length]) length++;
        }
        if (length < 5) {
            i++;
            continue;
        }
        while (literal < i) {
            i32 run = i - literal > 127 ? 127 : i - literal;
            packed[out++] = (u8)run;
            while (run--) packed[out++] = input[literal++];
        }
        packed[out++] = 128;
        packed[out++] = (u8)length;
        packed[out++] = (u8)(i - match);
        packed[out++] = (u8)((i - match) >> 8);
        literal = i += length;
    }
    while (literal < size) {
        i32 run = size - literal > 127 ? 127 : size - literal;
        packed[out++] = (u8)run;
        while (run--) packed[out++] = input[literal++];
    }
    return out;
}

static i32 unpack(i32 size) {
    i32 out = 0;
    for (i32 i = 0; i < size;) {
        i32 code = packed[i++];
        if (code < 128) {
            while (code--) output[out++] = packed[i++];
        } else {
            i32 length = packed[i++], distance = packed[i] | packed[i + 1] << 8;
            i += 2;
            for (; length--; out++) output[out] = output[out - distance];
        }
    }
    return out;
}

EXPORT(lz) {
    random_state = 9;
    for (i32 i = 0; i < n; i++) {
        input[i] = next_random() % 4 && i > 64 ? input[i - 1 - next_random() % 64] : (u8)(next_random() % 26 + 'a');
    }
    i32 size = pack(n);
    i32 back = unpack(size);
    for (i32 i = 0; i < n; i++) if (input[i] != output[i]) return -1;
    return size * 31 + back;
}
