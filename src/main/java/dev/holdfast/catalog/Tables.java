package dev.holdfast.catalog;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Every table of a catalog but the batch framework's and the migrations' own, row by row as a
/// stream: whatever a migration adds goes along. What stands there of a column that is gone by now
/// is passed over; a column that came later keeps its default.
final class Tables {
  /// HSQLDB holds a whole result in memory.
  private static final int PAGE = 1000;

  private static final int END = 0;
  private static final int TABLE = 1;
  private static final int ROW = 2;
  private static final int NULL = 0;
  private static final int NUMBER = 1;
  private static final int TEXT = 2;
  private static final int TRUTH = 3;
  private static final int LARGEST_TEXT = 1 << 28;

  private final DataSource source;

  Tables(DataSource source) {
    this.source = source;
  }

  static List<String> names(JdbcClient client) {
    return client
        .sql(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'PUBLIC'"
                + " AND table_name NOT LIKE 'BATCH%' AND table_name <> 'flyway_schema_history'"
                + " ORDER BY table_name")
        .query((set, _) -> set.getString(1))
        .list();
  }

  void writeTo(DataOutputStream out) throws IOException, SQLException {
    try (var connection = source.getConnection()) {
      for (var table : names(JdbcClient.create(source))) {
        write(connection, table, out);
      }
    }
    out.writeByte(END);
  }

  void readFrom(DataInputStream in) throws IOException, SQLException {
    var known = names(JdbcClient.create(source));
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SET DATABASE REFERENTIAL INTEGRITY FALSE");
      for (int next = in.readByte(); next == TABLE; ) {
        next = read(connection, known, in);
      }
      statement.execute("SET DATABASE REFERENTIAL INTEGRITY TRUE");
      connection.commit();
    }
  }

  private static void write(Connection connection, String table, DataOutputStream out)
      throws IOException, SQLException {
    var columns = columns(connection, table);
    out.writeByte(TABLE);
    out.writeUTF(table);
    out.writeShort(columns.size());
    for (var column : columns) {
      out.writeUTF(column);
    }
    try (var page =
        connection.prepareStatement("SELECT * FROM " + quoted(table) + " LIMIT ? OFFSET ?")) {
      int rows = PAGE;
      for (int from = 0; rows == PAGE; from += PAGE) {
        page.setInt(1, PAGE);
        page.setInt(2, from);
        rows = write(page, columns.size(), out);
      }
    }
  }

  private static int write(PreparedStatement page, int columns, DataOutputStream out)
      throws IOException, SQLException {
    int rows = 0;
    try (var set = page.executeQuery()) {
      while (set.next()) {
        out.writeByte(ROW);
        for (int column = 1; column <= columns; column++) {
          writeValue(set, column, out);
        }
        rows++;
      }
    }
    return rows;
  }

  private static void writeValue(ResultSet set, int column, DataOutputStream out)
      throws IOException, SQLException {
    switch (set.getObject(column)) {
      case null -> out.writeByte(NULL);
      case Boolean truth -> {
        out.writeByte(TRUTH);
        out.writeBoolean(truth);
      }
      case Integer number -> writeNumber(number, out);
      case Long number -> writeNumber(number, out);
      case Object _ -> {
        var bytes = set.getString(column).getBytes(StandardCharsets.UTF_8);
        out.writeByte(TEXT);
        out.writeInt(bytes.length);
        out.write(bytes);
      }
    }
  }

  private static void writeNumber(long number, DataOutputStream out) throws IOException {
    out.writeByte(NUMBER);
    out.writeLong(number);
  }

  /// What comes after the table.
  private static int read(Connection connection, List<String> known, DataInputStream in)
      throws IOException, SQLException {
    var table = in.readUTF();
    var columns = new ArrayList<String>();
    int count = in.readShort();
    for (int column = 0; column < count; column++) {
      columns.add(in.readUTF());
    }
    var here = known.contains(table) ? columns(connection, table) : List.<String>of();
    var kept = columns.stream().map(here::contains).toList();
    if (!kept.contains(true)) {
      return pass(count, in);
    }
    try (var statement = connection.createStatement();
        var insert = connection.prepareStatement(insert(table, columns, kept))) {
      statement.execute("DELETE FROM " + quoted(table));
      return insert(insert, kept, in);
    }
  }

  private static int insert(PreparedStatement insert, List<Boolean> kept, DataInputStream in)
      throws IOException, SQLException {
    int next = in.readByte();
    int rows = 0;
    while (next == ROW) {
      int parameter = 1;
      for (var keep : kept) {
        var value = readValue(in);
        if (keep) {
          insert.setObject(parameter++, value);
        }
      }
      insert.addBatch();
      rows++;
      next = in.readByte();
      if (rows % PAGE == 0 || next != ROW) {
        insert.executeBatch();
        insert.getConnection().commit();
      }
    }
    return next;
  }

  private static int pass(int columns, DataInputStream in) throws IOException {
    int next = in.readByte();
    while (next == ROW) {
      for (int column = 0; column < columns; column++) {
        readValue(in);
      }
      next = in.readByte();
    }
    return next;
  }

  private static @Nullable Object readValue(DataInputStream in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case NULL -> null;
      case NUMBER -> in.readLong();
      case TRUTH -> in.readBoolean();
      case TEXT -> text(in);
      default -> throw new IOException("a value of kind " + kind);
    };
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LARGEST_TEXT) {
      throw new IOException("a text of " + length + " bytes");
    }
    var bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("it ends within a text");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// Asked of a query: HSQLDB looks through all its tables to answer `getColumns`.
  private static List<String> columns(Connection connection, String table) throws SQLException {
    try (var all = connection.prepareStatement("SELECT * FROM " + quoted(table))) {
      var found = all.getMetaData();
      var columns = new ArrayList<String>();
      for (int column = 1; column <= found.getColumnCount(); column++) {
        columns.add(found.getColumnName(column));
      }
      return columns;
    }
  }

  private static String insert(String table, List<String> columns, List<Boolean> kept) {
    var names = new ArrayList<String>();
    for (int column = 0; column < columns.size(); column++) {
      if (kept.get(column)) {
        names.add(quoted(columns.get(column)));
      }
    }
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(
            quoted(table),
            String.join(", ", names),
            String.join(", ", Collections.nCopies(names.size(), "?")));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
