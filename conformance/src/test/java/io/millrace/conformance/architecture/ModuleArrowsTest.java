package io.millrace.conformance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ModuleArrowsTest {
  @ParameterizedTest
  @MethodSource("modules")
  void shouldUseOnlyWhatTheDesignAllowsWhenInModule(Module module) {
    classes()
        .that()
        .resideInAPackage(module.rootPackage() + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(module.allowedPackages())
        .because("arrows between modules go one way (docs/architecture.md)")
        .allowEmptyShould(true)
        .check(MillraceClasses.ALL);
  }

  @Test
  void shouldHaveNoCycleWhenPackagesUseEachOther() {
    slices()
        .assignedFrom(new EachPackage())
        .should()
        .beFreeOfCycles()
        .because(
            "a package that can be understood and tested alone is used by others, or uses them, not both")
        .check(MillraceClasses.ALL);
  }

  @Test
  void shouldBelongToOneModuleWhenClassIsOurs() {
    List<String> homeless =
        MillraceClasses.ALL.stream()
            .filter(
                type ->
                    Module.ALL.stream().filter(m -> m.holds(type.getPackageName())).count() != 1)
            .map(JavaClass::getName)
            .toList();

    assertThat(homeless)
        .as("classes outside the packages of the modules (see Module.ALL)")
        .isEmpty();
  }

  private static Stream<Module> modules() {
    return Module.ALL.stream();
  }

  /** Every package is a slice of its own, of whatever module. */
  private static final class EachPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(type.getPackageName());
    }

    @Override
    public String getDescription() {
      return "every package";
    }
  }
}
