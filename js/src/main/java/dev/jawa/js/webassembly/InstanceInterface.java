package dev.jawa.js.webassembly;

import dev.jawa.Extern;
import dev.jawa.Instance;
import dev.jawa.Limits;
import dev.jawa.Module;
import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.InterfaceBuilder;
import dev.jawa.js.graal.Realm;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Section "Instances". */
final class InstanceInterface {
    private static final String CONSTRUCTOR = "WebAssembly.Instance()";

    private final Realm realm;
    private final ObjectCaches objects;
    private final ImportReader importReader;
    private final WebIdl idl;
    private final Limits limits;
    private final InterfaceBuilder definition;

    InstanceInterface(Realm realm, ObjectCaches objects, ImportReader importReader, WebIdl idl, Limits limits) {
        this.realm = realm;
        this.objects = objects;
        this.importReader = importReader;
        this.idl = idl;
        this.limits = limits;
        this.definition = new InterfaceBuilder(realm, "Instance", "WebAssembly.Instance", 1, this::construct)
                .getter("exports", this::exports);
    }

    InterfaceBuilder define() {
        return definition;
    }

    private Object construct(Supplier<Object> newObject, Arguments arguments) {
        idl.require(arguments, 1, CONSTRUCTOR);
        Module module = objects.module.in(arguments.get(0))
                .orElseThrow(() -> realm.typeError(CONSTRUCTOR + ": argument 0 must be a WebAssembly.Module"));
        Optional<Object> importObject = idl.optionalObject(arguments.get(1), CONSTRUCTOR);
        Object object = newObject.get();
        return initialize(object, module, importReader.read(module, importObject));
    }

    private Object exports(Object self, Arguments arguments) {
        return objects.exports.in(self)
                .orElseThrow(() -> realm.typeError("WebAssembly.Instance.exports: the receiver is no Instance"));
    }

    /** A new {@code Instance} of a module with imports that have been read. */
    Object create(Module module, List<Extern> imports) {
        return initialize(realm.newObject(definition.prototype()), module, imports);
    }

    private Object initialize(Object object, Module module, List<Extern> imports) {
        Instance instance = objects.crossing().enter(() -> new Instance(module, imports, limits));
        var externs = instance.exports().all();
        Object exports = realm.newObjectWithoutPrototype(externs.size());
        externs.forEach((name, extern) -> realm.define(exports, name, objects.object(extern)));
        realm.freeze(exports);
        objects.exports.set(object, exports);
        objects.instance.set(object, instance);
        return object;
    }
}
