package io.millrace.language.analysis;

import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys of groups with their names: those of PARTITION BY and GROUP BY, which set of keys a
 * group is of, if there are several, and whether its rows are wanted.
 *
 * @param partition what windows are kept apart by
 * @param group the others
 * @param set which of all keys says which set it is; -1 if there is one set
 */
record GroupKeys(List<NamedExpression> partition, List<NamedExpression> group, int set) {

  static GroupKeys of(SelectAnalyzer.Keys keys, SelectAnalyzer.Input input) {
    GroupingSets sets = keys.group();
    boolean areApart = sets.areApart(input.window());
    List<NamedExpression> partition = GroupingSets.named(keys.partition(), 0);
    if (areApart) {
      partition.add(GroupingSets.last(input.plan()));
    }
    List<NamedExpression> group =
        GroupingSets.named(
            sets.keys().stream().filter(key -> !keys.partition().contains(key)).toList(),
            partition.size());
    if (sets.areSeveral() && !areApart) {
      group.add(GroupingSets.last(input.plan()));
    }
    input.above().ifPresent(filter -> group.add(filter.column()));
    GroupKeys named = new GroupKeys(partition, group, -1);
    return new GroupKeys(partition, group, sets.placeIn(named.all(), input.plan()));
  }

  List<NamedExpression> all() {
    List<NamedExpression> all = new ArrayList<>(partition);
    all.addAll(group);
    return all;
  }

  /**
   * The plan of groups by these keys.
   *
   * @param groups as if there were one set of keys and all rows were wanted
   * @param intoTable whether a table keeps them
   */
  PlanNode plan(
      AggregateNode groups, GroupingSets sets, Optional<ContentsFilter> above, boolean intoTable) {
    AggregateNode guarded = above.map(filter -> filter.guarded(groups)).orElse(groups);
    AggregateNode expanded = sets.areSeveral() ? sets.expand(guarded, group) : guarded;
    return above.<PlanNode>map(filter -> filter.overGroups(expanded, intoTable)).orElse(expanded);
  }
}
