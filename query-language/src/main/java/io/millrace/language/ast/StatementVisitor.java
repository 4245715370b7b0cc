package io.millrace.language.ast;

/** One method per kind of Statement, without defaults. */
public interface StatementVisitor<R> {
  R visitCreateStream(CreateStream statement);

  R visitCreateTable(CreateTable statement);

  R visitCreateWindow(CreateWindow statement);

  R visitCreateAggregation(CreateAggregation statement);

  R visitCreateFunction(CreateFunction statement);

  R visitCreateType(CreateType statement);

  R visitInsertQuery(InsertQuery statement);

  R visitInsertValues(InsertValues statement);

  R visitQueryStatement(QueryStatement statement);

  R visitDropStatement(DropStatement statement);

  R visitShowStatement(ShowStatement statement);

  R visitDescribeStatement(DescribeStatement statement);

  R visitExplainStatement(ExplainStatement statement);

  R visitSetStatement(SetStatement statement);
}
