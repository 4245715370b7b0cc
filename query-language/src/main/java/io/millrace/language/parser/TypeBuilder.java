package io.millrace.language.parser;

import io.millrace.language.ast.ArrayTypeName;
import io.millrace.language.ast.DataTypeName;
import io.millrace.language.ast.IntegerLiteral;
import io.millrace.language.ast.MapTypeName;
import io.millrace.language.ast.SimpleTypeName;
import io.millrace.language.ast.StructFieldName;
import io.millrace.language.ast.StructTypeName;
import java.util.List;

/** Builds the names of types. */
final class TypeBuilder extends MillraceParserBaseVisitor<DataTypeName> {
  private final AstBuilder ast;

  TypeBuilder(AstBuilder ast) {
    this.ast = ast;
  }

  @Override
  public DataTypeName visitSimpleType(MillraceParser.SimpleTypeContext ctx) {
    List<IntegerLiteral> parameters =
        AstBuilder.map(ctx.INTEGER(), node -> ast.literals().integer(node.getSymbol()));
    return new SimpleTypeName(ast.identifier(ctx.identifier()), parameters, ast.span(ctx));
  }

  @Override
  public DataTypeName visitArrayType(MillraceParser.ArrayTypeContext ctx) {
    return new ArrayTypeName(visit(ctx.dataType()), ast.span(ctx));
  }

  @Override
  public DataTypeName visitMapType(MillraceParser.MapTypeContext ctx) {
    return new MapTypeName(visit(ctx.dataType(0)), visit(ctx.dataType(1)), ast.span(ctx));
  }

  @Override
  public DataTypeName visitStructType(MillraceParser.StructTypeContext ctx) {
    return new StructTypeName(AstBuilder.map(ctx.structField(), this::field), ast.span(ctx));
  }

  private StructFieldName field(MillraceParser.StructFieldContext ctx) {
    return new StructFieldName(
        ast.identifier(ctx.identifier()), visit(ctx.dataType()), ast.span(ctx));
  }
}
