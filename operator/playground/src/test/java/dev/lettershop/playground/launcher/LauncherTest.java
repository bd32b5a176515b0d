package dev.lettershop.playground.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lettershop.playground.launcher.SourceTree.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
  @TempDir private Path folder;
  private SourceTree tree;

  @BeforeEach
  void plant() throws IOException {
    tree = new SourceTree(folder.toRealPath());
  }

  @Test
  void buildsOnceAndPassesArgumentsOn() throws Exception {
    Result first = tree.run("lint", "-f", "two words", "");

    assertThat(first.exitCode()).isZero();
    assertThat(first.out()).endsWith("lint\n-f\ntwo words\n\n").doesNotContain("building");
    assertThat(first.out()).contains("-Dlettershop.home=" + tree.tree() + "\n");
    assertThat(first.err()).startsWith("lettershop: building");

    tree.letTimePass();
    Result second = tree.run("plan");

    assertThat(second.out()).endsWith("plan\n");
    assertThat(second.err()).isEmpty();
    assertThat(tree.timesBuilt()).isEqualTo(1);
  }

  @Test
  void buildsAgainWhenASourceIsNewerOrGone() throws Exception {
    tree.run();
    tree.letTimePass();
    tree.source("operator/core/src/main/java/A.java");
    tree.run();
    assertThat(tree.timesBuilt()).isEqualTo(2);

    tree.letTimePass();
    Files.delete(tree.tree().resolve("operator/core/src/main/java/A.java"));
    tree.run();
    assertThat(tree.timesBuilt()).isEqualTo(3);

    tree.letTimePass();
    tree.source("pom.xml");
    tree.run();
    assertThat(tree.timesBuilt()).isEqualTo(4);
  }

  @Test
  void runsABuildThatMavenMadeByItself() throws Exception {
    tree.run();
    tree.letTimePass();
    Files.writeString(tree.target().resolve("lettershop.jar"), "another jar");
    Files.writeString(tree.target().resolve("lettershop.stamp"), "");

    Result result = tree.run();

    assertThat(tree.timesBuilt()).isEqualTo(1);
    Path jar = tree.target().resolve("launch/2/lettershop.jar");
    assertThat(result.out()).contains(jar.toString());
    assertThat(jar).hasContent("another jar");
  }

  @Test
  void leavesTheFilesOfARunningProcessAlone() throws Exception {
    tree.run();
    Path jar = tree.target().resolve("launch/1/lib/lettershop-core-1.jar");
    tree.letTimePass();
    tree.source("pom.xml");
    tree.makeMaven("true");
    tree.run();

    assertThat(jar).exists();
    assertThat(tree.target().resolve("launch/2/lib/lettershop-core-1.jar")).exists();
    assertThat(tree.target().resolve("launch/2/lib/other-1.jar")).exists();
  }

  @Test
  void keepsTheControllerWithTheBuildItBelongsTo() throws Exception {
    Result first = tree.run();
    Path one = tree.target().resolve("launch/1/controller");
    tree.letTimePass();
    tree.source("pom.xml");
    Result second = tree.run();
    Path two = tree.target().resolve("launch/2/controller");

    assertThat(first.out()).contains("-Dlettershop.controller=" + one + "/quarkus-run.jar\n");
    assertThat(second.out()).contains("-Dlettershop.controller=" + two + "/quarkus-run.jar\n");
    for (String file :
        List.of(
            "quarkus-run.jar",
            "app/lettershop-controller-1.jar",
            "quarkus",
            "lib/boot/boot-1.jar",
            "lib/main/library-1.jar",
            "lib/main/dev.lettershop.lettershop-core-1.jar")) {
      assertThat(one.resolve(file)).exists();
      assertThat(two.resolve(file)).exists();
    }
    assertThat(key(two.resolve("lib/main/library-1.jar")))
        .as("one file, though the build wrote it again")
        .isEqualTo(key(one.resolve("lib/main/library-1.jar")));
    assertThat(key(two.resolve("lib/main/dev.lettershop.lettershop-core-1.jar")))
        .isNotEqualTo(key(one.resolve("lib/main/dev.lettershop.lettershop-core-1.jar")));
  }

  private static Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  @Test
  void buildsAgainWhenTheControllerIsGone() throws Exception {
    tree.run();
    tree.letTimePass();
    Files.delete(tree.tree().resolve("operator/controller/target/quarkus-app/quarkus-run.jar"));
    tree.run();

    assertThat(tree.timesBuilt()).isEqualTo(2);
  }

  @Test
  void worksThroughLinksAndFromAnywhere() throws Exception {
    Path elsewhere = Files.createDirectories(folder.resolve("else where"));
    Path absolute =
        Files.createSymbolicLink(folder.resolve("shop"), tree.tree().resolve("lettershop"));
    Path relative = Files.createSymbolicLink(elsewhere.resolve("shop"), Path.of("../shop"));

    assertThat(tree.run(absolute, elsewhere, "one").out()).endsWith("one\n");
    assertThat(tree.run(relative, Path.of("/"), "two").out())
        .contains("-Dlettershop.home=" + tree.tree() + "\n")
        .endsWith("two\n");
    assertThat(tree.timesBuilt()).isEqualTo(1);
  }

  @Test
  void buildsOnceWhenCalledTwiceAtTheSameTime() throws Exception {
    tree.makeMaven("sleep 1");
    Path launcher = tree.tree().resolve("lettershop");

    Process one = tree.start(launcher, folder, "one");
    Process two = tree.start(launcher, folder, "two");

    assertThat(SourceTree.finish(one).out()).endsWith("one\n");
    assertThat(SourceTree.finish(two).out()).endsWith("two\n");
    assertThat(tree.timesBuilt()).isEqualTo(1);
    assertThat(Files.isSymbolicLink(tree.target().resolve("lettershop.lock"))).isFalse();
  }

  @Test
  void takesTheLockOfABuildThatWasKilled() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.createDirectories(tree.target());
    Files.createSymbolicLink(
        tree.target().resolve("lettershop.lock"), Path.of("holder-" + dead.pid()));

    assertThat(tree.run("go").out()).endsWith("go\n");
  }

  @Test
  void showsWhyTheBuildFailedAndRunsNothing() throws Exception {
    tree.makeMaven("{ echo 'ERROR: cannot find symbol'; false; }");

    Result result = tree.run("go");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("cannot find symbol", "lettershop-build.log");
    assertThat(Files.isSymbolicLink(tree.target().resolve("lettershop.lock"))).isFalse();
  }

  @Test
  void saysWhatToDoWithoutMaven() throws Exception {
    tree.removeMaven();

    Result result = tree.run("go");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("Maven is not on the PATH", "apt-get install maven");
  }

  @Test
  void saysWhatToDoWhenTheNamedJdkIsTooOld() throws Exception {
    tree.makeJdk("11.0.2");

    Result result = tree.run("go");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("LETTERSHOP_JAVA_HOME=", "is not a JDK 17 or newer");
  }

  @Test
  void givesJavaTheOptionsOfItsUser() throws Exception {
    Result result = tree.with("LETTERSHOP_JAVA_OPTS", "-Xmx256m -Da=b").run("go");

    assertThat(result.out()).contains("\n-Xmx256m\n-Da=b\n");
  }
}
