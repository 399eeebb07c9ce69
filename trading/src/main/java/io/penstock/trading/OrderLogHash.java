// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 over the records of an order log ([OrderRecord]), one after the other. Equal runs have
/// equal hashes. Allocates nothing per record. Confined to the OMS's thread.
public final class OrderLogHash implements OrderLog {
    private static final int RECORDS = 64;

    private final MessageDigest digest = newDigest();
    private final byte[] block = new byte[RECORDS * OrderRecord.BYTES];
    private int used;
    private long count;

    /// The hash of an empty log.
    public OrderLogHash() {}

    @Override
    public void append(MemorySegment segment, long offset) {
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, block, used, OrderRecord.BYTES);
        used += OrderRecord.BYTES;
        count++;
        if (used == block.length) {
            digest.update(block, 0, used);
            used = 0;
        }
    }

    /// Records so far.
    public long count() {
        return count;
    }

    /// The hash of the records so far, 64 hexadecimal digits. More records may follow.
    public String hex() {
        try {
            MessageDigest copy = (MessageDigest) digest.clone();
            copy.update(block, 0, used);
            return HexFormat.of().formatHex(copy.digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of the platform cannot be copied", e);
        }
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
