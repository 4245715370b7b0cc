package io.millrace.language.ast;

/** A statement of a script. */
public sealed interface Statement extends Node
    permits CreateStream,
        CreateTable,
        CreateWindow,
        CreateAggregation,
        CreateFunction,
        CreateType,
        InsertQuery,
        InsertValues,
        QueryStatement,
        DropStatement,
        ShowStatement,
        DescribeStatement,
        ExplainStatement,
        SetStatement {

  <R> R accept(StatementVisitor<R> visitor);
}
