package dev.jawa.js;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A program and its workers, and what they have in common besides the memories that they share: channels on which all hear
 * all others, and blobs that have a URL. Any thread may use it.
 */
final class AgentCluster {
    /** A {@code BroadcastChannel}. */
    record Listener(EventLoop loop, Consumer<Message> receiver) {
    }

    /** The content of a blob. */
    record BlobContent(byte[] bytes, String type) {
    }

    private final Map<String, List<Listener>> channels = new ConcurrentHashMap<>();
    private final Map<String, BlobContent> blobs = new ConcurrentHashMap<>();

    /** Joins a channel. */
    void join(String channel, Listener listener) {
        channels.computeIfAbsent(channel, _ -> new CopyOnWriteArrayList<>()).add(listener);
    }

    /** Leaves it. */
    void leave(String channel, Listener listener) {
        channels.computeIfPresent(channel, (_, all) -> {
            all.remove(listener);
            return all.isEmpty() ? null : all;
        });
    }

    /** Sends a message to all others on a channel. */
    void broadcast(String channel, Listener sender, Message message) {
        for (Listener listener : channels.getOrDefault(channel, List.of())) {
            if (listener != sender) {
                listener.loop().post(() -> listener.receiver().accept(message));
            }
        }
    }

    /** Gives a blob a URL. */
    void registerBlob(String url, BlobContent content) {
        blobs.put(url, content);
    }

    /** Takes the URL away. */
    void revokeBlob(String url) {
        blobs.remove(url);
    }

    /** What a URL without fragment stands for. */
    Optional<BlobContent> blob(String url) {
        return Optional.ofNullable(blobs.get(url));
    }
}
