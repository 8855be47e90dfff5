// SPDX-License-Identifier: Apache-2.0
/**
 * Runs one Openfire 4.2.0 in a JVM of its own, shut by default: its home folder, database, TLS
 * identity, accounts, start and stop. What the server does with a stanza belongs to the plugin that
 * it loads, which this package knows only as a jar.
 *
 * <p>Recommended command line, with JDK 17 and no {@code --add-opens}:
 *
 * <pre>{@code
 * java -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=4 -XX:+ExitOnOutOfMemoryError \
 *   -cp 'im-server-plugin/host/target/*:im-server-plugin/host/target/lib/*' \
 *   energy.muster.host.HostMain --data muster-data/server --plugin muster.jar
 * }</pre>
 */
package energy.muster.host;
