/** Computations that can be suspended: what stack switching and JavaScript Promise Integration are made of. */
package dev.jawa.runtime.continuation;
