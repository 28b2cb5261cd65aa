package dev.holdfast.model;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/// Why something failed, in words for an administrator. The JDK's exceptions of file systems say
/// nothing but the path, and leave the fact to the name of their class.
public final class Reason {

  private Reason() {}

  /// `/srv/state: permission denied`, or the message that the exception has.
  public static String of(Throwable failure) {
    if (failure instanceof UncheckedIOException wrapper && wrapper.getCause() != null) {
      return of(wrapper.getCause());
    }
    if (failure instanceof FileSystemException trouble && trouble.getFile() != null) {
      return trouble.getFile() + ": " + fact(trouble);
    }
    return Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getSimpleName());
  }

  private static String fact(FileSystemException trouble) {
    return switch (trouble) {
      case NoSuchFileException _ -> "no such file or directory";
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "exists already";
      case DirectoryNotEmptyException _ -> "is not empty";
      case NotDirectoryException _ -> "is not a directory";
      default -> Optional.ofNullable(trouble.getReason()).orElse("cannot be used");
    };
  }
}
