// SPDX-License-Identifier: Apache-2.0
package energy.muster.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.openfire.auth.AuthFactory;
import org.jivesoftware.openfire.auth.DefaultAuthProvider;
import org.jivesoftware.openfire.user.UserAlreadyExistsException;
import org.jivesoftware.openfire.user.UserManager;
import org.jivesoftware.openfire.user.UserNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the server's accounts in step with the accounts file: who is missing is made, who has
 * another password gets the file's. An account that leaves the file stays.
 */
final class AccountKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccountKeeper.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private final Path file;
  private final DefaultAuthProvider passwords = new DefaultAuthProvider();
  private final Map<String, String> inStep = new HashMap<>();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "accounts");
            thread.setDaemon(true);
            return thread;
          });
  private FileTime seen;

  private AccountKeeper(Path file) {
    this.file = file;
  }

  /** Brings the accounts into step, then looks every two seconds whether the file changed. */
  static AccountKeeper keep(Path file) {
    AccountKeeper keeper = new AccountKeeper(file);
    keeper.seen = keeper.modified();
    keeper.bringIntoStep();
    // The executor reports a failed task only through its future; lookAgain lets none escape.
    var unused =
        keeper.watch.scheduleWithFixedDelay(
            keeper::lookAgain, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return keeper;
  }

  private void lookAgain() {
    try {
      FileTime now = modified();
      if (!now.equals(seen)) {
        seen = now;
        bringIntoStep();
      }
    } catch (RuntimeException e) {
      LOG.warn("Accounts stay as they were: {}", e.getMessage());
    }
  }

  private void bringIntoStep() {
    int changed = 0;
    for (Account account : Account.read(file)) {
      if (!account.password().equals(inStep.get(account.user()))) {
        changed += bringIntoStep(account) ? 1 : 0;
        inStep.put(account.user(), account.password());
      }
    }
    if (changed > 0) {
      LOG.info("{} accounts made or given a new password from {}", changed, file);
    }
  }

  private boolean bringIntoStep(Account account) {
    try {
      if (passwords.checkPassword(account.user(), account.password())) {
        return false;
      }
      AuthFactory.setPassword(account.user(), account.password());
      return true;
    } catch (UserNotFoundException e) {
      return create(account);
    } catch (org.jivesoftware.openfire.auth.ConnectionException
        | org.jivesoftware.openfire.auth.InternalUnauthenticatedException e) {
      throw new HostFailure("Cannot set the password of " + account.user(), e);
    }
  }

  private static boolean create(Account account) {
    try {
      var unused =
          UserManager.getInstance().createUser(account.user(), account.password(), null, null);
      return true;
    } catch (UserAlreadyExistsException e) {
      throw new HostFailure("Cannot make the account " + account.user(), e);
    }
  }

  private FileTime modified() {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new HostFailure("Cannot read the accounts file " + file, e);
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
