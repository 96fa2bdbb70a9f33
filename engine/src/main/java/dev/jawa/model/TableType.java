package dev.jawa.model;

/**
 * The type of a table (core spec 2.3.15).
 *
 * @param addressType of the index operands
 * @param limits in elements
 * @param element what the table holds
 */
public record TableType(AddressType addressType, ResizableLimits limits, ReferenceType element)
        implements ExternalType, ExternType {
    @Override
    public String toString() {
        return (addressType == AddressType.I64 ? "i64 " : "") + limits + " " + element;
    }
}
