package dev.holdfast.catalog;

import dev.holdfast.io.DurableFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hsqldb.server.Server;

/// Serves the catalog that this process has open to others on this host, on loopback only. The port
/// stands in a file of mode 0600; a file that a killed process left is harmless: nobody answers.
final class CatalogServer implements AutoCloseable {
  private final Server server;
  private final Path file;

  private CatalogServer(Server server, Path file) {
    this.server = server;
    this.file = file;
  }

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
    server.start();
    DurableFiles.writePrivate(file, Integer.toString(port));
    return new CatalogServer(server, file);
  }

  static Optional<Integer> port(Path file) throws IOException {
    return Files.exists(file)
        ? Optional.of(Integer.parseInt(Files.readString(file).strip()))
        : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    server.stop();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
