package dev.holdfast.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EstimateTests {

  @Test
  void aBoundIsNotToldAsIfItWereMeasured() {
    assertThat(new Estimate(3 << 20, Estimate.Method.CLIENT).text()).isEqualTo("about 3.00 MiB");
    assertThat(new Estimate(3 << 20, Estimate.Method.HISTORY).text()).isEqualTo("about 3.00 MiB");
    assertThat(new Estimate(3 << 20, Estimate.Method.USAGE).text()).isEqualTo("at most 3.00 MiB");
  }
}
