package dev.jawa.runtime;

import dev.jawa.Tag;
import dev.jawa.compile.type.FunctionTypeClasses;
import dev.jawa.model.DefinedType;
import dev.jawa.model.FunctionType;
import dev.jawa.model.ReferenceType;
import dev.jawa.runtime.vector.Vectors;
import java.util.List;

/** A tag (core spec 4.2.10); its identity is what matters. */
public final class TagInstance implements Tag {
    /** The tag of what hosts in Java throw. */
    public static final TagInstance HOST = new TagInstance(HostExceptions.JAVA);

    private final DefinedType type;
    private final HostExceptions hostExceptions;

    public TagInstance(DefinedType type) {
        this.type = type;
        hostExceptions = null;
    }

    /** The tag of what a host's functions throw. */
    public TagInstance(HostExceptions hostExceptions) {
        type = DefinedType.of(new FunctionType(List.of(ReferenceType.EXTERNREF), List.of()));
        this.hostExceptions = hostExceptions;
    }

    @Override
    public FunctionType type() {
        return (FunctionType) type.type();
    }

    public DefinedType definedType() {
        return type;
    }

    /** What a host throws, if this is its tag; else {@code null}. */
    HostExceptions hostExceptions() {
        return hostExceptions;
    }

    /** The values of an exception if it has this tag, and {@code null} if it has not; compiled code calls this. */
    public ResultTuple caught(ExceptionInstance exception) {
        return exception.tag == this ? exception.values : hostExceptions == null ? null : caughtFromHost(exception);
    }

    private ResultTuple caughtFromHost(ExceptionInstance exception) {
        return exception instanceof HostException
                ? tuple(new Object[] {hostExceptions.reference(exception.thrown())}) : null;
    }

    /** Values of the types of the parameters, boxed, as a tuple. */
    ResultTuple tuple(Object[] values) {
        ResultTuple tuple = FunctionTypeClasses.newTuple(type().parameters());
        tuple.fill(Vectors.halved(type().parameters(), values));
        return tuple;
    }
}
