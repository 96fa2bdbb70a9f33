package dev.jawa.runtime;

import dev.jawa.Exports;
import dev.jawa.Extern;
import dev.jawa.Function;
import dev.jawa.Global;
import dev.jawa.LinkError;
import dev.jawa.Memory;
import dev.jawa.Table;
import dev.jawa.Tag;
import dev.jawa.compile.type.ViewClass;
import dev.jawa.model.Export;
import dev.jawa.model.FunctionType;
import dev.jawa.model.ValueType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The exports of an instance; each is made when it is first asked for. */
final class ExportsView implements Exports {
    private final ModuleInstance instance;
    private final Map<String, Export> exports = new LinkedHashMap<>();

    ExportsView(ModuleInstance instance) {
        this.instance = instance;
        instance.code().model().exports().forEach(export -> exports.put(export.name(), export));
    }

    private Extern extern(Export export) {
        int index = export.index();
        return switch (export.kind()) {
            case FUNCTION -> instance.function(index);
            case TABLE -> instance.tables[index];
            case MEMORY -> instance.memories[index];
            case GLOBAL -> instance.globals[index];
            case TAG -> instance.tags[index];
        };
    }

    private <T extends Extern> T find(String name, Class<T> type) {
        Export export = exports.get(name);
        if (export == null) {
            throw new LinkError("no export named \"" + name + "\"" + suggestion(name));
        }
        Extern extern = extern(export);
        if (!type.isInstance(extern)) {
            throw new LinkError("the export \"" + name + "\" is a " + export.kind() + ", not a "
                    + type.getSimpleName().toLowerCase(java.util.Locale.ROOT));
        }
        return type.cast(extern);
    }

    private String suggestion(String name) {
        if (exports.isEmpty()) {
            return ": the module exports nothing";
        }
        var names = new TreeSet<>(exports.keySet());
        int most = 10;
        String list = String.join(", ", names.stream().limit(most).toList());
        return "; there are: " + list + (names.size() > most ? ", and " + (names.size() - most) + " more" : "");
    }

    @Override
    public Function function(String name) {
        return find(name, Function.class);
    }

    @Override
    public Memory memory(String name) {
        return find(name, Memory.class);
    }

    @Override
    public Table table(String name) {
        return find(name, Table.class);
    }

    @Override
    public Global global(String name) {
        return find(name, Global.class);
    }

    @Override
    public Tag tag(String name) {
        return find(name, Tag.class);
    }

    @Override
    public Map<String, Extern> all() {
        var all = new LinkedHashMap<String, Extern>();
        exports.forEach((name, export) -> all.put(name, extern(export)));
        return Collections.unmodifiableMap(all);
    }

    @Override
    public <T> T as(Class<T> type) {
        if (!type.isInterface() || type.isAnnotation() || type.isSealed() || type.isHidden()) {
            throw new LinkError(type.getName() + " is not an interface that any class may implement");
        }
        var members = new LinkedHashMap<Method, Extern>();
        var problems = new ArrayList<String>();
        for (Method method : type.getMethods()) {
            if (Modifier.isAbstract(method.getModifiers()) && !HostFunctions.isObjectMethod(method)) {
                bind(method, members, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new LinkError(type.getName() + " does not fit the module: " + String.join("; ", problems));
        }
        return ViewClass.create(type, members);
    }

    private void bind(Method method, Map<Method, Extern> members, List<String> problems) {
        Export export = exports.get(method.getName());
        if (export == null) {
            problems.add("there is no export for " + signature(method));
            return;
        }
        Extern extern = extern(export);
        boolean given = method.getParameterCount() == 0 && method.getReturnType().isInstance(extern)
                && Extern.class.isAssignableFrom(method.getReturnType());
        if (!given && !(extern instanceof Function function && fits(method, function.type()))) {
            String actual = extern instanceof Function function ? "function " + function.type()
                    : export.kind().toString();
            problems.add(signature(method) + " does not fit the exported " + actual);
            return;
        }
        members.put(method, extern);
    }

    private static String signature(Method method) {
        String parameters = String.join(", ",
                java.util.Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList());
        return method.getReturnType().getSimpleName() + " " + method.getName() + "(" + parameters + ")";
    }

    private static boolean fits(Method method, FunctionType type) {
        Class<?>[] parameters = method.getParameterTypes();
        boolean fits = parameters.length == type.parameters().size();
        for (int i = 0; fits && i < parameters.length; i++) {
            fits = carries(parameters[i], type.parameters().get(i));
        }
        Class<?> result = method.getReturnType();
        return fits && switch (type.results().size()) {
            case 0 -> result == void.class;
            case 1 -> carries(result, type.results().getFirst());
            default -> result == List.class || result.isRecord() && holds(result, type.results());
        };
    }

    private static boolean carries(Class<?> type, ValueType valueType) {
        Class<?> carrier = FunctionInstance.carrier(valueType);
        return carrier == Object.class ? !type.isPrimitive() : carrier == type;
    }

    private static boolean holds(Class<?> record, List<ValueType> results) {
        var components = record.getRecordComponents();
        boolean holds = components.length == results.size();
        for (int i = 0; holds && i < components.length; i++) {
            holds = carries(components[i].getType(), results.get(i));
        }
        return holds;
    }
}
