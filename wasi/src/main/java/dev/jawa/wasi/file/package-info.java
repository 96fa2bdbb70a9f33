/**
 * Files below a directory and nowhere else. {@link dev.jawa.wasi.file.PathResolver} goes from directory to directory by
 * open handles, so that no path and no race leads out.
 */
package dev.jawa.wasi.file;
