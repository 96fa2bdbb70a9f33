package dev.jawa.wasi.preview1;

import dev.jawa.Instance;
import dev.jawa.RuntimeError;
import dev.jawa.wasi.file.Errno;
import dev.jawa.wasi.file.ErrnoException;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Waiting for time to pass and for descriptors to be ready: {@code poll_oneoff}. */
public final class PollFunctions {
    private static final int SUBSCRIPTION_SIZE = 48;
    private static final int EVENT_SIZE = 32;
    private static final int CLOCK = 0;
    private static final int FD_READ = 1;
    private static final int FD_WRITE = 2;
    private static final int ABSOLUTE = 1;
    private static final int MOST_SUBSCRIPTIONS = 1 << 14;
    /** How long to wait for a stream while sockets are waited for as well, since no call waits for both. */
    private static final long MIXED_WAIT = 2_000_000;

    private final Process process;

    /** The functions of a process. */
    public PollFunctions(Process process) {
        this.process = process;
    }

    /**
     * What is waited for.
     *
     * @param deadline on the monotonic clock of the host, for a clock
     * @param descriptor for a descriptor that can be waited for
     * @param failure if it is over before it began
     */
    private record Subscription(long userData, int type, long deadline, Optional<Descriptor> descriptor,
            Errno failure) {
    }

    private record Event(Subscription subscription, Errno errno, long bytes) {
    }

    public int poll_oneoff(Instance caller, int subscriptions, int events, int count, int result) {
        GuestMemory memory = process.memory(caller);
        return GuestMemory.attempt(() -> {
            if (count <= 0 || count > MOST_SUBSCRIPTIONS) {
                throw new ErrnoException(Errno.INVAL);
            }
            var wanted = new ArrayList<Subscription>();
            for (int i = 0; i < count; i++) {
                wanted.add(read(memory, subscriptions + i * SUBSCRIPTION_SIZE));
            }
            List<Event> ready = await(wanted);
            for (int i = 0; i < ready.size(); i++) {
                write(memory, events + i * EVENT_SIZE, ready.get(i));
            }
            memory.putInt(result, ready.size());
        });
    }

    private Subscription read(GuestMemory memory, int address) throws IOException {
        long userData = memory.longAt(address);
        int type = memory.byteAt(address + 8);
        switch (type) {
            case CLOCK -> {
                try {
                    long deadline = deadline(memory.intAt(address + 16), memory.longAt(address + 24),
                            memory.shortAt(address + 40));
                    return new Subscription(userData, type, deadline, Optional.empty(), Errno.SUCCESS);
                } catch (ErrnoException e) {
                    return new Subscription(userData, type, 0, Optional.empty(), e.errno());
                }
            }
            case FD_READ, FD_WRITE -> {
                try {
                    Descriptor descriptor = process.descriptors().find(memory.intAt(address + 16),
                            Rights.POLL_FD_READWRITE);
                    return new Subscription(userData, type, 0, Optional.of(descriptor), Errno.SUCCESS);
                } catch (ErrnoException e) {
                    return new Subscription(userData, type, 0, Optional.empty(), e.errno());
                }
            }
            default -> throw new ErrnoException(Errno.INVAL);
        }
    }

    private long deadline(int clock, long timeout, int flags) throws IOException {
        if (clock != Process.REALTIME && clock != Process.MONOTONIC) {
            throw new ErrnoException(Errno.NOTSUP);
        }
        long left = (flags & ABSOLUTE) != 0 ? Math.max(0, timeout - ProcessFunctions.time(process, clock)) : timeout;
        // Both are unsigned; what is further than a century away is never.
        boolean never = left < 0 || left > 100L * 365 * 86_400 * 1_000_000_000;
        return never ? Long.MAX_VALUE : System.nanoTime() + left;
    }

    private static void write(GuestMemory memory, int address, Event event) {
        memory.slice(address, EVENT_SIZE).fill((byte) 0);
        memory.putLong(address, event.subscription().userData());
        memory.putShort(address + 8, event.errno().code());
        memory.putByte(address + 10, event.subscription().type());
        if (event.subscription().type() != CLOCK) {
            memory.putLong(address + 16, event.bytes());
        }
    }

    // ---- waiting

    private static List<Event> await(List<Subscription> subscriptions) throws IOException {
        try (Sockets sockets = new Sockets(subscriptions)) {
            while (true) {
                List<Event> ready = ready(subscriptions, sockets);
                if (!ready.isEmpty()) {
                    return ready;
                }
                sleep(subscriptions, sockets);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RuntimeError(RuntimeError.Kind.INTERRUPTED, "while the program waited in poll_oneoff");
        }
    }

    private static List<Event> ready(List<Subscription> subscriptions, Sockets sockets) throws IOException {
        sockets.selectNow();
        long now = System.nanoTime();
        var ready = new ArrayList<Event>();
        for (Subscription subscription : subscriptions) {
            if (subscription.failure() != Errno.SUCCESS) {
                ready.add(new Event(subscription, subscription.failure(), 0));
            } else if (subscription.descriptor().isEmpty()) {
                if (subscription.deadline() != Long.MAX_VALUE && now - subscription.deadline() >= 0) {
                    ready.add(new Event(subscription, Errno.SUCCESS, 0));
                }
            } else if (isReady(subscription, subscription.descriptor().get(), sockets)) {
                long bytes = subscription.type() == FD_READ ? subscription.descriptor().get().readable() : 0;
                ready.add(new Event(subscription, Errno.SUCCESS, bytes));
            }
        }
        return ready;
    }

    private static boolean isReady(Subscription subscription, Descriptor descriptor, Sockets sockets)
            throws IOException {
        return switch (descriptor) {
            case StreamDescriptor stream -> subscription.type() == FD_WRITE || isReady(stream);
            case SocketDescriptor socket -> subscription.type() == FD_READ && socket.readable() > 0
                    || sockets.isReady(subscription);
            case ServerSocketDescriptor _ -> sockets.isReady(subscription);
            case FileDescriptor _, DirectoryDescriptor _ -> true;
        };
    }

    private static boolean isReady(StreamDescriptor stream) throws IOException {
        try {
            return stream.awaitInput(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void sleep(List<Subscription> subscriptions, Sockets sockets)
            throws IOException, InterruptedException {
        long deadline = subscriptions.stream().filter(s -> s.descriptor().isEmpty())
                .mapToLong(Subscription::deadline).min().orElse(Long.MAX_VALUE);
        long left = deadline == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(1, deadline - System.nanoTime());
        Optional<StreamDescriptor> stream = subscriptions.stream().flatMap(s -> s.descriptor().stream())
                .filter(StreamDescriptor.class::isInstance).map(StreamDescriptor.class::cast).findFirst();
        if (stream.isPresent()) {
            stream.get().awaitInput(sockets.isEmpty() ? left : Math.min(left, MIXED_WAIT));
        } else if (!sockets.isEmpty()) {
            sockets.select(left);
        } else {
            Thread.sleep(java.time.Duration.ofNanos(left));
        }
    }

    /** The sockets among the subscriptions; blocking ones are made to block again at the end. */
    private static final class Sockets implements AutoCloseable {
        private final List<Subscription> subscriptions = new ArrayList<>();
        private final List<SelectionKey> keys = new ArrayList<>();
        private final List<SelectableChannel> blocking = new ArrayList<>();
        private final Optional<Selector> selector;

        Sockets(List<Subscription> all) throws IOException {
            for (Subscription subscription : all) {
                if (channel(subscription).isPresent()) {
                    subscriptions.add(subscription);
                }
            }
            selector = subscriptions.isEmpty() ? Optional.empty() : Optional.of(Selector.open());
            for (Subscription subscription : subscriptions) {
                register(subscription, channel(subscription).orElseThrow());
            }
        }

        private static Optional<SelectableChannel> channel(Subscription subscription) {
            return subscription.descriptor().flatMap(descriptor -> switch (descriptor) {
                case SocketDescriptor socket -> Optional.of(socket.channel());
                case ServerSocketDescriptor server -> Optional.of(server.channel());
                default -> Optional.empty();
            });
        }

        private void register(Subscription subscription, SelectableChannel channel) throws IOException {
            if (channel.isBlocking()) {
                blocking.add(channel);
                channel.configureBlocking(false);
            }
            int interest = subscription.descriptor().orElseThrow() instanceof ServerSocketDescriptor
                    ? SelectionKey.OP_ACCEPT : SocketDescriptor.interest(subscription.type() == FD_READ);
            SelectionKey key = channel.keyFor(selector.orElseThrow());
            if (key == null) {
                key = channel.register(selector.orElseThrow(), interest);
            } else {
                key.interestOpsOr(interest);
            }
            keys.add(key);
        }

        boolean isEmpty() {
            return subscriptions.isEmpty();
        }

        void selectNow() throws IOException {
            if (selector.isPresent()) {
                selector.get().selectNow();
            }
        }

        void select(long nanoseconds) throws IOException, InterruptedException {
            long milliseconds = nanoseconds == Long.MAX_VALUE ? 0 : Math.max(1, nanoseconds / 1_000_000);
            selector.orElseThrow().select(milliseconds);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }

        boolean isReady(Subscription subscription) {
            SelectionKey key = keys.get(subscriptions.indexOf(subscription));
            int wanted = key.channel() instanceof java.nio.channels.ServerSocketChannel ? SelectionKey.OP_ACCEPT
                    : SocketDescriptor.interest(subscription.type() == FD_READ);
            return (key.readyOps() & wanted) != 0;
        }

        @Override
        public void close() throws IOException {
            if (selector.isPresent()) {
                selector.get().close();
            }
            for (SelectableChannel channel : blocking) {
                channel.configureBlocking(true);
            }
        }
    }
}
