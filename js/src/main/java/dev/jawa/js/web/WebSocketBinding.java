package dev.jawa.js.web;

import dev.jawa.js.EventLoop;
import dev.jawa.js.Permissions;
import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Values;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Connections of the script {@code web/websocket}, over {@code java.net.http}. */
public final class WebSocketBinding {
    private static final int ABNORMAL_CLOSURE = 1006;

    /** One for all, made when it is needed. */
    private static final class Client {
        static final HttpClient CLIENT = HttpClient.newHttpClient();
    }

    private final Realm realm;
    private final EventLoop loop;
    private final Permissions permissions;

    /** A binding for a program. */
    public WebSocketBinding(Realm realm, EventLoop loop, Permissions permissions) {
        this.realm = realm;
        this.loop = loop;
        this.permissions = permissions;
    }

    /**
     * {@code connect(url, protocols, opened, received, closed)}: what sends and closes.
     *
     * <p>{@code opened} gets the protocol that was chosen, {@code received} a text or an {@code ArrayBuffer}, {@code closed}
     * the code, the reason, whether it was closed properly, and what went wrong. The program runs until then.
     */
    public Object connect(Arguments arguments) {
        URI url = URI.create(Values.toString(arguments.get(0)));
        List<String> protocols = realm.iterate(arguments.get(1)).stream().map(Values::toString).toList();
        int port = url.getPort() >= 0 ? url.getPort() : url.getScheme().equals("wss") ? 443 : 80;
        var connection = new Connection(arguments.get(2), arguments.get(3), arguments.get(4));
        loop.hold();
        if (permissions.mayConnect(url.getHost(), port)) {
            connection.open(url, protocols);
        } else {
            connection.ended(ABNORMAL_CLOSURE, "", false,
                    "connections to " + url.getHost() + ":" + port + " are not allowed");
        }
        Object handle = realm.newObject();
        realm.define(handle, "send", realm.helper("send", given -> connection.send(given.get(0))));
        realm.define(handle, "close", realm.helper("close", given ->
                connection.close(Values.toInt32(given.get(0)), Values.toString(given.get(1)))));
        return handle;
    }

    private final class Connection implements WebSocket.Listener {
        private final Object opened;
        private final Object received;
        private final Object closed;
        private final CompletableFuture<WebSocket> connected = new CompletableFuture<>();
        // What is sent goes in its order, each after the one before.
        private CompletableFuture<WebSocket> sending = connected;
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
        private boolean isOver;

        Connection(Object opened, Object received, Object closed) {
            this.opened = opened;
            this.received = received;
            this.closed = closed;
        }

        void open(URI url, List<String> protocols) {
            WebSocket.Builder builder = Client.CLIENT.newWebSocketBuilder();
            if (!protocols.isEmpty()) {
                builder.subprotocols(protocols.getFirst(),
                        protocols.subList(1, protocols.size()).toArray(String[]::new));
            }
            builder.buildAsync(url, this).whenComplete((socket, problem) -> {
                if (problem != null) {
                    ended(ABNORMAL_CLOSURE, "", false, "the connection failed: " + problem.getMessage());
                } else {
                    loop.post(() -> realm.call(opened, Values.UNDEFINED, Values.string(socket.getSubprotocol())));
                    connected.complete(socket);
                }
            });
        }

        Object send(Object data) {
            if (Values.isString(data)) {
                String content = Values.toString(data);
                sending = sending.thenCompose(socket -> socket.sendText(content, true));
            } else {
                ByteBuffer content = ByteBuffer.wrap(Values.copyBytes(data));
                sending = sending.thenCompose(socket -> socket.sendBinary(content, true));
            }
            return Values.UNDEFINED;
        }

        Object close(int code, String reason) {
            sending = sending.thenCompose(socket -> socket.sendClose(code, reason));
            return Values.UNDEFINED;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                String whole = text.toString();
                text.setLength(0);
                loop.post(() -> realm.call(received, Values.UNDEFINED, Values.string(whole)));
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] part = new byte[data.remaining()];
            data.get(part);
            binary.writeBytes(part);
            if (last) {
                byte[] whole = binary.toByteArray();
                binary.reset();
                loop.post(() -> realm.call(received, Values.UNDEFINED, realm.newArrayBuffer(whole)));
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            // The JDK says that a connection was lost by this code.
            ended(code, reason, code != ABNORMAL_CLOSURE, "the connection was lost");
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable problem) {
            ended(ABNORMAL_CLOSURE, "", false, String.valueOf(problem.getMessage()));
        }

        /** On any thread. */
        void ended(int code, String reason, boolean isClean, String problem) {
            loop.post(() -> {
                if (!isOver) {
                    isOver = true;
                    loop.release();
                    realm.call(closed, Values.UNDEFINED, code, Values.string(reason), isClean, Values.string(problem));
                }
            });
        }
    }
}
