// SPDX-License-Identifier: Apache-2.0
package energy.muster.site;

import energy.muster.identity.Area;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Finds every way in which the parts of a site contradict each other, so that all can be told. */
final class Consistency {
  private final List<String> faults = new ArrayList<>();
  private final Map<Area, Branch> branches;
  private final Map<String, Bus> buses;
  private final Map<String, Line> lines;

  private Consistency(List<Branch> branches, List<Bus> buses, List<Line> lines) {
    this.branches = byName("branch", branches, Branch::area);
    this.buses = byName("bus", buses, Bus::id);
    this.lines = byName("line", lines, Line::id);
  }

  static List<String> faults(
      Area feeder,
      List<Branch> branches,
      List<Bus> buses,
      List<Line> lines,
      List<SiteDevice> devices) {
    Consistency check = new Consistency(branches, buses, lines);
    check.checkBuses();
    check.checkLines();
    if (check.faults.isEmpty()) {
      branches.forEach(check::checkBranch);
    }
    check.byName("device", devices, SiteDevice::id);
    devices.forEach(device -> check.checkDevice(device, feeder));
    return List.copyOf(check.faults);
  }

  private <K, V> Map<K, V> byName(String what, Collection<V> all, Function<V, K> name) {
    Map<K, V> named = new HashMap<>();
    for (V each : all) {
      if (named.put(name.apply(each), each) != null) {
        faults.add(what + " " + name.apply(each) + " is there twice");
      }
    }
    return named;
  }

  private void checkBuses() {
    for (Bus bus : buses.values()) {
      if (!branches.containsKey(bus.branch())) {
        faults.add("bus " + bus.id() + " is in " + bus.branch() + ", which is no branch");
      }
    }
  }

  private void checkLines() {
    for (Line line : lines.values()) {
      for (String end : List.of(line.from(), line.to())) {
        if (!buses.containsKey(end)) {
          faults.add("line " + line.id() + " ends at " + end + ", which is no bus");
        }
      }
    }
  }

  private void checkBranch(Branch branch) {
    Bus head = buses.get(branch.head());
    if (head == null || !head.branch().equals(branch.area())) {
      faults.add("the head of " + branch.area() + ", " + branch.head() + ", is no bus of it");
      return;
    }
    Set<String> fed = reachedWithin(branch);
    for (Bus bus : buses.values()) {
      if (bus.branch().equals(branch.area()) && !fed.contains(bus.id())) {
        faults.add(
            "bus " + bus.id() + " is in " + branch.area() + " but not fed from " + branch.head());
      }
    }
  }

  /** The buses of a branch that its head feeds without leaving it, ties open. */
  private Set<String> reachedWithin(Branch branch) {
    Set<String> reached = new HashSet<>();
    Deque<String> next = new ArrayDeque<>();
    reached.add(branch.head());
    next.add(branch.head());
    while (!next.isEmpty()) {
      String bus = next.remove();
      for (Line line : lines.values()) {
        if (line.normallyClosed() && line.touches(bus)) {
          String other = line.from().equals(bus) ? line.to() : line.from();
          if (buses.get(other).branch().equals(branch.area()) && reached.add(other)) {
            next.add(other);
          }
        }
      }
    }
    return reached;
  }

  private void checkDevice(SiteDevice device, Area feeder) {
    Bus bus = buses.get(device.bus());
    if (bus == null) {
      faults.add(device.id() + " is at " + device.bus() + ", which is no bus");
    } else if (!bus.branch().equals(device.branch())) {
      faults.add(device.id() + " is in " + device.branch() + " but its bus is in " + bus.branch());
    }
    if (!device.areas().contains(feeder)) {
      faults.add(device.id() + " must list its feeder " + feeder + " in its areas");
    }
    if (device.equipment() instanceof Equipment.Breaker breaker) {
      checkBreaker(device, breaker);
    }
  }

  private void checkBreaker(SiteDevice device, Equipment.Breaker breaker) {
    Line line = lines.get(breaker.line());
    if (line == null || line.kind() != Line.Kind.SWITCH) {
      faults.add(device.id() + " works " + breaker.line() + ", which is no switch");
    } else if (line.normallyClosed() != breaker.normallyClosed()) {
      faults.add(device.id() + " and its switch disagree on the normal position");
    } else if (!line.touches(device.bus())) {
      faults.add(device.id() + " is at bus " + device.bus() + ", where its switch does not end");
    }
  }
}
