package dev.jawa.js.node;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;

/** The errors of files as POSIX and Node.js name them. */
enum FileError {
    ENOENT(-2, "no such file or directory"),
    EIO(-5, "i/o error"),
    EBADF(-9, "bad file descriptor"),
    EACCES(-13, "permission denied"),
    EEXIST(-17, "file already exists"),
    ENOTDIR(-20, "not a directory"),
    EISDIR(-21, "illegal operation on a directory"),
    EINVAL(-22, "invalid argument"),
    ENOTEMPTY(-39, "directory not empty"),
    ELOOP(-40, "too many symbolic links encountered");

    private final int number;
    private final String text;

    FileError(int number, String text) {
        this.number = number;
        this.text = text;
    }

    int number() {
        return number;
    }

    String text() {
        return text;
    }

    static FileError of(IOException problem) {
        return switch (problem) {
            case Denied denied -> denied.error();
            case NoSuchFileException _ -> ENOENT;
            case FileAlreadyExistsException _ -> EEXIST;
            case DirectoryNotEmptyException _ -> ENOTEMPTY;
            case NotDirectoryException _ -> ENOTDIR;
            case NotLinkException _ -> EINVAL;
            case FileSystemLoopException _ -> ELOOP;
            case AccessDeniedException _ -> EACCES;
            default -> byMessage(String.valueOf(problem.getMessage()));
        };
    }

    // The JDK has no classes for these; the text is the operating system's.
    private static FileError byMessage(String message) {
        if (message.contains("Is a directory")) {
            return EISDIR;
        }
        if (message.contains("Not a directory")) {
            return ENOTDIR;
        }
        return EIO;
    }

    /** An error that no exception of the JDK stands for. */
    static final class Denied extends IOException {
        private static final long serialVersionUID = 1L;

        private final FileError error;

        Denied(FileError error) {
            super(error.text());
            this.error = error;
        }

        FileError error() {
            return error;
        }
    }
}
