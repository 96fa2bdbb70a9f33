/** What a store may use, and how code is stopped that has used it up. */
package dev.jawa.runtime.limits;
