package dev.jawa.model;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * A type definition without a module around it: equal types are one object, whichever modules they come from.
 *
 * <p>This is the spec's defined type (core spec 2.3.10), with equivalence made identity: a recursive group is rolled
 * up, so that references into the group become positions in it, and looked up among all groups alive. Groups that
 * nothing uses any more are forgotten.
 */
public final class DefinedType implements HeapType {
    private static final ConcurrentHashMap<Key, Group> GROUPS = new ConcurrentHashMap<>();
    private static final ReferenceQueue<DefinedType[]> FORGOTTEN = new ReferenceQueue<>();

    private final RecursiveType rolled;
    private final int position;
    // Keeps the group together: none of its members is collected before the others.
    private DefinedType[] group;
    private SubType unrolled;
    private DefinedType[] ancestors;
    private volatile Object implementation;
    private Shared shared;

    /** What the members of a group have in common. */
    private static final class Shared {
        private volatile Object implementation;
    }

    private DefinedType(RecursiveType rolled, int position) {
        this.rolled = rolled;
        this.position = position;
    }

    /** The defined type of a single final type that does not refer to itself, such as most function types. */
    public static DefinedType of(CompositeType type) {
        return of(new RecursiveType(List.of(SubType.of(type))), 0, index -> {
            throw new IllegalArgumentException("the type refers to type " + index + " of a module");
        })[0];
    }

    /**
     * The defined types of a group of a module.
     *
     * @param group as in the module, with type indices
     * @param firstIndex the type index of the first type of the group
     * @param earlier gives the defined type of an index before the group
     */
    public static DefinedType[] of(RecursiveType group, int firstIndex, IntFunction<DefinedType> earlier) {
        Function<HeapType, HeapType> roll = heapType -> switch (heapType) {
            case TypeIndex(int index) when index >= firstIndex -> new TypeIndex(index - firstIndex);
            case TypeIndex(int index) -> earlier.apply(index);
            case AbstractHeapType _, DefinedType _ -> heapType;
            case ExactType _ -> throw new IllegalArgumentException("the rewriter looks into exact types");
        };
        var rolled = new RecursiveType(group.types().stream().map(type -> TypeRewriter.rewrite(type, roll)).toList());
        var key = new Key(rolled, TypeHash.of(rolled));
        removeForgotten();
        DefinedType[] created = null;
        while (true) {
            Group known = GROUPS.get(key);
            DefinedType[] types = known == null ? null : known.get();
            if (types != null) {
                return types.clone();
            }
            if (known != null) {
                GROUPS.remove(key, known);
            }
            if (created == null) {
                created = create(rolled);
            }
            if (GROUPS.putIfAbsent(key, new Group(key, created)) == null) {
                return created.clone();
            }
        }
    }

    /** A rolled-up group with its hash, which would be costly to compute again and again. */
    private record Key(RecursiveType rolled, int hash) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && hash == key.hash && rolled.equals(key.rolled);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** Holds a group only as long as somebody else does. */
    private static final class Group extends WeakReference<DefinedType[]> {
        private final Key key;

        Group(Key key, DefinedType[] types) {
            super(types, FORGOTTEN);
            this.key = key;
        }
    }

    private static void removeForgotten() {
        for (var group = (Group) FORGOTTEN.poll(); group != null; group = (Group) FORGOTTEN.poll()) {
            GROUPS.remove(group.key, group);
        }
    }

    private static DefinedType[] create(RecursiveType rolled) {
        var types = new DefinedType[rolled.types().size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = new DefinedType(rolled, i);
        }
        var shared = new Shared();
        for (DefinedType type : types) {
            type.group = types;
            type.shared = shared;
        }
        for (DefinedType type : types) {
            type.unroll();
        }
        return types;
    }

    // Declared supertypes come before a type, so those in the same group are unrolled already.
    private void unroll() {
        unrolled = TypeRewriter.rewrite(rolled.types().get(position),
                heapType -> heapType instanceof TypeIndex(int index) ? group[index] : heapType);
        if (unrolled.supertypes().isEmpty()) {
            ancestors = new DefinedType[] {this};
        } else {
            DefinedType[] above = ((DefinedType) unrolled.supertypes().getFirst()).ancestors;
            ancestors = java.util.Arrays.copyOf(above, above.length + 1);
            ancestors[above.length] = this;
        }
    }

    /** The definition, in which every heap type is abstract or a defined type. */
    public SubType definition() {
        return unrolled;
    }

    /** The function, struct, array or continuation type. */
    public CompositeType type() {
        return unrolled.type();
    }

    /** The declared supertype. */
    public Optional<DefinedType> supertype() {
        return depth() == 0 ? Optional.empty() : Optional.of(ancestors[depth() - 1]);
    }

    /** How many supertypes are above this type. */
    public int depth() {
        return ancestors.length - 1;
    }

    /** Whether this type is {@code other} or declared below it, directly or not (core spec 3.3.4). */
    public boolean matches(DefinedType other) {
        return this == other || other.depth() < depth() && ancestors[other.depth()] == other;
    }

    /**
     * What an engine has made to implement the type, kept as long as the type is.
     *
     * @param maker makes it when it is first asked for
     */
    public Object implementation(Function<DefinedType, ?> maker) {
        if (implementation == null) {
            synchronized (this) {
                if (implementation == null) {
                    implementation = maker.apply(this);
                }
            }
        }
        return implementation;
    }

    /**
     * What an engine has made to implement the group the type is in, kept as long as any of its types is.
     *
     * @param maker makes it when it is first asked for
     */
    public Object groupImplementation(Supplier<?> maker) {
        if (shared.implementation == null) {
            synchronized (shared) {
                if (shared.implementation == null) {
                    shared.implementation = maker.get();
                }
            }
        }
        return shared.implementation;
    }

    /** All types of the recursive group that the type is in. */
    public List<DefinedType> group() {
        return List.of(group);
    }

    /** Where in its group the type stands, from 0. */
    public int position() {
        return position;
    }

    /** The abstract type right above all types of this kind. */
    public AbstractHeapType abstractType() {
        return switch (type()) {
            case FunctionType _ -> AbstractHeapType.FUNC;
            case StructType _ -> AbstractHeapType.STRUCT;
            case ArrayType _ -> AbstractHeapType.ARRAY;
            case ContinuationType _ -> AbstractHeapType.CONT;
        };
    }

    /** A function type as {@link FunctionType#toString()} gives it, other types by their kind. */
    @Override
    public String toString() {
        // A type may refer to itself: what it refers to is shown by its kind.
        return type() instanceof FunctionType function
                ? TypeRewriter.rewrite(function, DefinedType::shown).toString()
                : abstractType() + " type";
    }

    private static HeapType shown(HeapType type) {
        return type instanceof DefinedType defined ? defined.abstractType() : type;
    }
}
