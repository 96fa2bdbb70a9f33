package dev.jawa.model;

/**
 * A reference, with or without null (core spec 2.3.4).
 *
 * @param nullable whether null is a value of the type
 * @param heapType what it points to
 */
public record ReferenceType(boolean nullable, HeapType heapType) implements ValueType {
    /** {@code funcref}, any function or null. */
    public static final ReferenceType FUNCREF = new ReferenceType(true, AbstractHeapType.FUNC);
    /** {@code externref}, anything of the host or null. */
    public static final ReferenceType EXTERNREF = new ReferenceType(true, AbstractHeapType.EXTERN);
    /** {@code exnref}, an exception or null. */
    public static final ReferenceType EXNREF = new ReferenceType(true, AbstractHeapType.EXN);

    @Override
    public String toString() {
        if (nullable && heapType instanceof AbstractHeapType type) {
            return switch (type) {
                case NONE -> "nullref";
                case NOFUNC, NOEXTERN, NOEXN, NOCONT -> "null" + type.top() + "ref";
                default -> type + "ref";
            };
        }
        return "(ref " + (nullable ? "null " : "") + heapType + ")";
    }
}
