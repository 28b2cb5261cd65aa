package dev.holdfast.catalog;

import dev.holdfast.io.OsLock;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The catalog of one backup set: runs, images, where their files are, volumes, decisions. Each
/// call is one durable transaction. Thread-safe.
///
/// One process has the files open, under a lock of the operating system; while it serves them,
/// others read through it.
public final class Catalog implements AutoCloseable {
  private static final long POLL_MILLIS = 100;

  private final Database database;
  private final Path folder;
  private final DataSource source;
  private final @Nullable OsLock lock;
  private final Runs runs;
  private final Images images;
  private final Inventory inventory;
  private final Copies copies;
  private final Plans plans;
  private final Histories histories;
  private final Lifetimes lifetimes;
  private @Nullable CatalogServer server;

  private Catalog(Path folder, DataSource source, @Nullable OsLock lock) {
    this.folder = folder;
    this.database = new Database(folder);
    this.source = source;
    this.lock = lock;
    this.runs = new Runs(source);
    this.images = new Images(source);
    this.inventory = new Inventory(source);
    this.copies = new Copies(source);
    this.plans = new Plans(source);
    this.histories = new Histories(source);
    this.lifetimes = new Lifetimes(source);
  }

  public static boolean exists(Path folder) {
    return new Database(folder).exists();
  }

  /// Opens the files, made anew when there are none.
  ///
  /// @param patience how long to wait for a reader that has them open
  /// @throws HoldfastException LOCKED when someone else keeps them, DAMAGED when they cannot be
  /// read
  public static Catalog open(Path folder, Duration patience)
      throws IOException, InterruptedException {
    var lock = OsLock.acquire(lockFile(folder), holder(), patience);
    if (lock.isEmpty()) {
      throw locked(folder);
    }
    return opened(folder, lock.get());
  }

  /// For commands that only read: opens the files, or asks the process that serves them.
  public static Catalog openToRead(Path folder, Duration patience)
      throws IOException, InterruptedException {
    var deadline = Instant.now().plus(patience);
    while (true) {
      var lock = OsLock.tryAcquire(lockFile(folder), holder());
      if (lock.isPresent()) {
        return opened(folder, lock.get());
      }
      var served = connect(folder);
      if (served.isPresent()) {
        return served.get();
      }
      if (!Instant.now().isBefore(deadline)) {
        throw locked(folder);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /// Lets other processes of this user read while this one writes.
  public void serve() throws IOException {
    server = CatalogServer.start(database, serverFile(folder));
  }

  /// True when another process has the files open and this one reads through it.
  public boolean isServed() {
    return lock == null;
  }

  public DataSource dataSource() {
    return source;
  }

  public Runs runs() {
    return runs;
  }

  public Images images() {
    return images;
  }

  public Inventory inventory() {
    return inventory;
  }

  public Copies copies() {
    return copies;
  }

  public Plans plans() {
    return plans;
  }

  public Histories histories() {
    return histories;
  }

  public Lifetimes lifetimes() {
    return lifetimes;
  }

  @Override
  public void close() throws IOException {
    try {
      if (server != null) {
        server.settle();
      }
      if (lock != null) {
        Database.shutdown(source);
      }
      if (server != null) {
        server.close();
      }
    } catch (SQLException failed) {
      throw new IOException(
          "the catalog could not be closed; the next start replays its log", failed);
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }

  private static Catalog opened(Path folder, OsLock lock) throws IOException {
    try {
      return new Catalog(folder, new Database(folder).open(), lock);
    } catch (IOException | RuntimeException failed) {
      lock.close();
      throw failed;
    }
  }

  private static Optional<Catalog> connect(Path folder) throws IOException {
    var port = CatalogServer.port(serverFile(folder));
    if (port.isEmpty()) {
      return Optional.empty();
    }
    var source = new Database(folder).connect(port.get());
    try (var connection = source.getConnection()) {
      return connection.isValid(1)
          ? Optional.of(new Catalog(folder, source, null))
          : Optional.empty();
    } catch (SQLException nobodyAnswers) {
      return Optional.empty();
    }
  }

  private static HoldfastException locked(Path folder) throws IOException {
    return new HoldfastException(
        ExitCode.LOCKED,
        new Problem(
            "catalog " + folder,
            "is in use by " + OsLock.holder(lockFile(folder)),
            "wait for it to end, or give more time with --lock-wait"));
  }

  private static String holder() {
    return "process " + ProcessHandle.current().pid();
  }

  private static Path lockFile(Path folder) {
    return folder.resolveSibling("catalog.lock");
  }

  private static Path serverFile(Path folder) {
    return folder.resolveSibling("catalog.server");
  }
}
