/** What the modules of Node.js need of Java: files, bytes as text, digests, the process. */
package dev.jawa.js.node;
