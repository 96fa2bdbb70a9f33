/** The JDK's cryptography for the Web Cryptography API and {@code node:crypto}. */
package dev.jawa.js.crypto;
