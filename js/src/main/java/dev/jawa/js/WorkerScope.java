package dev.jawa.js;

import java.util.function.Consumer;

/**
 * What a program knows that is a worker: what it was started with, and how it reaches the program that started it.
 *
 * @param data what it was given at the start
 * @param threadId from 1, different from that of all other workers of this JVM
 * @param name that it was given, or an empty text
 * @param isWeb whether its global object is that of a worker of a browser
 * @param port leads to the other program
 * @param errors takes what the worker did not catch
 * @param cluster that it belongs to
 */
record WorkerScope(Message data, int threadId, String name, boolean isWeb, MessageEnd port, Consumer<Message> errors,
        AgentCluster cluster) {
}
