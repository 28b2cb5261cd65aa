package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The table of patterns in src/docs/sources.md.
class ExclusionTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tmp                 | /tmp/site          | true
          .cache              | /home/eve/.cache/x | true
          *.bak               | /srv/www.bak       | true
          *.bak               | /srv/bak           | false
          **/.cache           | /home/eve/.cache   | true
          **/build/*.o        | /x/build/a.o       | true
          **/build/*.o        | /x/build/y/a.o     | false
          /srv/www/tmp        | /srv/www/tmp/x     | true
          /srv/www/tmp        | /srv/www/tmpx      | false
          /srv/www/tmp        | /a/srv/www/tmp     | false
          /srv/www/*.log      | /srv/www/a.log     | true
          /srv/www/*.log      | /srv/www/x/a.log   | false
          /srv/**/*.log       | /srv/a/b/c.log     | true
          /srv/**/*.log       | /srv/c.log         | false
          /srv/www/tmp/**     | /srv/www/tmp       | false
          /srv/www/tmp/**     | /srv/www/tmp/a     | true
          srv/www/tmp         | /srv/www/tmp       | true
          /srv/w[v-x]w        | /srv/www           | true
          /srv/w[!v-x]w       | /srv/www           | false
          /srv/w?w            | /srv/www           | true
          /srv/[www           | /srv/[www          | true
          /srv/a\\*b        | /srv/a*b           | true
          /srv/a\\*b        | /srv/axb           | false
          tmp/                | /tmp               | false
          tmp                 | /                  | false
          """)
  void coversWhatTarLeavesOut(String pattern, String path, boolean covered) {
    assertThat(new Exclusion(pattern).covers(path)).isEqualTo(covered);
  }
}
