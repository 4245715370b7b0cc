package io.millrace.conformance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ForbiddenApisTest {
  @ParameterizedTest
  @MethodSource("forbidden")
  void shouldNotBeUsedWhenForbidden(ForbiddenApi api) {
    List<String> uses =
        MillraceClasses.ALL.stream()
            .filter(type -> !api.isAllowedIn(type.getName()))
            .flatMap(type -> usesOf(api, type))
            .sorted()
            .toList();

    assertThat(uses).as("uses of %s; %s", api.name(), api.reason()).isEmpty();
  }

  @Test
  void shouldUseNothingOfConcurrencyWhenOperator() {
    noClasses()
        .that()
        .resideInAPackage(Module.OPERATORS + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.concurrent..")
        .because("an operator belongs to one task and is called by one thread at a time")
        .check(MillraceClasses.ALL);
  }

  @Test
  void shouldBeFinalWhenFieldIsStatic() {
    fields()
        .that()
        .areStatic()
        .and()
        .areDeclaredInClassesThat()
        .areNotAssignableTo("org.antlr.v4.runtime.Recognizer")
        .should()
        .beFinal()
        .because(
            "static state is shared by all engines of a process (generated parsers are not ours to change)")
        .check(MillraceClasses.ALL);
  }

  private static Stream<String> usesOf(ForbiddenApi api, JavaClass type) {
    Stream<JavaAccess<?>> references =
        Stream.concat(
            type.getMethodReferencesFromSelf().stream(),
            type.getConstructorReferencesFromSelf().stream());
    return Stream.concat(type.getAccessesFromSelf().stream(), references)
        .filter(access -> api.covers(access.getTarget().getFullName()))
        .map(
            access ->
                access.getTarget().getFullName()
                    + " in "
                    + access.getOrigin().getFullName()
                    + " "
                    + access.getSourceCodeLocation())
        .distinct();
  }

  private static Stream<ForbiddenApi> forbidden() {
    return ForbiddenApi.ALL.stream();
  }
}
