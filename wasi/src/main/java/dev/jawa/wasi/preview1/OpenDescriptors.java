package dev.jawa.wasi.preview1;

import dev.jawa.LinkError;
import dev.jawa.wasi.file.Directory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;

/** What a process has open when it begins. */
public final class OpenDescriptors {
    private final DescriptorTable table;

    /** Into a table that is empty. */
    public OpenDescriptors(DescriptorTable table) {
        this.table = table;
    }

    @FunctionalInterface
    private interface Opening {
        Descriptor open() throws IOException;
    }

    private void add(String what, Opening opening) {
        try {
            table.add(opening.open());
        } catch (NoSuchFileException _) {
            throw new LinkError("there is no " + what);
        } catch (NotDirectoryException _) {
            throw new LinkError("no directory: " + what);
        } catch (IOException e) {
            throw new LinkError("cannot open " + what + ": " + e.getMessage());
        } catch (UnsupportedOperationException e) {
            throw new LinkError(e.getMessage() + ", so a program could not be kept inside; an in-memory file system"
                    + " such as Jimfs has them");
        }
    }

    /** Standard input, output and error. */
    public void streams(InputStream input, OutputStream output, OutputStream error, boolean terminal) {
        add("standard input", () -> StreamDescriptor.of(new PolledInput(input), terminal));
        add("standard output", () -> StreamDescriptor.of(output, terminal));
        add("standard error", () -> StreamDescriptor.of(error, terminal));
    }

    /** A directory, which the program finds under a name. */
    public void directory(Path host, String guest, boolean readOnly) {
        long given = readOnly ? Rights.ALL & ~Rights.CHANGES : Rights.ALL;
        add(host.toString(), () -> new DirectoryDescriptor(Directory.open(host), readOnly, Optional.of(guest),
                Rights.DIRECTORY & given, given, 0));
    }

    /** A socket of one of the two kinds. */
    public void socket(AutoCloseable socket) {
        add("socket", () -> switch (socket) {
            case SocketChannel connected ->
                new SocketDescriptor(connected, connected.isBlocking() ? 0 : Descriptor.NONBLOCK);
            case ServerSocketChannel server -> new ServerSocketDescriptor(server);
            default -> throw new IllegalArgumentException(socket.getClass().getName());
        });
    }

    /** Closes everything again. */
    public void closeAll() {
        try {
            table.close();
        } catch (IOException _) {
            // The error that led here says more.
        }
    }
}
