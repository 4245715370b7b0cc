package io.millrace.operators.pattern;

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

  private static final int FIRST = 0;
  private static final int LAST = 1;
  private static final int OWNER = 0;
  private static final int NEXT = 1;
  private static final int PREVIOUS = 2;

  private final SlotTable owners;
  private final LongFields ofOwner;
  private final SlotTable members;
  private final LongFields ofMember;

  /**
   * @param firstOfOwner the first of the fields of {@link #ofOwner} in the owners' table
   * @param firstOfMember the first of the fields of {@link #ofMember} in the members' table
   */
  Chain(SlotTable owners, int firstOfOwner, SlotTable members, int firstOfMember) {
    this.owners = owners;
    this.ofOwner = new LongFields(owners, firstOfOwner, 2);
    this.members = members;
    this.ofMember = new LongFields(members, firstOfMember, 3);
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
    return get(owners, ofOwner, owner, FIRST);
  }

  int next(int member) {
    return get(members, ofMember, member, NEXT);
  }

  /** The owner of a member, or {@link #NONE}. */
  int owner(int member) {
    return get(members, ofMember, member, OWNER);
  }

  /** Puts a member, which has no owner, behind the others. */
  void add(int owner, int member) {
    int ofOwners = owners.slot(owner);
    owners.touch(ofOwners);
    int last = (int) ofOwner.get(LAST)[ofOwners] - 1;
    ofOwner.get(LAST)[ofOwners] = member + 1L;
    if (last == NONE) {
      ofOwner.get(FIRST)[ofOwners] = member + 1L;
    } else {
      set(members, ofMember, last, NEXT, member);
    }
    int slot = members.slot(member);
    members.touch(slot);
    ofMember.get(OWNER)[slot] = owner + 1L;
    ofMember.get(NEXT)[slot] = 0;
    ofMember.get(PREVIOUS)[slot] = last + 1L;
  }

  /** Takes a member out, which may have no owner, and gives the owner, or {@link #NONE}. */
  int remove(int member) {
    int slot = members.slot(member);
    int owner = (int) ofMember.get(OWNER)[slot] - 1;
    if (owner == NONE) {
      return NONE;
    }
    members.touch(slot);
    int next = (int) ofMember.get(NEXT)[slot] - 1;
    int previous = (int) ofMember.get(PREVIOUS)[slot] - 1;
    ofMember.get(OWNER)[slot] = 0;
    if (previous == NONE) {
      set(owners, ofOwner, owner, FIRST, next);
    } else {
      set(members, ofMember, previous, NEXT, next);
    }
    if (next == NONE) {
      set(owners, ofOwner, owner, LAST, previous);
    } else {
      set(members, ofMember, next, PREVIOUS, previous);
    }
    return owner;
  }

  private static int get(SlotTable table, LongFields fields, int number, int field) {
    int slot = table.slot(number);
    return (int) fields.get(field)[slot] - 1;
  }

  private static void set(SlotTable table, LongFields fields, int number, int field, int value) {
    int slot = table.slot(number);
    table.touch(slot);
    fields.get(field)[slot] = value + 1L;
  }
}
