package dev.holdfast.catalog;

import dev.holdfast.io.DurableFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.hsqldb.server.Server;
import org.jspecify.annotations.Nullable;

/// Serves the catalog that this process has open to others on this host, on loopback only. The port
/// stands in a file of mode 0600; a file that a killed process left is harmless: nobody answers.
final class CatalogServer implements AutoCloseable {
  private final Server server;
  private final Path file;
  private final FutureTask<@Nullable Void> starting;

  private CatalogServer(Server server, Path file, int port) {
    this.server = server;
    this.file = file;
    this.starting = new FutureTask<>(() -> begin(port));
  }

  /// Begins to serve, and does not wait: HSQLDB takes a tenth of a second for it. What goes wrong
  /// is told by `close`.
  static CatalogServer start(Database database, Path file) throws IOException {
    var server = new Server();
    server.setLogWriter(null);
    server.setErrWriter(null);
    server.setSilent(true);
    server.setNoSystemExit(true);
    server.setAddress("127.0.0.1");
    int port = freePort();
    server.setPort(port);
    server.setDatabaseName(0, "catalog");
    server.setDatabasePath(0, database.path());
    var started = new CatalogServer(server, file, port);
    Thread.ofVirtual().name("catalog-server").start(started.starting);
    return started;
  }

  static Optional<Integer> port(Path file) throws IOException {
    return Files.exists(file)
        ? Optional.of(Integer.parseInt(Files.readString(file).strip()))
        : Optional.empty();
  }

  /// Waits until the start has ended, well or not. Whoever closes the database calls this before: a
  /// server that still starts would open it again.
  void settle() {
    boolean interrupted = false;
    while (true) {
      try {
        starting.get();
        break;
      } catch (ExecutionException toldByClose) {
        break;
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    settle();
    Files.deleteIfExists(file);
    server.stop();
    if (starting.state() == Future.State.FAILED) {
      throw new IOException(
          "the catalog could not be served to other processes", starting.exceptionNow());
    }
  }

  private @Nullable Void begin(int port) throws IOException {
    server.start();
    DurableFiles.writePrivate(file, Integer.toString(port));
    return null;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
