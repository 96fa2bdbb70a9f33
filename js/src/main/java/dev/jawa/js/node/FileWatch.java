package dev.jawa.js.node;

import dev.jawa.js.TaskQueue;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Watches a file or a folder for {@code fs.watch}, on a thread of its own. */
final class FileWatch implements AutoCloseable {
    private final WatchService service;
    private final Path root;
    private final Optional<Path> file;
    private final boolean recursive;

    private FileWatch(WatchService service, Path root, Optional<Path> file, boolean recursive) {
        this.service = service;
        this.root = root;
        this.file = file;
        this.recursive = recursive;
    }

    /**
     * Begins to watch.
     *
     * @param changed gets as a task {@code rename} or {@code change}, and the name in the folder
     */
    static FileWatch start(Path path, boolean recursive, TaskQueue loop, BiConsumer<String, String> changed)
            throws IOException {
        boolean isFolder = Files.isDirectory(path);
        Path folder = isFolder ? path : path.toAbsolutePath().getParent();
        if (!Files.exists(path)) {
            throw new java.nio.file.NoSuchFileException(path.toString());
        }
        var watch = new FileWatch(folder.getFileSystem().newWatchService(), folder,
                isFolder ? Optional.empty() : Optional.of(path.getFileName()), recursive && isFolder);
        watch.register(folder);
        Thread.ofPlatform().daemon().name("jawa-file-watch").start(() -> watch.run(loop, changed));
        return watch;
    }

    private void register(Path folder) throws IOException {
        if (!recursive) {
            registerOne(folder);
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) throws IOException {
                registerOne(inner);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void registerOne(Path folder) throws IOException {
        folder.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE,
                StandardWatchEventKinds.ENTRY_MODIFY);
    }

    private void run(TaskQueue loop, BiConsumer<String, String> changed) {
        try {
            while (true) {
                WatchKey key = service.take();
                for (WatchEvent<?> event : key.pollEvents()) {
                    tell(key, event, loop, changed);
                }
                key.reset();
            }
        } catch (ClosedWatchServiceException _) {
            // That is how it ends.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(WatchKey key, WatchEvent<?> event, TaskQueue loop, BiConsumer<String, String> changed) {
        if (!(event.context() instanceof Path name)) {
            return;
        }
        Path path = ((Path) key.watchable()).resolve(name);
        if (recursive && Files.isDirectory(path)) {
            try {
                register(path);
            } catch (IOException _) {
                // It has gone again.
            }
        }
        if (file.isEmpty() || file.get().equals(name)) {
            String kind = event.kind() == StandardWatchEventKinds.ENTRY_MODIFY ? "change" : "rename";
            loop.post(() -> changed.accept(kind, root.relativize(path).toString()));
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException _) {
            // Nobody listens any more in any case.
        }
    }
}
