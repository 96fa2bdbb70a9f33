/** The functions of {@code wasi_snapshot_preview1} and what they work on, by the names that WASI gives them. */
package dev.jawa.wasi.preview1;
