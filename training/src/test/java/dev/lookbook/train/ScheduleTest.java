package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void theRateRisesFromAFifthToItsPeakAndFallsToItsEnd() {
        Schedule schedule = new Schedule(1000, 0.25, 0.01);

        assertThat(schedule.at(0)).isCloseTo(0.2, within(1e-9));
        assertThat(schedule.at(125)).isCloseTo(0.6, within(1e-9));
        assertThat(schedule.at(250)).isCloseTo(1, within(1e-9));
        assertThat(schedule.at(625)).isCloseTo(0.505, within(1e-9));
        assertThat(schedule.at(1000)).isCloseTo(0.01, within(1e-9));
    }

    @Test
    void withoutWarmUpAndDecayTheRateIsConstant() {
        Schedule constant = new Schedule(10, 0, 1);

        for (int step = 0; step < 10; step++) {
            assertThat(constant.at(step)).isEqualTo(1);
        }
    }
}
