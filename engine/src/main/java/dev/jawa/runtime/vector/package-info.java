/** The instructions on vectors, on the two halves that a v128 is in compiled code. */
package dev.jawa.runtime.vector;
