package dev.jawa.runtime.memory;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Blocks of zero bytes outside the heap, which are given back when nobody can reach them any more.
 *
 * <p>The JDK's own allocation writes every byte. Large blocks should take memory page by page, as they are used. The C
 * library's {@code calloc} gives such, but only where the program allows native access is there no warning. Elsewhere
 * they are private mappings of an empty file, into which nothing ever gets; there the first use of a page costs more.
 */
final class NativeBlocks {
    /** Blocks up to this size are written to when they are allocated. */
    static final long SMALL = 1 << 20;

    /** Where the files are; not on a file system in memory, where their pages would come on top of the block's. */
    private static final Optional<Path> FOLDER =
            Stream.of(Path.of(System.getProperty("java.io.tmpdir")), Path.of("/var/tmp")).filter(Files::isWritable)
                    .min(Comparator.comparing(NativeBlocks::isInMemory));

    private NativeBlocks() {
    }

    private static boolean isInMemory(Path folder) {
        try {
            return Files.getFileStore(folder).type().equals("tmpfs");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A block, if there is room for it. */
    static Optional<MemorySegment> allocate(long bytes) {
        if (bytes > SMALL && NativeBlocks.class.getModule().isNativeAccessEnabled()) {
            return CLibrary.allocate(bytes);
        }
        if (bytes > SMALL && FOLDER.isPresent()) {
            // File channels close when a thread that uses them is interrupted.
            boolean interrupted = Thread.interrupted();
            try {
                return Optional.of(map(FOLDER.get(), bytes));
            } catch (IOException e) {
                if (e.getCause() instanceof OutOfMemoryError) {
                    return Optional.empty();
                }
                // Some file systems cannot have large files that are empty.
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
        try {
            return Optional.of(Arena.ofAuto().allocate(Math.max(bytes, Long.BYTES), Long.BYTES));
        } catch (OutOfMemoryError _) {
            return Optional.empty();
        }
    }

    private static MemorySegment map(Path folder, long bytes) throws IOException {
        Path file = Files.createTempFile(folder, "jawa", "");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE)) {
            return channel.map(FileChannel.MapMode.PRIVATE, 0, bytes, Arena.ofAuto());
        }
    }

    /** The C library, looked up when the first large block is wanted. */
    private static final class CLibrary {
        private static final MethodHandle CALLOC = function("calloc",
                FunctionDescriptor.of(ADDRESS, JAVA_LONG, JAVA_LONG));
        private static final MethodHandle FREE = function("free", FunctionDescriptor.ofVoid(ADDRESS));

        private static MethodHandle function(String name, FunctionDescriptor type) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type);
        }

        static Optional<MemorySegment> allocate(long bytes) {
            try {
                var block = (MemorySegment) CALLOC.invokeExact(1L, bytes);
                return block.address() == 0 ? Optional.empty()
                        : Optional.of(block.reinterpret(bytes, Arena.ofAuto(), CLibrary::free));
            } catch (Throwable e) {
                throw new IllegalStateException("calloc", e);
            }
        }

        private static void free(MemorySegment block) {
            try {
                FREE.invokeExact(block);
            } catch (Throwable e) {
                throw new IllegalStateException("free", e);
            }
        }
    }
}
