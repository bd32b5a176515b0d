package dev.lettershop.kubesim.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalPathsTest {
  private final LocalPaths paths =
      new LocalPaths(
          Map.of(
              "/tmp", Path.of("/tmp/pod/scratch"),
              "/etc/shop", Path.of("/tmp/pod/shop"),
              "/etc/shop/plan", Path.of("/tmp/pod/plan")));

  @ParameterizedTest
  @CsvSource({
    "/etc/shop/plan, /tmp/pod/plan",
    "--plan=/etc/shop/plan/a.json, --plan=/tmp/pod/plan/a.json",
    "/etc/shop/planet, /tmp/pod/shop/planet",
    "/etc/shopping, /etc/shopping",
    "/data/etc/shop, /data/etc/shop",
    "a=/tmp:b=/etc/shop, a=/tmp/pod/scratch:b=/tmp/pod/shop",
    "https://shop.example/tmp, https://shop.example/tmp",
    "nothing, nothing"
  })
  void pathsOfTheContainerBecomePathsOfThisMachine(String text, String local) {
    assertThat(paths.in(text)).isEqualTo(local);
  }
}
