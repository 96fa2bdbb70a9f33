/** Linear memories (core spec 4.2.10): the blocks of bytes that they are, and what works on them. */
package dev.jawa.runtime.memory;
