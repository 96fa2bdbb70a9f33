package dev.jawa.compile.type;

import dev.jawa.compile.bytecode.Names;
import dev.jawa.runtime.ModuleInstance;
import dev.jawa.runtime.StackRoom;
import java.util.List;

/**
 * A class loader of generated classes. It knows the engine's classes, the tuples and the classes of types; subclasses know
 * more.
 */
public class GeneratedLoader extends ClassLoader {
    private static final List<String> PACKAGES = ModuleInstance.class.getModule().isNamed()
            ? ModuleInstance.class.getModule().getPackages().stream()
                    .filter(name -> name.startsWith(ModuleInstance.class.getPackageName())).toList()
            : List.of();

    private static final String GENERATED = Names.binary(Names.GENERATED);

    static {
        registerAsParallelCapable();
    }

    public GeneratedLoader() {
        super(ModuleInstance.class.getClassLoader());
        // Generated classes are in unnamed modules, which must see what the engine hides from everybody else.
        PACKAGES.forEach(name -> ModuleInstance.class.getModule().addExports(name, getUnnamedModule()));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        Class<?> known = findLoadedClass(name);
        if (known == null && name.startsWith(GENERATED)) {
            // It will be initialized next.
            StackRoom.require();
        }
        return known != null ? known : super.loadClass(name, resolve);
    }

    public final Class<?> define(byte[] classFile) {
        return defineClass(null, classFile, 0, classFile.length);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (Tuples.isTuple(name)) {
            return Tuples.find(name);
        } else if (AggregateClasses.isAggregate(name)) {
            return AggregateClasses.find(name);
        } else if (FunctionTypeClasses.isFunctionType(name)) {
            return FunctionTypeClasses.find(name);
        }
        if (name.equals(Names.binary(Names.ARRAY_ACCESS))) {
            return ArrayAccess.CLASS;
        }
        throw new ClassNotFoundException(name);
    }

    /** The class that all modules share, made when the first one needs it. */
    private static final class ArrayAccess {
        static final Class<?> CLASS = new GeneratedLoader().define(ArrayAccessClass.generate());
    }
}
