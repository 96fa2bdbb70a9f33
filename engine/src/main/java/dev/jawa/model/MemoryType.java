package dev.jawa.model;

/**
 * The type of a memory (core spec 2.3.12, with the threads and custom page sizes proposals).
 *
 * @param addressType of the address operands
 * @param limits in pages
 * @param shared whether several threads may hold it
 * @param pageSizeLog2 16 for the usual 64 KiB, 0 for pages of a byte
 */
public record MemoryType(AddressType addressType, ResizableLimits limits, boolean shared, int pageSizeLog2)
        implements ExternalType, ExternType {
    /** The usual page size, 64 KiB, as a power of two. */
    public static final int DEFAULT_PAGE_SIZE_LOG2 = 16;

    /** A 32-bit memory, unshared, with 64 KiB pages. */
    public static MemoryType of(ResizableLimits limits) {
        return new MemoryType(AddressType.I32, limits, false, DEFAULT_PAGE_SIZE_LOG2);
    }

    /** Bytes in a page. */
    public long pageSize() {
        return 1L << pageSizeLog2;
    }

    @Override
    public String toString() {
        return (addressType == AddressType.I64 ? "i64 " : "") + limits + (shared ? " shared" : "")
                + (pageSizeLog2 == DEFAULT_PAGE_SIZE_LOG2 ? "" : " (pagesize " + pageSize() + ")");
    }
}
