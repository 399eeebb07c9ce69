// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writes a report so that its file is whole or not there: into a new file beside it, which then
/// takes its name. Two that write the same report at once leave that of the later one.
public final class ReportFile {
    private ReportFile() {}

    /// Writes it, in place of a file of that name.
    ///
    /// @throws IOException when it cannot be written, with a message for the user
    public static void write(Path file, String content) throws IOException {
        Path target = file.toAbsolutePath().normalize();
        if (Files.isDirectory(target)) {
            throw new IOException("cannot write the report: " + file + " is a directory");
        }
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("cannot write the report: the folder of " + file + " is missing");
        }
        try {
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                // A pipe or a device is written to: a file in its place would break it for all.
                Files.writeString(target, content, StandardOpenOption.WRITE);
            } else {
                writeThenMove(folder, target, content);
            }
        } catch (FileSystemException e) {
            throw new IOException("cannot write the report: " + file + ": " + reason(e), e);
        } catch (IOException e) {
            throw new IOException("cannot write the report: " + file + ": " + e.getMessage(), e);
        }
    }

    private static void writeThenMove(Path folder, Path target, String content) throws IOException {
        // Not a file for the owner only, as temporary files are: the report keeps its rights.
        Path part = folder.resolve(target.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.writeString(part, content);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static String reason(FileSystemException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "no such folder";
            default -> e.getReason() == null ? "the disk refused it" : e.getReason();
        };
    }
}
