package dev.jawa.js;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client of web sockets, with a server that sends back what it gets (RFC 6455). */
@Timeout(60)
class WebSocketTest {
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;

    @TempDir
    private Path folder;

    private ServerSocket server;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (true) {
                try {
                    Socket socket = server.accept();
                    Thread.ofVirtual().start(() -> serve(socket));
                } catch (IOException _) {
                    return;
                }
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static void serve(Socket socket) {
        try (socket) {
            var in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            shakeHands(in, out);
            while (true) {
                int type = in.readUnsignedByte() & 0xF;
                int length = in.readUnsignedByte() & 0x7F;
                if (length == 126) {
                    length = in.readUnsignedShort();
                }
                byte[] mask = in.readNBytes(4);
                byte[] data = in.readNBytes(length);
                for (int i = 0; i < data.length; i++) {
                    data[i] ^= mask[i % 4];
                }
                if (type == TEXT && new String(data, StandardCharsets.UTF_8).equals("hang up")) {
                    return;
                }
                if (type == TEXT || type == BINARY || type == CLOSE) {
                    write(out, type, data);
                }
                if (type == CLOSE) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void shakeHands(DataInputStream in, OutputStream out) throws IOException {
        String key = "";
        String protocol = "";
        for (String line; !(line = readLine(in)).isEmpty();) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("sec-websocket-key:")) {
                key = line.substring(line.indexOf(':') + 1).strip();
            } else if (lower.startsWith("sec-websocket-protocol:")) {
                protocol = "Sec-WebSocket-Protocol: " + line.substring(line.indexOf(':') + 1).split(",")[0].strip() + "\r\n";
            }
        }
        out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" + protocol
                + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(
                    (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String readLine(DataInputStream in) throws IOException {
        var line = new StringBuilder();
        for (int character; (character = in.readUnsignedByte()) != '\n';) {
            line.append((char) character);
        }
        return line.toString().strip();
    }

    private static void write(OutputStream out, int type, byte[] data) throws IOException {
        out.write(0x80 | type);
        if (data.length < 126) {
            out.write(data.length);
        } else {
            out.write(new byte[] {126, (byte) (data.length >> 8), (byte) data.length});
        }
        out.write(data);
        out.flush();
    }

    private List<String> run(String program) {
        return Run.module(folder, "const url = 'ws://127.0.0.1:" + server.getLocalPort() + "/path?x';\n" + program).lines();
    }

    @Test
    void messagesComeBack() {
        assertEquals(List.of("open 1 chat true 0", "InvalidStateError", "text 'häl\\nlo'", "blob 3", "buffer 1,2,3", "long 5000",
                "closing 2", "close 1000 bye true 3"), run("""
                const socket = new WebSocket(url, ['chat', 'other']);
                try { socket.send('too early'); } catch (error) { var early = error.name; }
                const next = () => new Promise((resolve) => { socket.addEventListener('message', (event) => resolve(event.data), { once: true }); });
                await new Promise((resolve) => { socket.onopen = resolve; });
                console.log('open', socket.readyState, socket.protocol, socket.url === url, socket.bufferedAmount);
                console.log(early);
                socket.send('häl\\nlo');
                console.log('text %o', await next());
                socket.send(new Uint8Array([1, 2, 3]));
                console.log('blob', (await next()).size);
                socket.binaryType = 'arraybuffer';
                socket.send(new Blob([new Uint8Array([1, 2, 3])]));
                console.log('buffer', `${new Uint8Array(await next())}`);
                socket.send('x'.repeat(5000));
                console.log('long', (await next()).length);
                socket.close(1000, 'bye');
                console.log('closing', socket.readyState);
                socket.onclose = ({ code, reason, wasClean }) => console.log('close', code, reason, wasClean, socket.readyState);
                """));
    }

    @Test
    void whatGoesWrong() {
        assertEquals(List.of("SyntaxError SyntaxError SyntaxError SyntaxError", "error close 1006 false", "error close 1006 false",
                "InvalidAccessError"), run("""
                const name = (fails) => { try { return fails(); } catch (error) { return error.name; } };
                console.log(...['nonsense', 'ftp://x/', `${url}#fragment`].map((one) => name(() => new WebSocket(one))),
                  name(() => new WebSocket(url, ['a', 'a'])));
                const end = (socket) => new Promise((resolve) => {
                  const events = [];
                  socket.onerror = () => events.push('error');
                  socket.onclose = ({ code, wasClean }) => resolve([...events, 'close', code, wasClean]);
                });
                const socket = new WebSocket(url.replace(/^ws/, 'http'));
                socket.onopen = () => socket.send('hang up');
                console.log(...await end(socket));
                console.log(...await end(new WebSocket('ws://127.0.0.1:1/')));
                const other = new WebSocket(url);
                console.log(name(() => other.close(5)));
                other.onopen = () => other.close();
                """));
    }
}
