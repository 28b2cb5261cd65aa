package dev.holdfast.catalog;

import dev.holdfast.io.DurableFiles;
import dev.holdfast.model.ExitCode;
import dev.holdfast.model.HoldfastException;
import dev.holdfast.model.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.hsqldb.jdbc.JDBCDataSource;
import org.hsqldb.jdbc.JDBCPool;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The files of one catalog database and how they are opened. Every commit is synced
/// (`write_delay=false`): the default loses acknowledged work on a plain kill.
final class Database {
  static final String NEWEST = "6";
  private static final String SETTINGS =
      ";hsqldb.tx=mvlocks;hsqldb.default_table_type=cached;hsqldb.write_delay=false"
          + ";hsqldb.lock_file=false;hsqldb.full_log_replay=false;hsqldb.nio_data_file=false"
          + ";hsqldb.cache_rows=10000;hsqldb.cache_size=4000";
  static final String READER = "READER";

  /// More than threads that could ask at once; each is made when it is first needed. A connection
  /// that ends is a line in the log and so a sync: without a pool, every query costs one.
  private static final int CONNECTIONS = 64;

  private final Path folder;

  Database(Path folder) {
    this.folder = folder;
  }

  boolean exists() {
    return Files.exists(folder.resolve("catalog.script"));
  }

  /// What a server must be told to serve the database that this process has open.
  String path() {
    return "file:" + folder.resolve("catalog") + SETTINGS;
  }

  /// Opens the files, made anew when there are none. The caller holds the catalog's lock.
  DataSource open() throws IOException {
    DurableFiles.createPrivateDirectory(folder);
    var source = new JDBCPool(CONNECTIONS);
    source.setURL("jdbc:hsqldb:" + path());
    source.setUser("SA");
    source.setPassword(password());
    quietly(
        () -> {
          tryOnce();
          migrate(source);
        });
    return source;
  }

  /// Connects to the server of the process that has the files open.
  DataSource connect(int port) throws IOException {
    var source = new JDBCDataSource();
    source.setURL("jdbc:hsqldb:hsql://127.0.0.1:" + port + "/catalog");
    source.setUser(READER);
    source.setPassword(password());
    return source;
  }

  /// Made before the database, so that there is never one that cannot be opened.
  private String password() throws IOException {
    var file = folder.resolve("password");
    if (!Files.exists(file)) {
      var bytes = new byte[16];
      new SecureRandom().nextBytes(bytes);
      DurableFiles.writePrivate(file, HexFormat.of().formatHex(bytes));
    }
    return Files.readString(file).strip();
  }

  /// The pool tries for minutes to open what cannot be opened: without it that is known at once.
  private void tryOnce() throws IOException {
    var password = password();
    try (var connection = DriverManager.getConnection("jdbc:hsqldb:" + path(), "SA", password)) {
      connection.isValid(1);
    } catch (SQLException unusable) {
      throw damaged(unusable);
    }
  }

  private void migrate(DataSource source) throws IOException {
    try {
      if (!isCurrent(source)) {
        Flyway.configure().dataSource(source).load().migrate();
        admitReader(source);
      }
    } catch (RuntimeException unusable) {
      throw damaged(unusable);
    }
  }

  private HoldfastException damaged(Exception unusable) {
    return new HoldfastException(
        ExitCode.DAMAGED,
        new Problem(
            "catalog " + folder,
            "cannot be opened: its files are not what was written, or cannot be read",
            "the images on media are not touched; 'holdfast catalog rebuild "
                + set()
                + "' makes it anew from them and keeps these files aside"),
        unusable);
  }

  /// The folder above is named after the set.
  private String set() {
    var parent = folder.toAbsolutePath().normalize().getParent();
    return parent == null || parent.getFileName() == null ? "SET" : parent.getFileName().toString();
  }

  private static boolean isCurrent(DataSource source) {
    return JdbcClient.create(source)
                .sql("SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'VOLUME'")
                .query(Integer.class)
                .single()
            > 0
        && JdbcClient.create(source)
                .sql("SELECT COUNT(*) FROM \"flyway_schema_history\" WHERE \"version\" = ?")
                .param(NEWEST)
                .query(Integer.class)
                .single()
            > 0;
  }

  /// Again after every migration: its new tables are for readers too.
  private void admitReader(DataSource source) throws IOException {
    var client = JdbcClient.create(source);
    var known =
        client
            .sql("SELECT COUNT(*) FROM information_schema.system_users WHERE user_name = ?")
            .param(READER)
            .query(Integer.class)
            .single();
    if (known == 0) {
      client.sql("CREATE USER " + READER + " PASSWORD '" + password() + "'").update();
    }
    for (var table : Tables.names(client)) {
      client.sql("GRANT SELECT ON TABLE \"" + table + "\" TO " + READER).update();
    }
  }

  /// HSQLDB and Flyway talk on standard output, which belongs to the command's result. One at a
  /// time: HSQLDB has failed when several databases of one process were opened at once.
  private static synchronized void quietly(Opening opening) throws IOException {
    var out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      opening.run();
    } finally {
      System.setOut(out);
    }
  }

  static void shutdown(DataSource source) throws SQLException {
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    }
  }

  private interface Opening {
    void run() throws IOException;
  }
}
