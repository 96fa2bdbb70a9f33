package dev.jawa.js.webassembly;

import dev.jawa.LinkError;
import dev.jawa.Memory;
import dev.jawa.js.Permissions;
import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.ErrorType;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Values;
import dev.jawa.js.node.OpenFiles;
import dev.jawa.runtime.FunctionInstance;
import dev.jawa.wasi.Access;
import dev.jawa.wasi.Wasi;
import dev.jawa.wasi.preview1.ProcessExit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process of WASI for {@code node:wasi}. Its functions are the engine's own: WebAssembly calls them without going
 * through JavaScript.
 */
final class WasiBinding {
    private final Realm realm;
    private final ObjectCaches objects;
    private final Permissions permissions;
    private final OpenFiles files;

    WasiBinding(Realm realm, ObjectCaches objects, Permissions permissions, OpenFiles files) {
        this.realm = realm;
        this.objects = objects;
        this.permissions = permissions;
        this.files = files;
    }

    /** One process, and the memory that its functions use. */
    private final class BoundProcess {
        private Optional<Memory> memory = Optional.empty();

        Memory memory() {
            return memory.orElseThrow(() -> realm.errorWithCode(ErrorType.ERROR, "ERR_WASI_NOT_STARTED",
                    "wasi.start() has not been called"));
        }

        /** Takes the memory of an instance and calls one of its functions: the exit code if that ended the program. */
        Object run(Arguments arguments) {
            memory = Optional.of(objects.memory.in(arguments.get(0)).map(MemoryObject::memory).orElseThrow(() ->
                    invalid("The \"instance.exports.memory\" property must be a WebAssembly.Memory")));
            Object export = arguments.get(1);
            if (Values.isUndefined(export)) {
                return Values.UNDEFINED;
            }
            Optional<FunctionInstance> function = objects.functionOf(export);
            if (function.isEmpty()) {
                realm.call(export, Values.UNDEFINED);
                return Values.UNDEFINED;
            }
            try {
                objects.crossing().enter(() -> function.get().call());
                return Values.UNDEFINED;
            } catch (ProcessExit exit) {
                return exit.code();
            }
        }
    }

    private RuntimeException invalid(String message) {
        return realm.errorWithCode(ErrorType.TYPE_ERROR, "ERR_INVALID_ARG_TYPE", message);
    }

    /** The object with the functions of a process and with what runs an instance in it. */
    Object create(Arguments arguments) {
        var process = new BoundProcess();
        Object imports = realm.newObject();
        build(arguments.get(0)).functions(process::memory).forEach((name, function) ->
                realm.define(imports, name, objects.object(function)));
        Object result = realm.newObject();
        realm.define(result, "imports", imports);
        realm.define(result, "run", realm.helper("run", process::run));
        return result;
    }

    private Wasi build(Object options) {
        Wasi.Builder builder = Wasi.builder().args(texts(options, "args"));
        List<String> environment = texts(options, "env");
        for (int i = 0; i < environment.size(); i += 2) {
            builder.env(environment.get(i), environment.get(i + 1));
        }
        List<String> directories = texts(options, "preopens");
        for (int i = 0; i < directories.size(); i += 2) {
            Path host = Path.of(directories.get(i + 1)).toAbsolutePath().normalize();
            builder.dir(host, directories.get(i), access(host));
        }
        try {
            return builder.stdin(files.input(descriptor(options, "stdin")))
                    .stdout(files.output(descriptor(options, "stdout")))
                    .stderr(files.output(descriptor(options, "stderr"))).build();
        } catch (IOException e) {
            throw realm.error(ErrorType.ERROR, "WASI: stdin, stdout and stderr must be open files");
        } catch (LinkError e) {
            throw realm.error(ErrorType.ERROR, "WASI: " + e.getMessage());
        }
    }

    private Access access(Path directory) {
        if (!permissions.mayReadBelow(directory)) {
            throw realm.errorWithCode(ErrorType.ERROR, "ERR_ACCESS_DENIED", "Access to " + directory
                    + " and all below it has been restricted: no permission to read");
        }
        return permissions.mayWriteBelow(directory) ? Access.READ_WRITE : Access.READ_ONLY;
    }

    private List<String> texts(Object options, String name) {
        var texts = new ArrayList<String>();
        realm.iterate(realm.get(options, name)).forEach(text -> texts.add(Values.toString(text)));
        return texts;
    }

    private int descriptor(Object options, String name) {
        return Values.toInt32(realm.get(options, name));
    }
}
