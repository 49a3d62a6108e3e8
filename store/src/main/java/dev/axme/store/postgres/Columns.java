package dev.axme.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one statement over {@code unnest}: scalars and whole columns, bound in the order
 * in which they are added.
 */
final class Columns<T> {
  /** Binds one argument. */
  private interface Argument {
    void bind(Connection connection, PreparedStatement statement, int index) throws SQLException;
  }

  private final Collection<T> rows;
  private final List<Argument> arguments = new ArrayList<>();

  Columns(Collection<T> rows) {
    this.rows = rows;
  }

  Columns<T> scalar(Object value) {
    arguments.add((_, statement, index) -> statement.setObject(index, value));
    return this;
  }

  Columns<T> uuids(Function<T, @Nullable UUID> column) {
    return array("uuid", column, UUID[]::new);
  }

  Columns<T> texts(Function<T, @Nullable String> column) {
    return array("text", column, String[]::new);
  }

  Columns<T> longs(Function<T, @Nullable Long> column) {
    return array("int8", column, Long[]::new);
  }

  Columns<T> ints(Function<T, Integer> column) {
    return array("int4", column, Integer[]::new);
  }

  Columns<T> bytes(Function<T, byte[]> column) {
    return array("bytea", column, byte[][]::new);
  }

  private <V extends @Nullable Object> Columns<T> array(
      String type, Function<T, V> column, IntFunction<V[]> array) {
    V[] values = rows.stream().map(column).toArray(array);
    arguments.add(
        (connection, statement, index) ->
            statement.setArray(index, connection.createArrayOf(type, values)));
    return this;
  }

  boolean empty() {
    return rows.isEmpty();
  }

  int bind(Connection connection, PreparedStatement statement, int from) throws SQLException {
    int index = from;
    for (Argument argument : arguments) {
      argument.bind(connection, statement, index++);
    }
    return index;
  }
}
