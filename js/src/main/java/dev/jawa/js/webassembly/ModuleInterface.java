package dev.jawa.js.webassembly;

import dev.jawa.ExportDescriptor;
import dev.jawa.ImportDescriptor;
import dev.jawa.Module;
import dev.jawa.js.graal.Arguments;
import dev.jawa.js.graal.InterfaceBuilder;
import dev.jawa.js.graal.Realm;
import dev.jawa.js.graal.Values;
import dev.jawa.model.ExternType;
import dev.jawa.model.ExternalKind;
import dev.jawa.model.FunctionType;
import java.util.function.Supplier;

/** Section "Modules". */
final class ModuleInterface {
    private static final String CONSTRUCTOR = "WebAssembly.Module()";

    private final Realm realm;
    private final ObjectCaches objects;
    private final WebIdl idl;
    private final CompileOptionsReader compileOptions;
    private final TypeReflection types;

    ModuleInterface(Realm realm, ObjectCaches objects, WebIdl idl, TypeReflection types) {
        this.realm = realm;
        this.objects = objects;
        this.idl = idl;
        this.types = types;
        this.compileOptions = new CompileOptionsReader(idl);
    }

    InterfaceBuilder define() {
        return new InterfaceBuilder(realm, "Module", "WebAssembly.Module", 1, this::construct)
                .staticMethod("exports", 1, this::exports)
                .staticMethod("imports", 1, this::imports)
                .staticMethod("customSections", 2, this::customSections);
    }

    private Object construct(Supplier<Object> newObject, Arguments arguments) {
        idl.require(arguments, 1, CONSTRUCTOR);
        byte[] bytes = idl.bytes(arguments.get(0), CONSTRUCTOR);
        CompileOptionsReader.Parsed options = compileOptions.read(arguments.get(1), CONSTRUCTOR);
        Object object = newObject.get();
        objects.module.set(object, Module.compile(bytes, options.options()));
        return object;
    }

    private Module module(Arguments arguments, int required, String where) {
        idl.require(arguments, required, where);
        return objects.module.in(arguments.get(0))
                .orElseThrow(() -> realm.typeError(where + ": argument 0 must be a WebAssembly.Module"));
    }

    private Object exports(Object self, Arguments arguments) {
        Module module = module(arguments, 1, "WebAssembly.Module.exports()");
        return realm.newArray(module.exports().stream().map(this::describe).toList());
    }

    private Object describe(ExportDescriptor descriptor) {
        Object object = realm.newObject();
        realm.define(object, "name", Values.string(descriptor.name()));
        return withKind(object, descriptor.kind(), descriptor.type());
    }

    private Object imports(Object self, Arguments arguments) {
        Module module = module(arguments, 1, "WebAssembly.Module.imports()");
        return realm.newArray(module.imports().stream().map(this::describe).toList());
    }

    private Object describe(ImportDescriptor descriptor) {
        Object object = realm.newObject();
        realm.define(object, "module", Values.string(descriptor.module()));
        realm.define(object, "name", Values.string(descriptor.name()));
        return withKind(object, descriptor.kind(), descriptor.type());
    }

    private Object withKind(Object object, ExternalKind kind, ExternType type) {
        realm.define(object, "kind", Values.string(kind.toString()));
        // Not enumerable, so that descriptors look as they do where there is no reflection of types.
        realm.defineLazy(object, "type", false, () -> kind == ExternalKind.TAG ? types.tag((FunctionType) type)
                : types.type(type));
        return object;
    }

    private Object customSections(Object self, Arguments arguments) {
        Module module = module(arguments, 2, "WebAssembly.Module.customSections()");
        String name = Values.toString(arguments.get(1));
        return realm.newArray(module.customSections(name).stream().map(realm::newArrayBuffer).toList());
    }
}
