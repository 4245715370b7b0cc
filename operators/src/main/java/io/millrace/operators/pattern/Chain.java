package io.millrace.operators.pattern;

import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.StateType;
import java.util.List;

/**
 * Members of a table that belong to an owner in another one, in the order in which they were added:
 *
 * <pre>
 * owner ──► first ─┐        ┌─ last
 * members          one ⇄ one ⇄ one
 * </pre>
 *
 * <p>Both are known by their numbers. Adding and removing cost the same however many there are.
 */
final class Chain {
  /** No owner, no member. */
  static final int NONE = -1;

  private final SlotTable owners;
  private final int firstOfOwner;
  private final SlotTable members;
  private final int firstOfMember;

  /**
   * @param firstOfOwner the first of the fields of {@link #ofOwner} in the owners' table
   * @param firstOfMember the first of the fields of {@link #ofMember} in the members' table
   */
  Chain(SlotTable owners, int firstOfOwner, SlotTable members, int firstOfMember) {
    this.owners = owners;
    this.firstOfOwner = firstOfOwner;
    this.members = members;
    this.firstOfMember = firstOfMember;
  }

  /** The fields that an owner has for it. */
  static List<StateType> ofOwner(String name, String members) {
    KeyNumber member = new KeyNumber(members, 1);
    return List.of(StateType.of(name + "_first", member), StateType.of(name + "_last", member));
  }

  /** The fields that a member has for it. */
  static List<StateType> ofMember(String name, String owners, String members) {
    KeyNumber member = new KeyNumber(members, 1);
    return List.of(
        StateType.of(name + "_owner", new KeyNumber(owners, 1)),
        StateType.of(name + "_next", member),
        StateType.of(name + "_previous", member));
  }

  int first(int owner) {
    return get(owners, owner, firstOfOwner);
  }

  int next(int member) {
    return get(members, member, firstOfMember + 1);
  }

  /** The owner of a member, or {@link #NONE}. */
  int owner(int member) {
    return get(members, member, firstOfMember);
  }

  /** Puts a member, which has no owner, behind the others. */
  void add(int owner, int member) {
    int last = get(owners, owner, firstOfOwner + 1);
    set(members, member, firstOfMember, owner);
    set(members, member, firstOfMember + 1, NONE);
    set(members, member, firstOfMember + 2, last);
    set(owners, owner, firstOfOwner + 1, member);
    if (last == NONE) {
      set(owners, owner, firstOfOwner, member);
    } else {
      set(members, last, firstOfMember + 1, member);
    }
  }

  /** Takes a member out, which may have no owner, and gives the owner, or {@link #NONE}. */
  int remove(int member) {
    int owner = owner(member);
    if (owner == NONE) {
      return NONE;
    }
    int next = next(member);
    int previous = get(members, member, firstOfMember + 2);
    if (previous == NONE) {
      set(owners, owner, firstOfOwner, next);
    } else {
      set(members, previous, firstOfMember + 1, next);
    }
    if (next == NONE) {
      set(owners, owner, firstOfOwner + 1, previous);
    } else {
      set(members, next, firstOfMember + 2, previous);
    }
    set(members, member, firstOfMember, NONE);
    return owner;
  }

  private static int get(SlotTable table, int number, int field) {
    int slot = table.slot(number);
    return (int) ((LongColumn) table.field(field)).values()[slot] - 1;
  }

  private static void set(SlotTable table, int number, int field, int value) {
    int slot = table.slot(number);
    table.touch(slot);
    ((LongColumn) table.field(field)).values()[slot] = value + 1L;
  }
}
