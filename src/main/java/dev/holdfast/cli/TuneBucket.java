package dev.holdfast.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// What a run to a bucket talks to while the AOT cache is made: a server on loopback whose bucket
/// is empty and stays so. The run ends early, and has used by then what a run needs at its start.
final class TuneBucket implements AutoCloseable {
  private static final String EMPTY = "<ListBucketResult><KeyCount>0</KeyCount></ListBucketResult>";
  private static final String MISSING = "<Error><Code>NoSuchKey</Code></Error>";

  private final HttpServer server;

  private TuneBucket(HttpServer server) {
    this.server = server;
  }

  static TuneBucket open() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", TuneBucket::answer);
    server.start();
    return new TuneBucket(server);
  }

  /// Writes a repository whose only set, `Tune`, goes there.
  void configure(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("data"));
    write(folder, "secret", "tune");
    write(
        folder,
        "jobs/tune.yaml",
        """
        apiVersion: holdfast/v1
        kind: Project
        name: Tune
        policies: { allowPlainHttp: ["127.0.0.1"] }
        """);
    write(
        folder,
        "storage/bucket.yaml",
        """
        apiVersion: holdfast/v1
        kind: Storage
        name: Bucket
        type: s3
        s3:
          endpoint: "http://127.0.0.1:%1$d"
          tls: false
          bucket: tune
          retryFor: 1s
          credentials:
            accessKey: { secretRef: { file: "%2$s/secret" } }
            secretKey: { secretRef: { file: "%2$s/secret" } }
        """
            .formatted(server.getAddress().getPort(), folder));
    write(
        folder,
        "backupsets/sources/data.yaml",
        """
        apiVersion: holdfast/v1
        kind: Source
        name: Data
        type: filesystem
        host: localhost
        paths: ["%s/data"]
        """
            .formatted(folder));
    write(
        folder,
        "backupsets/tune.yaml",
        """
        apiVersion: holdfast/v1
        kind: BackupSet
        name: Tune
        what: { sources: [Data] }
        where: { storage: Bucket }
        """);
  }

  private static void write(Path folder, String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      switch (exchange.getRequestMethod()) {
        case "PUT" -> exchange.sendResponseHeaders(200, -1);
        case "HEAD" -> exchange.sendResponseHeaders(404, -1);
        default -> {
          var query = String.valueOf(exchange.getRequestURI().getQuery());
          boolean isList = query.contains("list-type");
          var xml = (isList ? EMPTY : MISSING).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(isList ? 200 : 404, xml.length);
          exchange.getResponseBody().write(xml);
        }
      }
    }
  }
}
