package io.millrace.language.analysis;

import io.millrace.language.ast.CreateAggregation;
import io.millrace.language.ast.CreateStream;
import io.millrace.language.ast.CreateTable;
import io.millrace.language.ast.CreateWindow;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.InsertQuery;
import io.millrace.language.ast.JoinRelation;
import io.millrace.language.ast.LateClause;
import io.millrace.language.ast.MatchRecognizeRelation;
import io.millrace.language.ast.PatternRelation;
import io.millrace.language.ast.Query;
import io.millrace.language.ast.QueryStatement;
import io.millrace.language.ast.Relation;
import io.millrace.language.ast.RelationVisitor;
import io.millrace.language.ast.SourceRelation;
import io.millrace.language.ast.Statement;
import io.millrace.language.ast.StreamReference;
import io.millrace.language.ast.SubqueryRelation;
import io.millrace.language.ast.TimeClause;
import io.millrace.language.ast.UnionRelation;
import io.millrace.language.ast.UnnestRelation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the streams that LATE INTO names in a statement that runs. */
final class LateNames implements RelationVisitor<Boolean> {
  private final List<Identifier> names = new ArrayList<>();

  private LateNames() {}

  static List<Identifier> of(Statement statement) {
    LateNames found = new LateNames();
    if (statement instanceof CreateStream create) {
      found.timeClauses(create.timeClauses());
      found.query(create.query());
    } else if (statement instanceof CreateWindow create) {
      found.timeClauses(create.timeClauses());
    } else if (statement instanceof CreateTable create) {
      found.query(create.query());
    } else if (statement instanceof CreateAggregation create) {
      found.query(create.query());
    } else if (statement instanceof InsertQuery insert) {
      found.query(insert.query());
    } else if (statement instanceof QueryStatement select) {
      found.query(select.query());
    }
    return found.names;
  }

  private void add(@Nullable Identifier name) {
    if (name != null) {
      names.add(name);
    }
  }

  private void timeClauses(List<TimeClause> clauses) {
    for (TimeClause clause : clauses) {
      if (clause instanceof TimeClause.Late late) {
        add(late.into());
      }
    }
  }

  private void query(@Nullable Query query) {
    if (query == null) {
      return;
    }
    query.commonTables().forEach(common -> query(common.query()));
    Relation from = query.select().from();
    if (from != null) {
      from.accept(this);
    }
  }

  @Override
  public Boolean visitStreamReference(StreamReference relation) {
    return true;
  }

  @Override
  public Boolean visitSubqueryRelation(SubqueryRelation relation) {
    query(relation.query());
    return true;
  }

  @Override
  public Boolean visitUnnestRelation(UnnestRelation relation) {
    return true;
  }

  @Override
  public Boolean visitUnionRelation(UnionRelation relation) {
    relation.inputs().forEach(input -> input.accept(this));
    return true;
  }

  @Override
  public Boolean visitJoinRelation(JoinRelation relation) {
    return relation.left().accept(this) && relation.right().accept(this);
  }

  @Override
  public Boolean visitPatternRelation(PatternRelation relation) {
    return true;
  }

  @Override
  public Boolean visitMatchRecognizeRelation(MatchRecognizeRelation relation) {
    return relation.input().accept(this);
  }

  @Override
  public Boolean visitSourceRelation(SourceRelation relation) {
    LateClause late = relation.modifiers().late();
    add(late == null ? null : late.into());
    return relation.input().accept(this);
  }
}
