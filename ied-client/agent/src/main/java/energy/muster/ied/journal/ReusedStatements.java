// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.journal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * A connection that prepares each statement once and keeps it when it is closed: SQLite compiles a
 * statement for longer than it runs one. For the one thread that owns the connection, which uses no
 * statement twice at the same time.
 */
final class ReusedStatements {
  private final Map<String, PreparedStatement> kept = new HashMap<>();
  private final Connection connection;

  private ReusedStatements(Connection connection) {
    this.connection = connection;
  }

  static Connection over(Connection connection) {
    ReusedStatements statements = new ReusedStatements(connection);
    return proxy(
        Connection.class,
        (method, arguments) ->
            method.getName().equals("prepareStatement") && arguments.length == 1
                ? statements.prepare((String) arguments[0])
                : call(connection, method, arguments));
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement known = kept.get(sql);
    if (known == null) {
      PreparedStatement real = connection.prepareStatement(sql);
      known =
          proxy(
              PreparedStatement.class,
              (method, arguments) ->
                  method.getName().equals("close") ? null : call(real, method, arguments));
      kept.put(sql, known);
    }
    return known;
  }

  private interface Handler {
    Object handle(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Handler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader() == null
                ? ReusedStatements.class.getClassLoader()
                : type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> handler.handle(method, arguments)));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
