package dev.lettershop.rule.ast;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExprVisitorTest {

  @Test
  void everyKindOfExpressionHasAMethodOfItsOwn() {
    Set<Class<?>> visited =
        Arrays.stream(ExprVisitor.class.getMethods())
            .filter(method -> !method.isDefault())
            .map(Method::getParameterTypes)
            .map(types -> types[0])
            .collect(Collectors.toSet());

    assertThat(visited).containsExactlyInAnyOrder(Expr.class.getPermittedSubclasses());
  }
}
