package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The YAML that the manual shows is YAML that works.
class ManualTests {
  private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern KIND = Pattern.compile("(?m)^kind: (\\w+)$");
  private static final Map<String, String> FOLDERS =
      Map.of("Source", "backupsets/sources", "Storage", "storage");

  @TempDir Path folder;

  @Test
  void everyDocumentInItIsValid() throws IOException {
    var repository = new Repository(folder.toRealPath());
    var blocks = blocks();
    for (int i = 0; i < blocks.size(); i++) {
      repository.with(folderOf(blocks.get(i)) + "/block" + i + ".yaml", blocks.get(i));
    }

    assertThat(blocks).hasSizeGreaterThan(1);
    assertThat(repository.loaded().warnings())
        .allMatch(finding -> finding.problem().fact().contains("nothing refers to it"));
  }

  private static List<String> blocks() throws IOException {
    var blocks = new ArrayList<String>();
    try (var pages = Files.walk(Path.of("src/docs"))) {
      for (var page : pages.filter(file -> file.toString().endsWith(".md")).sorted().toList()) {
        BLOCK.matcher(Files.readString(page)).results().map(ManualTests::text).forEach(blocks::add);
      }
    }
    return blocks;
  }

  private static String text(MatchResult block) {
    return block.group(1);
  }

  private static String folderOf(String block) {
    var kind = KIND.matcher(block);
    assertThat(kind.find()).as(block).isTrue();
    return FOLDERS.getOrDefault(kind.group(1), "unknown kind " + kind.group(1));
  }
}
