// SPDX-License-Identifier: Apache-2.0
package energy.muster.command;

import energy.muster.seal.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The Merkle tree over an order's addressees (hashing of RFC 9162 2.1): the root is signed once,
 * and each device can check that it is addressed without learning who else is.
 */
public final class TargetTree {
  public static final int MAX_TARGETS = 10_000;

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final List<Leaf> leaves;

  /** Hashes level by level from the leaves up; the last level is the root alone. */
  private final List<List<byte[]>> levels = new ArrayList<>();

  private TargetTree(List<Leaf> leaves) {
    this.leaves = List.copyOf(leaves);
    List<byte[]> level = new ArrayList<>(leaves.size());
    for (Leaf leaf : leaves) {
      level.add(hash(LEAF, leaf.canonical(), new byte[0]));
    }
    levels.add(level);
    while (level.size() > 1) {
      List<byte[]> above = new ArrayList<>((level.size() + 1) / 2);
      for (int i = 0; i + 1 < level.size(); i += 2) {
        above.add(hash(NODE, level.get(i), level.get(i + 1)));
      }
      if (level.size() % 2 == 1) {
        // RFC 9162: the odd one out rises unhashed.
        above.add(level.get(level.size() - 1));
      }
      levels.add(above);
      level = above;
    }
  }

  /** In candidate order; a device appears once. */
  public static TargetTree of(List<Leaf> leaves) {
    if (leaves.isEmpty() || leaves.size() > MAX_TARGETS) {
      throw new IllegalArgumentException(
          "an order has 1 to " + MAX_TARGETS + " targets, not " + leaves.size());
    }
    Set<Object> devices = new HashSet<>();
    for (Leaf leaf : leaves) {
      if (!devices.add(leaf.device())) {
        throw new IllegalArgumentException(leaf.device() + " is named twice");
      }
    }
    return new TargetTree(leaves);
  }

  public List<Leaf> leaves() {
    return leaves;
  }

  public Targets targets() {
    return new Targets(leaves.size(), new Digest(levels.get(levels.size() - 1).get(0)));
  }

  /** The sibling hashes from the leaf at {@code index} up to the root. */
  public List<Digest> path(int index) {
    List<Digest> path = new ArrayList<>();
    int at = index;
    for (List<byte[]> level : levels.subList(0, levels.size() - 1)) {
      int sibling = at ^ 1;
      if (sibling < level.size()) {
        path.add(new Digest(level.get(sibling)));
      }
      at /= 2;
    }
    return Collections.unmodifiableList(path);
  }

  /** Whether {@code leaf} stands at {@code index} of the signed targets (RFC 9162 2.1.3.2). */
  public static boolean proves(Targets targets, Leaf leaf, int index, List<Digest> path) {
    if (index < 0 || index >= targets.count()) {
      return false;
    }
    int at = index;
    int last = targets.count() - 1;
    byte[] hash = hash(LEAF, leaf.canonical(), new byte[0]);
    int used = 0;
    while (last > 0) {
      if (at % 2 == 1) {
        if (used == path.size()) {
          return false;
        }
        hash = hash(NODE, path.get(used++).bytes(), hash);
      } else if (at < last) {
        if (used == path.size()) {
          return false;
        }
        hash = hash(NODE, hash, path.get(used++).bytes());
      }
      at /= 2;
      last /= 2;
    }
    return used == path.size() && MessageDigest.isEqual(hash, targets.root().bytes());
  }

  private static byte[] hash(byte domain, byte[] first, byte[] second) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(domain);
      sha256.update(first);
      sha256.update(second);
      return sha256.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
