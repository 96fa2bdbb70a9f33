// Small kernels: one loop nest each.
#include "bench.h"

static double a[256 * 256], b[256 * 256], c[256 * 256];

EXPORT(matmul) {
    for (i32 i = 0; i < n * n; i++) {
        a[i] = i % 7;
        b[i] = i % 5;
    }
    for (i32 i = 0; i < n; i++) {
        for (i32 j = 0; j < n; j++) {
            double sum = 0;
            for (i32 k = 0; k < n; k++) sum += a[i * n + k] * b[k * n + j];
            c[i * n + j] = sum;
        }
    }
    double total = 0;
    for (i32 i = 0; i < n * n; i++) total += c[i];
    return (i32)total;
}

static u8 flags[4000000];

EXPORT(sieve) {
    for (i32 i = 0; i < n; i++) flags[i] = 1;
    for (i32 i = 2; i * i < n; i++) {
        if (flags[i]) for (i32 j = i * i; j < n; j += i) flags[j] = 0;
    }
    i32 count = 0;
    for (i32 i = 2; i < n; i++) count += flags[i];
    return count;
}

EXPORT(fib) {
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

static u32 numbers[1000000];

static void sort(i32 left, i32 right) {
    while (left < right) {
        u32 pivot = numbers[(left + right) / 2];
        i32 i = left, j = right;
        while (i <= j) {
            while (numbers[i] < pivot) i++;
            while (numbers[j] > pivot) j--;
            if (i <= j) {
                u32 t = numbers[i];
                numbers[i++] = numbers[j];
                numbers[j--] = t;
            }
        }
        sort(left, j);
        left = i;
    }
}

EXPORT(quicksort) {
    random_state = 42;
    for (i32 i = 0; i < n; i++) numbers[i] = next_random();
    sort(0, n - 1);
    return (i32)(numbers[n / 2] ^ numbers[n / 3]);
}

EXPORT(mandelbrot) {
    i32 count = 0;
    for (i32 y = 0; y < n; y++) {
        for (i32 x = 0; x < n; x++) {
            double cr = 2.0 * x / n - 1.5, ci = 2.0 * y / n - 1, zr = 0, zi = 0;
            i32 i = 0;
            for (; i < 50 && zr * zr + zi * zi < 4; i++) {
                double t = zr * zr - zi * zi + cr;
                zi = 2 * zr * zi + ci;
                zr = t;
            }
            count += i;
        }
    }
    return count;
}

EXPORT(crc32) {
    u32 crc = ~0u;
    for (i32 i = 0; i < n; i++) {
        crc ^= (u8)(i * 31);
        for (i32 k = 0; k < 8; k++) crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
    }
    return (i32)crc;
}

EXPORT(words) {
    u32 *start = numbers, *end = numbers + 400000, sum = 0;
    for (i32 round = 0; round < n; round++) {
        for (u32 *p = start; p != end; p++) *p = round + (u32)(p - start);
        for (u32 *p = start; p != end; p++) sum += *p;
    }
    return (i32)sum;
}

typedef struct node {
    struct node *next;
    i32 value;
} node;

static node nodes[100000];

EXPORT(chase) {
    random_state = 1;
    for (i32 i = 0; i < 100000; i++) {
        nodes[i].next = &nodes[next_random() % 100000];
        nodes[i].value = i;
    }
    node *p = nodes;
    i32 sum = 0;
    for (i32 i = 0; i < n; i++) {
        sum += p->value;
        p = i & 255 ? p->next : &nodes[i % 100000];
    }
    return sum;
}

static i32 increment(i32 x) { return x + 1; }
static i32 triple(i32 x) { return x * 3; }
static i32 flip(i32 x) { return x ^ 0x55; }
static i32 halve(i32 x) { return x >> 1; }
static i32 (*functions[])(i32) = {increment, triple, flip, halve};

EXPORT(indirect) {
    i32 x = 1;
    for (i32 i = 0; i < n; i++) x = functions[i * 7 >> 2 & 3](x);
    return x;
}

EXPORT(queens) {
    i32 count = 0, row = 0, place[16];
    place[0] = -1;
    while (row >= 0) {
        i32 column = place[row] + 1, free = 0;
        for (; column < n && !free; column += !free) {
            free = 1;
            for (i32 i = 0; i < row && free; i++) {
                i32 distance = place[i] - column;
                free = distance != 0 && distance != row - i && distance != i - row;
            }
        }
        if (!free) {
            row--;
        } else if (row == n - 1) {
            count++;
            place[row] = column;
        } else {
            place[row] = column;
            place[++row] = -1;
        }
    }
    return count;
}

typedef struct {
    double x, y, z, vx, vy, vz, mass;
} body;

EXPORT(nbody) {
    body bodies[5];
    for (i32 i = 0; i < 5; i++) {
        bodies[i] = (body){i * 1.5 + 1, i * 0.7 - 1, i * 0.3, 0.1 * i, 0.2 - 0.1 * i, 0.05, 1.0 / (i + 1)};
    }
    for (i32 step = 0; step < n; step++) {
        for (i32 i = 0; i < 5; i++) {
            for (i32 j = i + 1; j < 5; j++) {
                double dx = bodies[i].x - bodies[j].x, dy = bodies[i].y - bodies[j].y, dz = bodies[i].z - bodies[j].z;
                double square = dx * dx + dy * dy + dz * dz + 0.01;
                double pull = 0.001 / (square * __builtin_sqrt(square));
                bodies[i].vx -= dx * bodies[j].mass * pull;
                bodies[i].vy -= dy * bodies[j].mass * pull;
                bodies[i].vz -= dz * bodies[j].mass * pull;
                bodies[j].vx += dx * bodies[i].mass * pull;
                bodies[j].vy += dy * bodies[i].mass * pull;
                bodies[j].vz += dz * bodies[i].mass * pull;
            }
        }
        for (i32 i = 0; i < 5; i++) {
            bodies[i].x += 0.001 * bodies[i].vx;
            bodies[i].y += 0.001 * bodies[i].vy;
            bodies[i].z += 0.001 * bodies[i].vz;
        }
    }
    return (i32)(bodies[0].x * 1e6);
}
