package dev.jawa.js;

import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Slot;
import dev.jawa.js.graal.Values;
import dev.jawa.js.webassembly.WebAssemblyNamespace;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Function;

/** Messages, the channels that they go through, and blobs that have a URL, for the scripts of the host. */
final class ChannelBinding {
    private static final Slot<Message> MESSAGE = new Slot<>("Message", Message.class);
    private static final Slot<AgentCluster.Listener> LISTENER = new Slot<>("Listener", AgentCluster.Listener.class);

    private final Realm realm;
    private final EventLoop loop;
    private final AgentCluster cluster;
    private final WebAssemblyNamespace webAssembly;
    /** The ends that the program has, to be closed when it ends. */
    private final Set<MessageEnd> ends = Collections.newSetFromMap(new WeakHashMap<>());

    ChannelBinding(Realm realm, EventLoop loop, AgentCluster cluster, WebAssemblyNamespace webAssembly) {
        this.realm = realm;
        this.loop = loop;
        this.cluster = cluster;
        this.webAssembly = webAssembly;
    }

    void define(Object host) {
        method(host, "pack", arguments -> pack(arguments.get(0), arguments.get(1)));
        method(host, "packPlain", arguments -> Message.ofPlain(realm, arguments.get(0)).map(this::wrap)
                .orElse(Values.UNDEFINED));
        method(host, "unpack", arguments -> unpack(message(arguments.get(0))));
        realm.defineLazy(host, "ports", true, this::ports);
        realm.defineLazy(host, "broadcasts", true, this::broadcasts);
        realm.defineLazy(host, "blobUrls", true, this::blobUrls);
    }

    private void method(Object object, String name, Function<Arguments, Object> body) {
        realm.define(object, name, realm.helper(name, body));
    }

    private void action(Object object, String name, java.util.function.Consumer<Arguments> body) {
        method(object, name, arguments -> {
            body.accept(arguments);
            return Values.UNDEFINED;
        });
    }

    /** A message, from what the script wrote down and the buffers that it takes along. */
    private Object pack(Object parts, Object transferred) {
        return wrap(Message.of(realm, webAssembly, parts, Set.copyOf(realm.iterate(transferred))));
    }

    private Object wrap(Message message) {
        Object object = realm.newObject();
        MESSAGE.set(object, message);
        return object;
    }

    /** What the script is to read of a message that nobody else reads. */
    Object unpack(Message message) {
        return message.in(realm, webAssembly, false);
    }

    /** The message that the script has packed. */
    Message message(Object packed) {
        return MESSAGE.in(packed).orElseThrow();
    }

    /** An object of JavaScript for an end, which the program has from now on. */
    Object object(MessageEnd end) {
        return Message.object(realm, end);
    }

    private Object ports() {
        Object ports = realm.newObject();
        method(ports, "create", _ -> {
            MessageEnd end = MessageEnd.ofNewChannel();
            return realm.newArray(List.of(object(end), object(end.other())));
        });
        action(ports, "own", arguments -> own(Message.end(arguments.get(0)), arguments.get(1), arguments.get(2)));
        action(ports, "start", arguments -> Message.end(arguments.get(0)).start());
        action(ports, "post", arguments -> Message.end(arguments.get(0)).post(message(arguments.get(1))));
        method(ports, "take", arguments -> Message.end(arguments.get(0)).take().map(this::unpack)
                .orElse(Values.UNDEFINED));
        action(ports, "release", arguments -> {
            MessageEnd end = Message.end(arguments.get(0));
            end.disown();
            ends.remove(end);
        });
        action(ports, "close", arguments -> Message.end(arguments.get(0)).close());
        return ports;
    }

    private void own(MessageEnd end, Object arrived, Object closed) {
        ends.add(end);
        end.own(new MessageEnd.Owner(loop,
                () -> end.take().ifPresent(message -> realm.call(arrived, Values.UNDEFINED, unpack(message))),
                () -> realm.call(closed, Values.UNDEFINED)));
    }

    private Object broadcasts() {
        Object broadcasts = realm.newObject();
        method(broadcasts, "join", arguments -> {
            Object receiver = arguments.get(1);
            var listener = new AgentCluster.Listener(loop, message ->
                    realm.call(receiver, Values.UNDEFINED, message.in(realm, webAssembly, true)));
            Object object = realm.newObject();
            LISTENER.set(object, listener);
            cluster.join(Values.toString(arguments.get(0)), listener);
            return object;
        });
        action(broadcasts, "leave", arguments ->
                cluster.leave(Values.toString(arguments.get(0)), LISTENER.in(arguments.get(1)).orElseThrow()));
        action(broadcasts, "post", arguments -> cluster.broadcast(Values.toString(arguments.get(0)),
                LISTENER.in(arguments.get(1)).orElseThrow(), message(arguments.get(2))));
        return broadcasts;
    }

    private Object blobUrls() {
        Object urls = realm.newObject();
        action(urls, "register", arguments -> cluster.registerBlob(Values.toString(arguments.get(0)),
                new AgentCluster.BlobContent(Values.copyBytes(arguments.get(1)), Values.toString(arguments.get(2)))));
        action(urls, "revoke", arguments -> cluster.revokeBlob(Values.toString(arguments.get(0))));
        method(urls, "find", arguments -> cluster.blob(Values.toString(arguments.get(0))).map(blob ->
                realm.newArray(List.of(realm.newArrayBuffer(blob.bytes().clone()), Values.string(blob.type()))))
                .orElse(Values.UNDEFINED));
        return urls;
    }

    /** The program ends, and with it its ends of channels. */
    void close() {
        List.copyOf(ends).forEach(MessageEnd::close);
    }
}
