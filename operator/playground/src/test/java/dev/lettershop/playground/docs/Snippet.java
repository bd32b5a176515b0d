package dev.lettershop.playground.docs;

import dev.lettershop.playground.realcluster.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.parser.Parser;

/**
 * A piece of code in the documentation.
 *
 * @param file in which it stands, below the source tree
 * @param number of the block in the file, from 1; 0 for code within a line
 * @param info language, and what else stands behind the fence
 */
record Snippet(String file, int number, String info, String text) {
  private static final List<String> FOLDERS =
      List.of("", "docs", "deploy", "helm/lettershop", "bench", "samples");

  String language() {
    return info.split(" ", 2)[0];
  }

  /** All of all pages but the decisions, which are history. */
  static List<Snippet> all() throws IOException {
    List<Snippet> snippets = new ArrayList<>();
    for (Path page : pages()) {
      String name = Repository.ROOT.relativize(page).toString();
      Parser.builder().build().parse(Files.readString(page)).accept(new Finder(name, snippets));
    }
    return snippets;
  }

  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String folder : FOLDERS) {
      int depth = folder.equals("samples") ? Integer.MAX_VALUE : 1;
      try (Stream<Path> files = Files.walk(Repository.ROOT.resolve(folder), depth)) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
      }
    }
    return pages;
  }

  @Override
  public String toString() {
    return file + (number == 0 ? " " + text : " #" + number + " " + info);
  }

  private static final class Finder extends AbstractVisitor {
    private final String file;
    private final List<Snippet> found;
    private int count;

    Finder(String file, List<Snippet> found) {
      this.file = file;
      this.found = found;
    }

    @Override
    public void visit(FencedCodeBlock block) {
      count++;
      found.add(new Snippet(file, count, block.getInfo(), block.getLiteral()));
    }

    @Override
    public void visit(Code code) {
      if (code.getLiteral().matches("(?s)(\\./lettershop|kubectl|helm|mvn) .*")) {
        found.add(new Snippet(file, 0, "sh", code.getLiteral().replace('\n', ' ')));
      }
    }
  }
}
